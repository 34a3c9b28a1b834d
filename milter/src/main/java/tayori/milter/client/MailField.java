package tayori.milter.client;

import java.nio.charset.StandardCharsets;
import tayori.listen.SmtpText;

/// One header field, octet by octet: the name without the colon; the value with all that follows it, folds as LF.
public final class MailField {

    private final byte[] name;
    private final byte[] value;

    public MailField(byte[] name, byte[] value) {
        this.name = name;
        this.value = value;
    }

    public static MailField of(String name, String value) {
        return new MailField(
                name.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    byte[] nameOctets() {
        return name;
    }

    byte[] valueOctets() {
        return value;
    }

    public String name() {
        return SmtpText.of(name, 0, name.length);
    }

    /// The value as it stands, leading white space and folds included.
    public String value() {
        return SmtpText.of(value, 0, value.length);
    }

    /// Whether the names are the same; case and white space before the colon do not count.
    boolean isNamed(byte[] other) {
        int length = trimmed(name);
        if (length != trimmed(other)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lower(name[i]) != lower(other[i])) {
                return false;
            }
        }
        return true;
    }

    private static int trimmed(byte[] text) {
        int end = text.length;
        while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\t')) {
            end--;
        }
        return end;
    }

    private static int lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
    }

    /// `Name: value`, with folds.
    @Override
    public String toString() {
        return name() + ":" + value();
    }
}
