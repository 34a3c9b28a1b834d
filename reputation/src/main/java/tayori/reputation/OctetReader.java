package tayori.reputation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what [OctetWriter] wrote, and trusts none of it: every number has its range, and no count asks for more memory
/// than there are octets left.
final class OctetReader {
    /// Longest name of a provider or node. Unit: octets.
    static final int MAX_NAME = 1_024;

    /// The latest hour, day or month; the year 246953 in hours. Unit: that of the slot.
    static final long MAX_TIME = Integer.MAX_VALUE;

    private final String what;
    private final byte[] octets;
    private int at;

    /// @param what is read, for the message of an error
    OctetReader(String what, byte[] octets) {
        this.what = what;
        this.octets = octets;
    }

    /// @throws IllegalArgumentException that says what is wrong, and where
    void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "stored " + what + " is damaged at octet " + at + ": " + otherwise);
        }
    }

    int octet() {
        require(at < octets.length, "it ends too early");
        return octets[at++] & 0xff;
    }

    long unsigned(long most) {
        long number = 0;
        int shift = 0;
        int octet;
        do {
            octet = octet();
            require(shift < 63, "a number too long");
            number |= (octet & 0x7fL) << shift;
            shift += 7;
        } while (octet > 0x7f);
        require(octet != 0 || shift == 7, "a number longer than it need be");
        require(number >= 0 && number <= most, "a number out of range");
        return number;
    }

    long signed() {
        long number = unsigned(Long.MAX_VALUE);
        return (number >>> 1) ^ -(number & 1);
    }

    /// How many things follow.
    ///
    /// @param octetsEach fewest octets that one of them takes
    int count(int octetsEach) {
        return (int) unsigned((octets.length - at) / octetsEach);
    }

    String text() {
        int length = (int) unsigned(MAX_NAME);
        require(length <= octets.length - at, "it ends too early");
        var text = new String(octets, at, length, StandardCharsets.UTF_8);
        byte[] again = text.getBytes(StandardCharsets.UTF_8);
        require(
                Arrays.equals(again, 0, again.length, octets, at, at + length),
                "a name that is not UTF-8");
        at += length;
        return text;
    }

    void end() {
        require(at == octets.length, "something follows its end");
    }
}
