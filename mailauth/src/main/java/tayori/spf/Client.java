package tayori.spf;

import java.net.InetAddress;
import tayori.dns.DomainName;
import tayori.dns.RecordType;

/// The SMTP client's address, in the forms the evaluation needs. An IPv4-mapped IPv6 address is IPv4 (RFC 7208 §5).
final class Client {
    private static final long MAPPED = 0xffffL;

    private final boolean ip4;
    private final long high;
    private final long low;

    Client(InetAddress address) {
        byte[] octets = address.getAddress();
        long upper = octets.length == 4 ? 0 : longAt(octets, 0);
        long lower = octets.length == 4 ? intAt(octets, 0) : longAt(octets, 8);
        this.ip4 = octets.length == 4 || (upper == 0 && lower >>> 32 == MAPPED);
        this.high = upper;
        this.low = ip4 ? lower & 0xffff_ffffL : lower;
    }

    RecordType addressType() {
        return ip4 ? RecordType.A : RecordType.AAAA;
    }

    boolean isIn(SpfTerm.Ip4 network) {
        return ip4 && network.contains((int) low);
    }

    boolean isIn(SpfTerm.Ip6 network) {
        return !ip4 && network.contains(high, low);
    }

    /// Whether the client shares the prefix of this address, which is of its own family or does not match.
    boolean isNear(InetAddress address, int prefix4, int prefix6) {
        byte[] octets = address.getAddress();
        if (ip4) {
            return octets.length == 4
                    && new SpfTerm.Ip4((int) intAt(octets, 0), prefix4).contains((int) low);
        }
        return octets.length == 16
                && new SpfTerm.Ip6(longAt(octets, 0), longAt(octets, 8), prefix6)
                        .contains(high, low);
    }

    /// `%{v}`.
    String family() {
        return ip4 ? "in-addr" : "ip6";
    }

    /// `%{i}`: a dotted quad, or 32 dotted nibbles in lower case as the example of RFC 7208 §7.4 has them.
    String dotted() {
        if (ip4) {
            return readable();
        }
        var nibbles = new StringBuilder(63);
        for (int i = 0; i < 32; i++) {
            long word = i < 16 ? high : low;
            nibbles.append(i == 0 ? "" : ".")
                    .append(Character.forDigit((int) (word >>> (60 - i % 16 * 4)) & 0xf, 16));
        }
        return nibbles.toString();
    }

    /// The name whose PTR records speak of this address.
    DomainName reverseName() {
        String[] labels = dotted().split("\\.", -1);
        var name = new StringBuilder(73);
        for (int i = labels.length - 1; i >= 0; i--) {
            name.append(labels[i]).append('.');
        }
        return DomainName.of(name.append(family()).append(".arpa").toString());
    }

    /// As people write it (`%{c}`): RFC 5952 for IPv6.
    String readable() {
        if (ip4) {
            return (low >>> 24)
                    + "."
                    + (low >>> 16 & 0xff)
                    + "."
                    + (low >>> 8 & 0xff)
                    + "."
                    + (low & 0xff);
        }
        int gap = -1;
        int gapLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && group(i + length) == 0) {
                length++;
            }
            if (length > gapLength) {
                gap = i;
                gapLength = length;
            }
            i += length;
        }
        var text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == gap) {
                text.append("::");
                i += gapLength - 1;
                continue;
            }
            if (i > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(i)));
        }
        return text.toString();
    }

    private int group(int index) {
        long word = index < 4 ? high : low;
        return (int) (word >>> (48 - index % 4 * 16)) & 0xffff;
    }

    private static long intAt(byte[] octets, int at) {
        return (octets[at] & 0xffL) << 24
                | (octets[at + 1] & 0xffL) << 16
                | (octets[at + 2] & 0xffL) << 8
                | (octets[at + 3] & 0xffL);
    }

    private static long longAt(byte[] octets, int at) {
        return intAt(octets, at) << 32 | intAt(octets, at + 4);
    }
}
