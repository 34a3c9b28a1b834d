package tayori.reputation;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import tayori.dns.DomainName;

/// One sender, by one kind of proof: `dkim:example.jp`, `address-block:192.0.2.0/24`.
///
/// @param subject a domain name in A-labels, lower case; for address blocks the block, `network/length`
public record Identity(IdentityKind kind, String subject) {
    /// Bits of an IPv4 block: what one customer or one small provider has.
    static final int IPV4_BLOCK_BITS = 24;

    /// Bits of an IPv6 block: one subnet, which one host can fill with addresses (RFC 4291 §2.5.4).
    static final int IPV6_BLOCK_BITS = 64;

    public static Identity author(DomainName domain) {
        return new Identity(IdentityKind.AUTHOR, domain.toString());
    }

    public static Identity dkim(DomainName signer) {
        return new Identity(IdentityKind.DKIM, signer.toString());
    }

    public static Identity spf(DomainName domain) {
        return new Identity(IdentityKind.SPF, domain.toString());
    }

    /// The block around a client's address: its /24 or /64.
    public static Identity addressBlock(InetAddress client) {
        int bits = client instanceof Inet4Address ? IPV4_BLOCK_BITS : IPV6_BLOCK_BITS;
        byte[] octets = client.getAddress();
        Arrays.fill(octets, bits / 8, octets.length, (byte) 0);
        try {
            return new Identity(
                    IdentityKind.ADDRESS_BLOCK,
                    InetAddress.getByAddress(octets).getHostAddress() + "/" + bits);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 octets", e);
        }
    }

    /// Reads what [#toString] writes.
    ///
    /// @return nothing for an unknown kind, or a subject that is no domain name and no block of our sizes
    public static Optional<Identity> parse(String text) {
        for (var kind : IdentityKind.values()) {
            int colon = kind.keyword().length();
            if (text.startsWith(kind.keyword()) && text.startsWith(":", colon)) {
                String subject = text.substring(colon + 1);
                return kind == IdentityKind.ADDRESS_BLOCK
                        ? parseBlock(subject)
                        : DomainName.parse(subject)
                                .map(domain -> new Identity(kind, domain.toString()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Identity> parseBlock(String subject) {
        int slash = subject.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(addressBlock(InetAddress.ofLiteral(subject.substring(0, slash))))
                    .filter(block -> block.subject().equals(subject));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return kind.keyword() + ":" + subject;
    }
}
