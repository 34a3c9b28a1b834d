package tayori.unsubscribe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A `List-Unsubscribe` field (RFC 2369 §3.2).
///
/// @param uris as written between their angle brackets, white space taken out, in the order of the list owner's liking;
///     what stands outside brackets is ignored (§2)
public record ListUnsubscribe(List<String> uris) {
    /// The name of the field.
    public static final String FIELD = "List-Unsubscribe";

    /// Most URIs that are taken; the rest is ignored. Ours: two is what mail has.
    static final int MAX_URIS = 16;

    public ListUnsubscribe {
        uris = List.copyOf(uris);
    }

    /// Reads the value of a field.
    public static ListUnsubscribe parse(String value) {
        var uris = new ArrayList<String>(2);
        int at = 0;
        int depth = 0;
        while (at < value.length() && uris.size() < MAX_URIS) {
            char c = value.charAt(at);
            if (c == '(') {
                depth++;
            } else if (c == ')' && depth > 0) {
                depth--;
            } else if (c == '<' && depth == 0) {
                int close = value.indexOf('>', at);
                if (close < 0) {
                    break;
                }
                String uri = withoutSpace(value.substring(at + 1, close));
                if (!uri.isEmpty()) {
                    uris.add(uri);
                }
                at = close;
            }
            at++;
        }
        return new ListUnsubscribe(uris);
    }

    /// §2: white space inside a URI comes from folding and is not part of it.
    private static String withoutSpace(String text) {
        var out = new StringBuilder(text.length());
        text.chars().filter(c -> c > ' ').forEach(c -> out.append((char) c));
        return out.toString();
    }

    /// The URIs of one scheme, in order.
    public List<String> of(String scheme) {
        String beginning = scheme.toLowerCase(Locale.ROOT) + ":";
        return uris.stream()
                .filter(uri -> uri.regionMatches(true, 0, beginning, 0, beginning.length()))
                .toList();
    }

    /// How many URIs: their tokens lead to a reader.
    @Override
    public String toString() {
        return uris.size() + " URIs";
    }
}
