package tayori.policy;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tayori.listen.SmtpText;

/// Requests out of octets.
final class PolicyParser {

    /// What came of looking for a request.
    sealed interface Outcome {
        /// @param next where the next request begins
        record Complete(PolicyRequest request, int next) implements Outcome {}

        /// The empty line has not arrived yet.
        record Incomplete() implements Outcome {}

        /// Too much, or not in the form; the connection cannot be understood any more.
        record Broken(String wrong) implements Outcome {}
    }

    private static final Outcome INCOMPLETE = new Outcome.Incomplete();

    private final int maxRequest;
    private final int maxAttributes;

    PolicyParser(int maxRequest, int maxAttributes) {
        this.maxRequest = maxRequest;
        this.maxAttributes = maxAttributes;
    }

    /// Reads one request from `buffer[from, to)`. Lines end in LF, a CR before it is dropped; empty lines before the first
    /// attribute are passed over; a value may hold `=`.
    Outcome parse(byte[] buffer, int from, int to) {
        int end = endOfRequest(buffer, from, to);
        int size = (end < 0 ? to : end) - from;
        if (size > maxRequest) {
            return new Outcome.Broken("request of more than " + maxRequest + " octets");
        }
        return end < 0 ? INCOMPLETE : attributes(buffer, from, end);
    }

    private Outcome attributes(byte[] buffer, int from, int end) {
        Map<String, String> attributes = LinkedHashMap.newLinkedHashMap(40);
        int at = from;
        while (at < end) {
            int next = nextLine(buffer, at, end);
            int lineEnd = lineEnd(buffer, at, next);
            if (lineEnd > at) {
                int equals = at;
                while (equals < lineEnd && buffer[equals] != '=') {
                    equals++;
                }
                if (equals == lineEnd || equals == at) {
                    return new Outcome.Broken("line without name=value");
                }
                if (attributes.size() == maxAttributes) {
                    return new Outcome.Broken("more than " + maxAttributes + " attributes");
                }
                String name = SmtpText.of(buffer, at, equals).toLowerCase(Locale.ROOT);
                attributes.put(name, SmtpText.of(buffer, equals + 1, lineEnd));
            }
            at = next;
        }
        return new Outcome.Complete(new PolicyRequest(attributes), end);
    }

    /// Position after the empty line that ends the request, or -1.
    private static int endOfRequest(byte[] buffer, int from, int to) {
        boolean anything = false;
        int at = from;
        while (at < to) {
            int next = nextLine(buffer, at, to);
            if (buffer[next - 1] != '\n') {
                return -1;
            }
            boolean empty = lineEnd(buffer, at, next) == at;
            if (empty && anything) {
                return next;
            }
            anything |= !empty;
            at = next;
        }
        return -1;
    }

    private static int nextLine(byte[] buffer, int at, int to) {
        int i = at;
        while (i < to && buffer[i] != '\n') {
            i++;
        }
        return i < to ? i + 1 : to;
    }

    /// End of the line's text: before LF or CRLF.
    private static int lineEnd(byte[] buffer, int at, int next) {
        int end = next;
        if (end > at && buffer[end - 1] == '\n') {
            end--;
        }
        if (end > at && buffer[end - 1] == '\r') {
            end--;
        }
        return end;
    }
}
