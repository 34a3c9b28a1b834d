package tayori.receiver;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/// A block of IP addresses, `192.0.2.0/24` or `2001:db8::/32` (RFC 4632 §3.1, RFC 4291 §2.3).
public final class Network {
    private final byte[] prefix;
    private final int bits;

    private Network(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /// Reads a block; an address alone is a block of one.
    ///
    /// @return nothing for anything but an IP address and a length that fits it, or where bits beyond the length are set:
    ///     that is a slip of the pen, and nobody knows of which part
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] octets;
        try {
            octets = InetAddress.ofLiteral(address).getAddress();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        int bits = 8 * octets.length;
        if (slash >= 0) {
            try {
                bits = Integer.parseInt(text.substring(slash + 1));
            } catch (NumberFormatException _) {
                return Optional.empty();
            }
            if (bits < 0 || bits > 8 * octets.length || text.charAt(slash + 1) == '+') {
                return Optional.empty();
            }
        }
        return Arrays.equals(octets, masked(octets, bits))
                ? Optional.of(new Network(octets, bits))
                : Optional.empty();
    }

    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        return octets.length == prefix.length && Arrays.equals(prefix, masked(octets, bits));
    }

    private static byte[] masked(byte[] octets, int bits) {
        byte[] masked = octets.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.clamp(bits - 8L * i, 0, 8);
            masked[i] &= (byte) (0xff << (8 - kept));
        }
        return masked;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network that
                && bits == that.bits
                && Arrays.equals(prefix, that.prefix);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(prefix) + bits;
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(prefix).getHostAddress() + "/" + bits;
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError("four or sixteen octets", e);
        }
    }
}
