package tayori.dkim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

/// Finds the fields a list of names in `h=` means. RFC 6376 §5.4.2.
///
/// Each mention of a name takes the next field of that name, from the bottom of the header up; a mention too many takes
/// nothing, which is how a signer says that there must be no further one (over-signing, RFC 6376 §8.15). Built once for
/// a message and used for all its signatures. Not thread-safe.
public final class FieldSelection {
    /// The fields of one name, topmost first, and how far the selection under way has come.
    private static final class Namesakes {
        final List<HeaderField> fields = new ArrayList<>(2);
        int next;
        int selection;
    }

    private final Map<String, Namesakes> byName = new HashMap<>();
    private int selection;

    public FieldSelection(MessageHead head) {
        for (var field : head.fields()) {
            byName.computeIfAbsent(field.key(), _ -> new Namesakes()).fields.add(field);
        }
    }

    /// The fields meant, in the order they are hashed.
    ///
    /// @param names the names of `h=`; case does not count
    public List<HeaderField> select(List<String> names) {
        return select(names, null);
    }

    /// The fields meant, in the order they are hashed.
    ///
    /// @param own the signature field at hand, which `h=` never means (RFC 6376 §3.7); may be null
    public List<HeaderField> select(List<String> names, @Nullable HeaderField own) {
        selection++;
        var selected = new ArrayList<HeaderField>(names.size());
        for (String name : names) {
            var namesakes = byName.get(name.toLowerCase(Locale.ROOT));
            if (namesakes == null) {
                continue;
            }
            if (namesakes.selection != selection) {
                namesakes.selection = selection;
                namesakes.next = namesakes.fields.size();
            }
            var field = namesakes.next > 0 ? namesakes.fields.get(--namesakes.next) : null;
            if (isSame(field, own)) {
                field = namesakes.next > 0 ? namesakes.fields.get(--namesakes.next) : null;
            }
            if (field != null) {
                selected.add(field);
            }
        }
        return selected;
    }

    /// How many fields of a name the message has.
    ///
    /// @param key the name in lower case
    public int count(String key) {
        var namesakes = byName.get(key);
        return namesakes == null ? 0 : namesakes.fields.size();
    }

    @SuppressWarnings("ReferenceEquality") // two signatures may be equal octet by octet
    private static boolean isSame(@Nullable HeaderField field, @Nullable HeaderField own) {
        return field != null && field == own;
    }
}
