package tayori.scenarios;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import tayori.message.HeadLimits;
import tayori.message.HeadReading;
import tayori.message.HeaderField;
import tayori.message.MessageReader;

/// A mail as it lies in the recipient's Maildir, line ends CRLF again.
final class Delivered {
    private static final HeadLimits ROOMY = new HeadLimits(64 << 20, 64 << 20, 100_000);

    private final List<HeaderField> fields;
    private final byte[] body;

    private Delivered(List<HeaderField> fields, byte[] body) {
        this.fields = List.copyOf(fields);
        this.body = body;
    }

    static Delivered of(byte[] file) {
        try {
            var reader = new MessageReader(new ByteArrayInputStream(file), ROOMY);
            if (!(reader.head() instanceof HeadReading.Read(var head, _))) {
                throw new AssertionError("a delivered mail with an endless head");
            }
            var body = new ByteArrayOutputStream(file.length);
            reader.body(body::write);
            return new Delivered(head.fields(), body.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<HeaderField> fields() {
        return fields;
    }

    byte[] body() {
        return body;
    }

    /// The values of all fields of this name, unfolded, topmost first.
    List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.key().equals(name.toLowerCase(Locale.ROOT)))
                .map(field -> field.unfolded().strip())
                .toList();
    }

    /// The one field of this name.
    String only(String name) {
        var values = all(name);
        if (values.size() != 1) {
            throw new AssertionError(
                    "expected one " + name + ", found " + values + " in\n" + headText());
        }
        return values.getFirst();
    }

    /// The topmost Authentication-Results: ours.
    String results() {
        var all = all("Authentication-Results");
        if (all.isEmpty()) {
            throw new AssertionError("no Authentication-Results in\n" + headText());
        }
        return all.getFirst();
    }

    String decision() {
        return only("Tayori-Decision");
    }

    /// Names of the fields in their order, lower case.
    List<String> names() {
        return fields.stream().map(HeaderField::key).toList();
    }

    /// The header as text, one char an octet.
    String headText() {
        var text = new StringBuilder();
        for (var field : fields) {
            text.append(new String(field.raw(), StandardCharsets.ISO_8859_1)).append("\r\n");
        }
        return text.toString();
    }

    /// The mail without what the last delivery wrote above it, as it would travel on.
    Letter asLetter() {
        int from = 0;
        while (List.of("return-path", "x-original-to", "delivered-to")
                .contains(fields.get(from).key())) {
            from++;
        }
        return new Letter(fields.subList(from, fields.size()), body);
    }
}
