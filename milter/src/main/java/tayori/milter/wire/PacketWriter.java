package tayori.milter.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Packets on their way out, gathered so that one turn is one write.
public final class PacketWriter {

    private static final int LENGTH_OCTETS = 4;

    private final int initialSize;
    private byte[] octets;
    private int size;
    private int packetStart = -1;

    public PacketWriter(int initialSize) {
        this.initialSize = initialSize;
        this.octets = new byte[initialSize];
    }

    /// A packet without data.
    public PacketWriter packet(byte letter) {
        return begin(letter).end();
    }

    /// Begins a packet; [#end()] fills in its length.
    public PacketWriter begin(byte letter) {
        ensure(LENGTH_OCTETS + 1);
        packetStart = size;
        size += LENGTH_OCTETS;
        octets[size++] = letter;
        return this;
    }

    public PacketWriter octet(int value) {
        ensure(1);
        octets[size++] = (byte) value;
        return this;
    }

    public PacketWriter int16(int value) {
        return octet(value >> 8).octet(value);
    }

    public PacketWriter int32(int value) {
        ensure(4);
        putInt32(size, value);
        size += 4;
        return this;
    }

    public PacketWriter raw(byte[] data, int offset, int length) {
        ensure(length);
        System.arraycopy(data, offset, octets, size, length);
        size += length;
        return this;
    }

    /// Octets and the 0 that ends them.
    public PacketWriter text(byte[] data) {
        return raw(data, 0, data.length).octet(0);
    }

    /// A text in UTF-8 and the 0 that ends it.
    public PacketWriter text(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    public PacketWriter end() {
        putInt32(packetStart, size - packetStart - LENGTH_OCTETS);
        packetStart = -1;
        return this;
    }

    /// The octets gathered so far stand in `[0, size())` of this array.
    public byte[] octets() {
        return octets;
    }

    public int size() {
        return size;
    }

    /// Everything is sent: begin anew, and give back what an unusually large turn has needed.
    public void clear() {
        size = 0;
        if (octets.length > initialSize * 8) {
            octets = new byte[initialSize];
        }
    }

    private void putInt32(int at, int value) {
        octets[at] = (byte) (value >> 24);
        octets[at + 1] = (byte) (value >> 16);
        octets[at + 2] = (byte) (value >> 8);
        octets[at + 3] = (byte) value;
    }

    private void ensure(int more) {
        if (octets.length - size < more) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, size + more));
        }
    }
}
