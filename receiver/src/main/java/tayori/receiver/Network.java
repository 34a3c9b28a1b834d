package tayori.receiver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/// A block of IP addresses, `192.0.2.0/24` or `2001:db8::/32` (RFC 4632 §3.1, RFC 4291 §2.3); a bare address is a block of one.
public final class Network {
    private static final byte[] NONE = {};

    private final byte[] network;
    private final int length;

    private Network(byte[] network, int length) {
        this.network = network;
        this.length = length;
    }

    /// Reads a block.
    ///
    /// @return nothing unless it is an address literal with a fitting length and no bits set behind the length
    public static Optional<Network> parse(String text) {
        return lenient(text).filter(Network::clean);
    }

    /// The block that somebody meant who wrote `192.0.2.7/24`.
    public static Optional<Network> meant(String text) {
        return lenient(text).map(prefix -> new Network(prefix.masked(), prefix.length));
    }

    private static Optional<Network> lenient(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        byte[] octets;
        try {
            octets = isLiteral(literal) ? InetAddress.ofLiteral(literal).getAddress() : NONE;
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        int bits = slash < 0 ? octets.length * 8 : length(text.substring(slash + 1));
        return octets.length == 0 || bits < 0 || bits > octets.length * 8
                ? Optional.empty()
                : Optional.of(new Network(octets, bits));
    }

    /// `10.1` is an address to the C library, and a mistake here; an interface (`%eth0`) is no part of what a stranger
    /// can have.
    private static boolean isLiteral(String text) {
        return text.indexOf('%') < 0
                && (text.indexOf(':') >= 0 || text.chars().filter(c -> c == '.').count() == 3);
    }

    /// At most three digits, no sign; -1 for anything else.
    private static int length(String text) {
        int number = text.isEmpty() || text.length() > 3 ? -1 : 0;
        for (int i = 0; i < text.length() && number >= 0; i++) {
            char c = text.charAt(i);
            number = c >= '0' && c <= '9' ? number * 10 + c - '0' : -1;
        }
        return number;
    }

    /// Whether an address lies in the block. IPv4 addresses mapped into IPv6 are IPv4 here, as in [InetAddress].
    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < length; bit += 8) {
            int mask = mask(bit);
            if ((octets[bit / 8] & mask) != (network[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private int mask(int firstBit) {
        return length - firstBit >= 8
                ? 0xff
                : length <= firstBit ? 0 : 0xff00 >> (length - firstBit);
    }

    private byte[] masked() {
        byte[] masked = network.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] &= (byte) mask(i * 8);
        }
        return masked;
    }

    private boolean clean() {
        return Arrays.equals(network, masked());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network prefix
                && prefix.length == length
                && Arrays.equals(prefix.network, network);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(network) * 31 + length;
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/" + length;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 octets", e);
        }
    }
}
