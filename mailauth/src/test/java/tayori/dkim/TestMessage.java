package tayori.dkim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

/// A message of a test: head and body. Line ends become CRLF; the header ends at the first empty line, or at the first
/// line that is no header field.
public record TestMessage(MessageHead head, String bodyOctets) {
    public static TestMessage read(Path file) {
        try {
            return of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static TestMessage of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static TestMessage of(byte[] octets) {
        byte[] crlf = withCrlf(octets);
        var fields = new ArrayList<HeaderField>();
        int at = 0;
        while (at < crlf.length) {
            int end = fieldEnd(crlf, at);
            byte[] field = Arrays.copyOfRange(crlf, at, end);
            if (field.length == 0) {
                at = Math.min(crlf.length, end + 2);
                break;
            }
            if (new String(field, StandardCharsets.ISO_8859_1).indexOf(':') <= 0) {
                break;
            }
            fields.add(HeaderField.ofRaw(field));
            at = Math.min(crlf.length, end + 2);
        }
        return new TestMessage(
                new MessageHead(fields),
                new String(crlf, at, crlf.length - at, StandardCharsets.ISO_8859_1));
    }

    public byte[] body() {
        return bodyOctets.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// The same message with one more field on top.
    public TestMessage with(List<HeaderField> onTop) {
        var fields = new ArrayList<>(onTop);
        fields.addAll(head.fields());
        return new TestMessage(new MessageHead(fields), bodyOctets);
    }

    private static int fieldEnd(byte[] octets, int from) {
        int at = from;
        while (true) {
            while (at < octets.length && octets[at] != '\r') {
                at++;
            }
            if (at >= octets.length) {
                return octets.length;
            }
            boolean lineEnd = at + 1 < octets.length && octets[at + 1] == '\n';
            if (lineEnd
                    && (at == from
                            || at + 2 >= octets.length
                            || (octets[at + 2] != ' ' && octets[at + 2] != '\t'))) {
                return at;
            }
            at++;
        }
    }

    private static byte[] withCrlf(byte[] octets) {
        var crlf = new ByteArrayOutputStream(octets.length + 64);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '\n' && (i == 0 || octets[i - 1] != '\r')) {
                crlf.write('\r');
            }
            crlf.write(octets[i]);
        }
        return crlf.toByteArray();
    }
}
