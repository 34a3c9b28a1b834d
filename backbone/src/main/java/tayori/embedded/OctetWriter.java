package tayori.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes the numbers and texts of our files into memory. Whole numbers are of variable length, seven bits an octet, lowest
/// first, because most of what is counted is small.
final class OctetWriter {
    private byte[] octets;
    private int size;

    OctetWriter(int expected) {
        octets = new byte[Math.max(16, expected)];
    }

    /// @param value 0 to 255
    OctetWriter octet(int value) {
        room(1);
        octets[size++] = (byte) value;
        return this;
    }

    /// @param value any; a negative one takes ten octets
    OctetWriter number(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            octets[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        octets[size++] = (byte) rest;
        return this;
    }

    /// Eight octets, highest first.
    OctetWriter fixed(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            octets[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /// The length in octets of UTF-8, then these.
    OctetWriter text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return number(utf8.length).raw(utf8);
    }

    OctetWriter raw(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, octets, size, more.length);
        size += more.length;
        return this;
    }

    int size() {
        return size;
    }

    byte[] toOctets() {
        return Arrays.copyOf(octets, size);
    }

    private void room(int more) {
        if (octets.length - size < more) {
            octets = Arrays.copyOf(octets, Math.max(size + more, octets.length * 2));
        }
    }
}
