package tayori.milter.client;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A message as an MTA holds it: header fields and body.
public final class MailMessage {

    private final List<MailField> header;
    private final byte[] body;

    /// @param body lines ending in CRLF
    public MailMessage(List<MailField> header, byte[] body) {
        this.header = List.copyOf(header);
        this.body = body;
    }

    /// Reads a message file with CRLF or LF line ends, as Postfix takes in what `sendmail` hands it: a `From ` line on top is
    /// dropped, the first line that is no header field ends the header, an unfinished last line is finished.
    public static MailMessage parse(byte[] file) {
        byte[] text = withCrlf(file);
        List<MailField> header = new ArrayList<>();
        int at = startsWith(text, "From ") || startsWith(text, ">From ") ? nextLine(text, 0) : 0;
        while (at < text.length) {
            int end = fieldEnd(text, at);
            int colon = colon(text, at, end);
            if (text[at] == '\r' || colon < 0) {
                int bodyStart = text[at] == '\r' ? at + 2 : at;
                return new MailMessage(header, Arrays.copyOfRange(text, bodyStart, text.length));
            }
            byte[] name = Arrays.copyOfRange(text, at, colon);
            header.add(new MailField(name, withoutCr(text, colon + 1, end - 2)));
            at = end;
        }
        return new MailMessage(header, new byte[0]);
    }

    public List<MailField> header() {
        return header;
    }

    public byte[] body() {
        return body;
    }

    /// The whole message with CRLF line ends.
    public byte[] octets() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 1_024);
        for (MailField field : header) {
            out.writeBytes(field.nameOctets());
            out.write(':');
            for (byte octet : field.valueOctets()) {
                if (octet == '\n') {
                    out.write('\r');
                }
                out.write(octet);
            }
            out.write('\r');
            out.write('\n');
        }
        out.write('\r');
        out.write('\n');
        out.writeBytes(body);
        return out.toByteArray();
    }

    private static byte[] withCrlf(byte[] file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length + file.length / 32 + 2);
        for (int i = 0; i < file.length; i++) {
            if (file[i] == '\n' && (i == 0 || file[i - 1] != '\r')) {
                out.write('\r');
            }
            out.write(file[i]);
        }
        if (file.length > 0 && file[file.length - 1] != '\n') {
            out.write('\r');
            out.write('\n');
        }
        return out.toByteArray();
    }

    /// End of a field that begins here: after its last line, folded lines included.
    private static int fieldEnd(byte[] text, int at) {
        int end = nextLine(text, at);
        while (end < text.length && (text[end] == ' ' || text[end] == '\t')) {
            end = nextLine(text, end);
        }
        return end;
    }

    private static int nextLine(byte[] text, int at) {
        int i = at;
        while (i + 1 < text.length && !(text[i] == '\r' && text[i + 1] == '\n')) {
            i++;
        }
        return Math.min(i + 2, text.length);
    }

    /// Position of the colon after a field name (RFC 5322 §3.6.8; white space before the colon is obsolete but met, §4.5), or -1.
    private static int colon(byte[] text, int at, int end) {
        int i = at;
        while (i < end && text[i] > ' ' && text[i] < 0x7f && text[i] != ':') {
            i++;
        }
        int nameEnd = i;
        while (i < end && (text[i] == ' ' || text[i] == '\t')) {
            i++;
        }
        return nameEnd > at && i < end && text[i] == ':' ? i : -1;
    }

    private static byte[] withoutCr(byte[] text, int from, int to) {
        byte[] value = new byte[Math.max(0, to - from)];
        int size = 0;
        for (int i = from; i < to; i++) {
            if (text[i] != '\r' || i + 1 == to || text[i + 1] != '\n') {
                value[size++] = text[i];
            }
        }
        return Arrays.copyOf(value, size);
    }

    private static boolean startsWith(byte[] text, String start) {
        if (text.length < start.length()) {
            return false;
        }
        for (int i = 0; i < start.length(); i++) {
            if (text[i] != start.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
