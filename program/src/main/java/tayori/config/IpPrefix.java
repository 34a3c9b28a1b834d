package tayori.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/// A block of IP addresses, `192.0.2.0/24` or `2001:db8::/32`; a bare address is a block of one.
public final class IpPrefix {
    private final byte[] network;
    private final int length;

    private IpPrefix(byte[] network, int length) {
        this.network = network;
        this.length = length;
    }

    /// Reads a block.
    ///
    /// @return nothing unless it is an address literal with a fitting length and no bits set behind the length
    public static Optional<IpPrefix> parse(String text) {
        return lenient(text).filter(IpPrefix::clean);
    }

    /// The block that somebody meant who wrote `192.0.2.7/24`.
    static Optional<IpPrefix> meant(String text) {
        return lenient(text).map(prefix -> new IpPrefix(prefix.masked(), prefix.length));
    }

    private static Optional<IpPrefix> lenient(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        return Literals.address(literal)
                .flatMap(address -> {
                    byte[] octets = address.getAddress();
                    int bits = octets.length * 8;
                    if (slash < 0) {
                        return Optional.of(new IpPrefix(octets, bits));
                    }
                    return Literals.wholeNumber(text.substring(slash + 1))
                            .filter(length -> length >= 0 && length <= bits)
                            .map(length -> new IpPrefix(octets, length.intValue()));
                });
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
        return other instanceof IpPrefix prefix
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
