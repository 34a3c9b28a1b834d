package tayori.lists;

import java.net.InetAddress;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tayori.dns.DomainName;

/// The names below a zone that stand for addresses and tests.
final class ListNames {
    private static final int RANDOM_LETTERS = 16;

    private ListNames() {}

    /// Octets of IPv4 (RFC 5782 §2.1) or nibbles of IPv6 (§2.4) in reverse order.
    static Optional<DomainName> of(InetAddress address, DomainName zone) {
        byte[] octets = address.getAddress();
        return zone.below(octets.length == 4 ? reversedOctets(octets) : reversedNibbles(octets));
    }

    static String reversedOctets(byte[] octets) {
        var name = new StringBuilder(16);
        for (int i = octets.length - 1; i >= 0; i--) {
            name.append(octets[i] & 0xff).append(i == 0 ? "" : ".");
        }
        return name.toString();
    }

    static String reversedNibbles(byte[] octets) {
        var name = new StringBuilder(64);
        for (int i = octets.length - 1; i >= 0; i--) {
            name.append(Character.forDigit(octets[i] & 0xf, 16)).append('.');
            name.append(Character.forDigit(octets[i] >> 4 & 0xf, 16)).append(i == 0 ? "" : ".");
        }
        return name.toString();
    }

    /// A label that nobody can have listed.
    static String random(RandomGenerator random) {
        var label = new StringBuilder(RANDOM_LETTERS);
        for (int i = 0; i < RANDOM_LETTERS; i++) {
            label.append((char) ('a' + random.nextInt(26)));
        }
        return label.toString();
    }
}
