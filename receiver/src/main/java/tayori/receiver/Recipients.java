package tayori.receiver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tayori.milter.EnvelopeAddress;

/// The recipients of one mail, as the MTA tells them.
final class Recipients {
    /// Most recipients kept of one mail; where there are more, nobody is taken to have agreed to anything. Postfix allows
    /// 1,000 (`smtpd_recipient_limit`).
    static final int MAX_RECIPIENTS = 10_000;

    /// @param arguments ESMTP arguments as they came
    record Recipient(EnvelopeAddress address, List<String> arguments) {
        Recipient {
            arguments = List.copyOf(arguments);
        }
    }

    private final List<Recipient> all = new ArrayList<>(2);
    private boolean tooMany;

    void add(EnvelopeAddress address, List<String> arguments) {
        tooMany |= all.size() == MAX_RECIPIENTS;
        if (!tooMany) {
            all.add(new Recipient(address, arguments));
        }
    }

    /// How many there are, as far as we know.
    int count() {
        return all.size();
    }

    /// Their addresses, as they came.
    List<String> addresses() {
        return all.stream().map(one -> one.address().text()).toList();
    }

    /// Those who agreed that their mail is filtered.
    List<Recipient> agreeing(ConsentBook consent) {
        return tooMany
                ? List.of()
                : all.stream().filter(one -> consent.agreed(one.address().text())).toList();
    }

    /// How many of them are among these addresses.
    ///
    /// @param addresses in lower case
    int among(Set<String> addresses) {
        return addresses.isEmpty()
                ? 0
                : (int)
                        all.stream()
                                .filter(one ->
                                        addresses.contains(
                                                one.address().text().toLowerCase(Locale.ROOT)))
                                .count();
    }
}
