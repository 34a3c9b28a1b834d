package tayori.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Reads what [OctetWriter] wrote. What it reads passed a checksum, so an error here means a format of another program.
final class OctetReader {
    private final byte[] octets;
    private int position;

    OctetReader(byte[] octets) {
        this.octets = octets;
    }

    boolean hasMore() {
        return position < octets.length;
    }

    int octet() throws IOException {
        need(1);
        return octets[position++] & 0xff;
    }

    long number() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = octet();
            value |= (long) (octet & 0x7f) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new IOException("a number of more than ten octets at " + position);
    }

    /// A number of things to come, each of which takes an octet at least.
    int count() throws IOException {
        long count = number();
        if (count < 0 || count > octets.length - position) {
            throw new IOException("no room for " + count + " of them at " + position);
        }
        return (int) count;
    }

    long fixed() throws IOException {
        need(8);
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | (octets[position++] & 0xff);
        }
        return value;
    }

    String text() throws IOException {
        int length = count();
        String text = new String(octets, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    private void need(int more) throws IOException {
        if (octets.length - position < more) {
            throw new IOException("ends at " + position + ", too early");
        }
    }
}
