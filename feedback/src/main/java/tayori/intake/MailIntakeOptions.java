package tayori.intake;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tayori.feedback.ComplaintKind;
import tayori.milter.EnvelopeAddress;

/// Which addresses mean what. Case does not matter in them.
///
/// @param complaints where readers forward mail to, and what they say by that: `spam@report.example.jp` and so on
/// @param reports where other providers send feedback reports (RFC 5965); may be empty
/// @param maxMails most mails reported by one mail; one with more is refused as a whole
public record MailIntakeOptions(
        Map<String, ComplaintKind> complaints, Set<String> reports, int maxMails) {

    /// Ours: a screen full of mails marked at once.
    public static final int DEFAULT_MAX_MAILS = 50;

    /// @throws IllegalArgumentException for what is no address, and for one that stands on both sides
    public MailIntakeOptions {
        var kinds = new TreeMap<String, ComplaintKind>();
        complaints.forEach((address, kind) -> kinds.put(folded(address), kind));
        complaints = Map.copyOf(kinds);
        var folded = new HashSet<String>();
        reports.forEach(address -> folded.add(folded(address)));
        reports = Set.copyOf(folded);
        checkAddresses(complaints.keySet());
        checkAddresses(reports);
        for (var address : reports) {
            if (complaints.containsKey(address)) {
                throw new IllegalArgumentException(
                        address + " takes either complaints or feedback reports");
            }
        }
        if (maxMails < 1) {
            throw new IllegalArgumentException("a report holds one mail at least");
        }
    }

    private static void checkAddresses(Collection<String> addresses) {
        for (var address : addresses) {
            int at = address.lastIndexOf('@');
            if (at < 1 || at == address.length() - 1) {
                throw new IllegalArgumentException("not an address: '" + address + "'");
            }
        }
    }

    /// `spam@`, `phishing@`, `virus@`, `not-spam@`, `unsubscribe@` and `fbl@` of one domain.
    public static MailIntakeOptions ofDomain(String domain) {
        var complaints = new TreeMap<String, ComplaintKind>();
        for (var kind : ComplaintKind.values()) {
            complaints.put(kind.keyword() + "@" + domain, kind);
        }
        return new MailIntakeOptions(complaints, Set.of("fbl@" + domain), DEFAULT_MAX_MAILS);
    }

    Optional<ComplaintKind> kindAt(EnvelopeAddress address) {
        return Optional.ofNullable(complaints.get(folded(address.text())));
    }

    boolean takesReportsAt(EnvelopeAddress address) {
        return reports.contains(folded(address.text()));
    }

    private static String folded(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
