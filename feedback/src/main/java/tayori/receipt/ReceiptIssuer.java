package tayori.receipt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import tayori.message.MessageHead;
import tayori.reputation.Identity;

/// Makes receipts: one header field a mail, `Tayori-Receipt`, with a seal for each recipient.
///
///     v=1; k=2026-11; t=1795381079; n=…; m=…; i=author:example.jp,dkim:example.jp; a=…; r=…,…
///
/// `n` is a number used once, `m` names the mail, `i` what it authenticated, `a` seals all of these, and each `r` seals
/// them for one recipient. Who reads the field learns neither whom the mail went to nor exactly how many they are: seals
/// are keyed, sorted, and filled up with others to a power of two. Thread-safe.
public final class ReceiptIssuer {
    /// The field that carries a receipt.
    public static final String FIELD_NAME = "Tayori-Receipt";

    /// Most identities named. A mail with more was signed by many for show.
    static final int MAX_IDENTITIES = 8;

    private final ReceiptKey key;
    private final ReceiptOptions options;
    private final RandomGenerator random;

    /// @param random must not be foreseeable: a [java.security.SecureRandom]
    public ReceiptIssuer(ReceiptKey key, ReceiptOptions options, RandomGenerator random) {
        this.key = key;
        this.options = options;
        this.random = random;
    }

    /// The value of the field for one mail.
    ///
    /// @param identities what it authenticated, most responsible first; at most eight are named
    /// @param recipients its envelope recipients here
    /// @return nothing where nobody receives it
    public Optional<String> issue(
            MessageHead head,
            List<Identity> identities,
            Collection<String> recipients,
            Instant arrived) {
        if (recipients.isEmpty()) {
            return Optional.empty();
        }
        String statement =
                "v=1; k="
                        + key.name()
                        + "; t="
                        + arrived.getEpochSecond()
                        + "; n="
                        + noise()
                        + "; m="
                        + ReceiptSeal.message(head)
                        + "; i="
                        + named(identities);
        return Optional.of(
                statement
                        + "; a="
                        + ReceiptSeal.keyed(key, "statement", statement)
                        + "; r="
                        + String.join(",", seals(statement, recipients)));
    }

    private SortedSet<String> seals(String statement, Collection<String> recipients) {
        var seals = new TreeSet<String>();
        for (var recipient : recipients) {
            if (seals.size() == options.maxRecipients()) {
                break;
            }
            seals.add(forReader(key, statement, recipient, options));
        }
        while (Integer.bitCount(seals.size()) != 1) {
            seals.add(noise());
        }
        return seals;
    }

    /// The seal of a statement for one reader.
    static String forReader(
            ReceiptKey key, String statement, String address, ReceiptOptions options) {
        return ReceiptSeal.keyed(
                key,
                "reader",
                ReceiptSeal.reader(address, options.recipientDelimiter()) + "\n" + statement);
    }

    private String noise() {
        var octets = new byte[ReceiptSeal.OCTETS];
        random.nextBytes(octets);
        return ReceiptSeal.shortened(octets);
    }

    private static String named(List<Identity> identities) {
        var names = new ArrayList<String>(MAX_IDENTITIES);
        for (var identity : identities) {
            if (names.size() < MAX_IDENTITIES && isPlain(identity.subject())) {
                names.add(identity.toString());
            }
        }
        return String.join(",", names);
    }

    /// The DNS allows stranger names, which would be read as more than one word here; no mail is delivered by them.
    private static boolean isPlain(String subject) {
        return subject.chars()
                .allMatch(c ->
                        (c >= 'a' && c <= 'z')
                                || (c >= '0' && c <= '9')
                                || "-_.:/".indexOf(c) >= 0);
    }
}
