package tayori.authres;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tayori.dns.ALabels;
import tayori.message.MessageHead;

/// Finds the Authentication-Results fields of an arriving mail that nobody behind us may ever see (RFC 8601 §5).
///
/// A field goes when it claims one of our authserv-ids, whatever stands after the id; when it is of a version that is
/// not ours, which RFC 8601 §5 wants removed from untrusted connections; and when no reader can say whose it is: one
/// that guesses might guess our name, and RFC 8601 §5 allows a border to remove even every field. Ids are compared
/// without regard to case, to the form of the labels (U-label or A-label) and to a dot at the end. Some filters write
/// `id/job` unquoted; the part before the slash counts too. All else stays, signatures may cover it.
public final class ForgedResults {
    private final Set<String> own;

    /// @param authservIds all names under which results are added within our trust boundary (RFC 8601 §2.5, §5)
    public ForgedResults(Collection<String> authservIds) {
        var ids = new HashSet<String>();
        for (var id : authservIds) {
            ids.add(comparable(id));
        }
        this.own = Set.copyOf(ids);
    }

    /// Why a field must go.
    public enum Reason {
        /// It claims to be ours.
        OUR_NAME,
        /// It is of a version we do not know.
        UNKNOWN_VERSION,
        /// Nobody can say whose it is.
        NO_READABLE_NAME
    }

    /// One field that must go.
    ///
    /// @param index counts the Authentication-Results fields from the top, the first is 1, as the milter protocol does
    public record Forged(int index, Reason reason) {}

    /// The fields that must go, topmost first. Whoever deletes one by one begins with the last, so that the indexes of
    /// the others stay true.
    public List<Forged> find(MessageHead head) {
        var forged = new ArrayList<Forged>(0);
        int index = 0;
        for (var field : head.all(AuthenticationResults.FIELD_NAME)) {
            index++;
            var reason = judge(field.value());
            if (reason != null) {
                forged.add(new Forged(index, reason));
            }
        }
        return forged;
    }

    private @Nullable Reason judge(String value) {
        var cursor = new Cursor(value);
        if (!cursor.skipCfws() || cursor.atEnd()) {
            return Reason.NO_READABLE_NAME;
        }
        boolean quoted = cursor.at('"');
        String id = quoted ? cursor.quotedString(true) : cursor.run();
        if (id == null) {
            return Reason.NO_READABLE_NAME;
        }
        if (isOurs(id)) {
            return Reason.OUR_NAME;
        }
        if (id.isEmpty() || hasControl(id) || (!quoted && hasAny(id, "=\"\\),<>@"))) {
            return Reason.NO_READABLE_NAME;
        }
        if (!cursor.skipCfws()) {
            return Reason.NO_READABLE_NAME;
        }
        int digits = cursor.position();
        int version = cursor.number();
        boolean tooLong = version < 0 && !cursor.atEnd() && Grammar.isDigit(value.charAt(digits));
        return tooLong || (version >= 0 && version != AuthenticationResults.VERSION)
                ? Reason.UNKNOWN_VERSION
                : null;
    }

    private boolean isOurs(String id) {
        if (own.contains(comparable(id))) {
            return true;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c != '.' && !Grammar.isKeywordChar(c) && c != '_' && !Grammar.isText(c)) {
                return i > 0 && own.contains(comparable(id.substring(0, i)));
            }
        }
        return false;
    }

    private static String comparable(String id) {
        String trimmed = id.strip();
        boolean ascii = true;
        for (int i = 0; i < trimmed.length() && ascii; i++) {
            ascii = trimmed.charAt(i) < 0x80;
        }
        if (!ascii) {
            var name = ALabels.toDomainName(trimmed);
            if (name.isPresent()) {
                return name.get().toString();
            }
        }
        String lower = trimmed.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static boolean hasControl(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c < ' ' || (c >= 0x7f && c < 0xa0) || c == '\ufffd') {
                return true;
            }
        }
        return false;
    }

    private static boolean hasAny(String id, String signs) {
        for (int i = 0; i < id.length(); i++) {
            if (signs.indexOf(id.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
