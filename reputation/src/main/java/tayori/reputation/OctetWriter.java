package tayori.reputation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes numbers in as few octets as they need: seven bits in each, the lowest first.
final class OctetWriter {
    private byte[] octets = new byte[64];
    private int size;

    void octet(int octet) {
        if (size == octets.length) {
            octets = Arrays.copyOf(octets, 2 * size);
        }
        octets[size++] = (byte) octet;
    }

    void unsigned(long number) {
        long rest = number;
        while (rest > 0x7f) {
            octet((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        octet((int) rest);
    }

    /// Small numbers of either sign take one octet.
    void signed(long number) {
        unsigned((number << 1) ^ (number >> 63));
    }

    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        unsigned(utf8.length);
        for (byte octet : utf8) {
            octet(octet);
        }
    }

    byte[] toOctets() {
        return Arrays.copyOf(octets, size);
    }
}
