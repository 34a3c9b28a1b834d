package tayori.milter.wire;

/// Numbers between octets and Java, and where texts end.
public final class Octets {

    private Octets() {}

    /// Four octets, big endian.
    public static int int32(byte[] buffer, int offset) {
        return (buffer[offset] & 0xff) << 24
                | (buffer[offset + 1] & 0xff) << 16
                | (buffer[offset + 2] & 0xff) << 8
                | (buffer[offset + 3] & 0xff);
    }

    /// Position of the next octet 0 before `to`, or `to`.
    public static int endOfText(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to && buffer[at] != 0) {
            at++;
        }
        return at;
    }
}
