package tayori.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The header section of one message: its fields, topmost first.
public final class MessageHead {
    private final List<HeaderField> fields;

    public MessageHead(List<HeaderField> fields) {
        this.fields = List.copyOf(fields);
    }

    /// All fields, topmost first.
    public List<HeaderField> fields() {
        return fields;
    }

    /// The fields of one name, topmost first.
    public List<HeaderField> all(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        var found = new ArrayList<HeaderField>(2);
        for (var field : fields) {
            if (field.key().equals(key)) {
                found.add(field);
            }
        }
        return found;
    }

    /// The topmost field of one name.
    public Optional<HeaderField> first(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        for (var field : fields) {
            if (field.key().equals(key)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }
}
