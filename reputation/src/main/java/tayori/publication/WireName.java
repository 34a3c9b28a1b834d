package tayori.publication;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/// A name as the tables keep it: its labels, each after an octet with its length (RFC 1035 §3.1), in lower case, without the
/// root's zero at the end. One object is used again and again; it belongs to one thread.
///
/// It also carries the hashes of the name and of what it ends with, which one pass from right to left yields: what a look-up
/// of a name and of all its ancestors needs.
public final class WireName {
    /// Longest name. Unit: octets with the root's zero. RFC 1035 §2.3.4.
    public static final int MAX_OCTETS = 255;

    /// Longest label. Unit: octets. RFC 1035 §2.3.4.
    public static final int MAX_LABEL = 63;

    private static final int MAX_LABELS = MAX_OCTETS / 2;

    /// Octets are read eight at a time, also the last ones.
    static final int SLACK = Long.BYTES;

    static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// Nobody outside can prepare names that fall into the same place: the hash is keyed, afresh for each process.
    private static final long KEY = new SecureRandom().nextLong();

    private static final long MULTIPLIER = new SecureRandom().nextLong() | 1;

    final byte[] octets = new byte[MAX_OCTETS + 1 + SLACK];
    private final int[] starts = new int[MAX_LABELS + 1];
    private final long[] hashes = new long[MAX_LABELS + 1];
    private int labels;

    /// Reads the name of a question.
    ///
    /// @param message has at least [#MAX_OCTETS] + 8 octets
    /// @param limit where the message ends
    /// @return where the name ends, after the root's zero; -1 for a name that is cut off, too long, or compressed, which the
    ///     first name of a message cannot be (RFC 1035 §4.1.4)
    public int read(byte[] message, int offset, int limit) {
        int at = offset;
        int count = 0;
        while (at < limit) {
            int length = message[at];
            if (length == 0) {
                labels = count;
                starts[count] = at - offset;
                copyLower(message, offset, at - offset);
                return at + 1;
            }
            if (length < 0 || length > MAX_LABEL || at - offset + length + 2 > MAX_OCTETS) {
                return -1;
            }
            starts[count++] = at - offset;
            at += length + 1;
        }
        return -1;
    }

    /// Takes a name as text, `example.jp`, or an address block.
    ///
    /// @return whether it could be taken: no label is empty or longer than 63 octets, and all are ASCII
    public boolean set(String text) {
        byte[] inOctets =
                text.getBytes(StandardCharsets.UTF_8); // outside ASCII all of them are refused
        return set(inOctets, 0, inOctets.length);
    }

    /// Takes a name as text from octets.
    boolean set(byte[] text, int offset, int length) {
        if (length == 0 || length > MAX_OCTETS - 2) {
            return false;
        }
        int start = 0;
        int count = 0;
        for (int i = 0; i <= length; i++) {
            byte octet = i == length ? (byte) '.' : text[offset + i];
            if (octet == '.') {
                int label = i - start;
                if (label == 0 || label > MAX_LABEL) {
                    return false;
                }
                octets[start] = (byte) label;
                starts[count++] = start;
                start = i + 1;
            } else if (octet < 0) {
                return false;
            } else {
                octets[i + 1] = octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
            }
        }
        starts[count] = start;
        labels = count;
        return true;
    }

    /// Takes a name as it was kept.
    ///
    /// @return whether its lengths lead exactly to its end
    boolean setWire(byte[] name, int offset, int length) {
        int at = 0;
        int count = 0;
        while (at < length && count < MAX_LABELS) {
            starts[count++] = at;
            int label = name[offset + at];
            if (label <= 0 || label > MAX_LABEL) {
                return false;
            }
            at += label + 1;
        }
        starts[count] = at;
        labels = count;
        System.arraycopy(name, offset, octets, 0, length);
        return at == length;
    }

    /// How many labels it has.
    public int labels() {
        return labels;
    }

    /// Where a label begins: offset of its length, from the beginning of the name; for the count of labels, the end.
    public int start(int label) {
        return starts[label];
    }

    /// Octet of the name in lower case, or the length of a label.
    public byte octet(int at) {
        return octets[at];
    }

    /// Works out the hashes of the names that end before label `end`: from label `first` on, from the next one on, and so on.
    public void hash(int first, int end) {
        long hash = KEY;
        for (int label = end - 1; label >= first; label--) {
            hash = hash(hash, starts[label], starts[label + 1]);
            hashes[label] = hash;
        }
    }

    /// The hash of the name from a label on, after [#hash(int, int)].
    public long hashFrom(int label) {
        return hashes[label];
    }

    /// The hash of a name given as text, with all its labels.
    public long hashOfAll() {
        hash(0, labels);
        return labels == 0 ? KEY : hashes[0];
    }

    /// Whether the labels from `first` up to `end` are these octets.
    public boolean equals(int first, int end, byte[] other) {
        int from = starts[first];
        int length = starts[end] - from;
        if (length != other.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (octets[from + i] != other[i]) {
                return false;
            }
        }
        return true;
    }

    /// The labels from `first` up to `end` as they stand on the wire.
    public byte[] copy(int first, int end) {
        return java.util.Arrays.copyOfRange(octets, starts[first], starts[end]);
    }

    private long hash(long seed, int from, int to) {
        long hash = seed;
        int at = from;
        for (; to - at > Long.BYTES; at += Long.BYTES) {
            hash = fold(hash ^ (long) LONGS.get(octets, at));
        }
        long last = (long) LONGS.get(octets, at) & (-1L >>> ((Long.BYTES - (to - at)) << 3));
        return fold(hash ^ last ^ KEY);
    }

    /// 128 bits of product, folded to 64: each bit of the input reaches each bit of the result.
    private static long fold(long word) {
        long mixed = word ^ (word >>> 32);
        return Math.unsignedMultiplyHigh(mixed, MULTIPLIER) ^ (mixed * MULTIPLIER);
    }

    /// Lower case for ASCII letters, eight octets at a time. Lengths of labels are below 64, no letter is.
    private void copyLower(byte[] from, int offset, int length) {
        for (int i = 0; i < length; i += Long.BYTES) {
            long word = (long) LONGS.get(from, offset + i);
            long low = word & 0x7f7f7f7f7f7f7f7fL;
            long atLeastA = low + (0x80 - 'A') * 0x0101010101010101L;
            long aboveZ = low + (0x7f - 'Z') * 0x0101010101010101L;
            long upper = (atLeastA ^ aboveZ) & ~word & 0x8080808080808080L;
            LONGS.set(octets, i, word | (upper >>> 2));
        }
    }

    /// As text, for people; octets that are not printable ASCII, and dots within a label, as `\046` (RFC 1035 §5.1).
    @Override
    public String toString() {
        return text(octets, 0, starts[labels]);
    }

    static String text(byte[] octets, int from, int to) {
        var text = new StringBuilder();
        for (int at = from; at < to; at += octets[at] + 1) {
            if (at > from) {
                text.append('.');
            }
            for (int i = at + 1; i <= at + octets[at]; i++) {
                if (octets[i] > ' ' && octets[i] < 0x7f && octets[i] != '.' && octets[i] != '\\') {
                    text.append((char) octets[i]);
                } else {
                    text.append('\\').append("%03d".formatted(octets[i] & 0xff));
                }
            }
        }
        return text.toString();
    }
}
