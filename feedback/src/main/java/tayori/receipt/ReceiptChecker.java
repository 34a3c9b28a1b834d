package tayori.receipt;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tayori.message.MessageHead;
import tayori.receipt.ReceiptCheck.Refusal;
import tayori.reputation.Identity;

/// Checks receipts. Thread-safe.
public final class ReceiptChecker {
    /// Longest field read. Unit: characters. Holds 64 recipients, eight long names and every fold.
    public static final int MAX_LENGTH = 4_096;

    private final List<ReceiptKey> keys;
    private final ReceiptOptions options;

    /// @param keys the one in use and those before it, which stay as long as the window
    public ReceiptChecker(List<ReceiptKey> keys, ReceiptOptions options) {
        this.keys = List.copyOf(keys);
        this.options = options;
    }

    /// @param field the value of the field, folded or not
    /// @param head of the mail it is said to belong to; nothing where the reader's program sent the field alone
    /// @param reader all addresses of the one reader who complains, as the provider knows them
    public ReceiptCheck check(
            String field, Optional<MessageHead> head, Collection<String> reader, Instant now) {
        var statement = Statement.read(field);
        if (statement.isEmpty()) {
            return new ReceiptCheck.Refused(Refusal.UNREADABLE);
        }
        var said = statement.get();
        var key = keys.stream().filter(known -> known.name().equals(said.keyName())).findFirst();
        if (key.isEmpty()) {
            return new ReceiptCheck.Refused(Refusal.UNKNOWN_KEY);
        }
        String seal = ReceiptSeal.keyed(key.get(), "statement", said.text());
        if (!ReceiptSeal.same(seal, said.seal())) {
            return new ReceiptCheck.Refused(Refusal.FORGED);
        }
        // From here on, what it says is what we said.
        if (head.isPresent()
                && !ReceiptSeal.same(ReceiptSeal.message(head.get()), said.message())) {
            return new ReceiptCheck.Refused(Refusal.OTHER_MESSAGE);
        }
        var age = Duration.between(said.arrived(), now);
        if (age.compareTo(options.window()) > 0) {
            return new ReceiptCheck.Refused(Refusal.TOO_OLD);
        }
        if (age.negated().compareTo(options.clockSkew()) > 0) {
            return new ReceiptCheck.Refused(Refusal.FROM_THE_FUTURE);
        }
        return reader.stream()
                .map(address -> ReceiptIssuer.forReader(key.get(), said.text(), address, options))
                .filter(said::sealedFor)
                .findFirst()
                .<ReceiptCheck>map(own ->
                        new ReceiptCheck.Valid(new Receipt(own, said.arrived(), said.identities())))
                .orElse(new ReceiptCheck.Refused(Refusal.OTHER_READER));
    }

    /// What a receipt says, before anything of it is believed.
    ///
    /// @param text all that `a` seals, in one line as it was made
    private record Statement(
            String text,
            String keyName,
            Instant arrived,
            String message,
            List<Identity> identities,
            String seal,
            List<String> readers) {
        private static final List<String> TAGS = List.of("v", "k", "t", "n", "m", "i", "a", "r");

        /// In exactly the order it is written, so that one text has one reading.
        static Optional<Statement> read(String field) {
            if (field.length() > MAX_LENGTH) {
                return Optional.empty();
            }
            var values = new ArrayList<String>(TAGS.size());
            int at = 0;
            String text = withoutSpace(field);
            for (var tag : TAGS) {
                String start = tag + "=";
                if (!text.startsWith(start, at)) {
                    return Optional.empty();
                }
                int end = text.indexOf(';', at);
                boolean last = tag.equals("r");
                if (last != (end < 0)) {
                    return Optional.empty();
                }
                values.add(text.substring(at + start.length(), last ? text.length() : end));
                at = end + 1;
            }
            return made(values);
        }

        private static Optional<Statement> made(List<String> values) {
            var arrived = seconds(values.get(2));
            if (!values.getFirst().equals("1") || arrived.isEmpty()) {
                return Optional.empty();
            }
            var identities = new ArrayList<Identity>();
            for (var name : values.get(5).split(",")) {
                var identity = Identity.parse(name);
                if (identity.isEmpty() && !name.isEmpty()) {
                    return Optional.empty();
                }
                identity.ifPresent(identities::add);
            }
            var text = new StringBuilder(200);
            for (int i = 0; i <= 5; i++) {
                text.append(i == 0 ? "" : "; ")
                        .append(TAGS.get(i))
                        .append('=')
                        .append(values.get(i));
            }
            return Optional.of(
                    new Statement(
                            text.toString(),
                            values.get(1),
                            arrived.get(),
                            values.get(4),
                            identities,
                            values.get(6),
                            List.of(values.get(7).split(","))));
        }

        /// Up to eleven digits: seconds since 1970, until the year 5138.
        private static Optional<Instant> seconds(String text) {
            long seconds = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < '0' || c > '9') {
                    return Optional.empty();
                }
                seconds = seconds * 10 + c - '0';
            }
            return text.isEmpty() || text.length() > 11
                    ? Optional.empty()
                    : Optional.of(Instant.ofEpochSecond(seconds));
        }

        private static String withoutSpace(String field) {
            var text = new StringBuilder(field.length());
            for (int i = 0; i < field.length(); i++) {
                char c = field.charAt(i);
                if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                    text.append(c);
                }
            }
            return text.toString();
        }

        /// Compares with every one, whichever is equal.
        boolean sealedFor(String own) {
            boolean found = false;
            for (var reader : readers) {
                found |= ReceiptSeal.same(reader, own);
            }
            return found;
        }
    }
}
