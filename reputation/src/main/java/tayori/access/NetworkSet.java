package tayori.access;

import java.net.InetAddress;
import java.util.List;

/// A few networks, such as `192.0.2.0/24`, `2001:db8::/32` or a single address.
final class NetworkSet {
    /// Most networks of one set, because each is compared with each packet. Unit: networks.
    static final int MAX_NETWORKS = 64;

    private final boolean[] sixes;
    private final long[] prefixes;
    private final long[] masks;

    /// @throws IllegalArgumentException naming what is no network, or an IPv6 network longer than /64
    NetworkSet(List<String> networks) {
        if (networks.size() > MAX_NETWORKS) {
            throw new IllegalArgumentException(
                    "at most " + MAX_NETWORKS + " networks, not " + networks.size());
        }
        sixes = new boolean[networks.size()];
        prefixes = new long[networks.size()];
        masks = new long[networks.size()];
        for (int i = 0; i < networks.size(); i++) {
            read(i, networks.get(i));
        }
    }

    private void read(int at, String network) {
        int slash = network.indexOf('/');
        var address =
                InetAddress.ofLiteral(slash < 0 ? network : network.substring(0, slash))
                        .getAddress();
        sixes[at] = address.length != 4;
        int most = sixes[at] ? 64 : 32;
        int bits = slash < 0 ? most : bits(network.substring(slash + 1), most, network);
        masks[at] = mask(bits);
        prefixes[at] = upper(address) & masks[at];
    }

    private static int bits(String text, int most, String network) {
        try {
            int bits = Integer.parseInt(text);
            if (bits >= 0 && bits <= most) {
                return bits;
            }
        } catch (NumberFormatException e) {
            // said below, as for a number out of range
        }
        throw new IllegalArgumentException(
                "%s: after the slash 0 to %d is expected".formatted(network, most));
    }

    static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (Long.SIZE - bits);
    }

    /// The first 64 bits of an address; the four octets of an IPv4 address stand on top of zeros.
    static long upper(byte[] address) {
        long upper = 0;
        for (int i = 0; i < 8; i++) {
            upper = (upper << 8) | (i < address.length ? address[i] & 0xff : 0);
        }
        return upper;
    }

    boolean contains(boolean six, long upper) {
        for (int i = 0; i < masks.length; i++) {
            if (sixes[i] == six && (upper & masks[i]) == prefixes[i]) {
                return true;
            }
        }
        return false;
    }
}
