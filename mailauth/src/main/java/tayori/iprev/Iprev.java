package tayori.iprev;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DnsAnswer.Failed;
import tayori.dns.DnsAnswer.Found;
import tayori.dns.DnsRecord;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.iprev.IprevResult.Fail;
import tayori.iprev.IprevResult.Pass;
import tayori.iprev.IprevResult.PermError;
import tayori.iprev.IprevResult.TempError;

/// Looks up the names of an address and their addresses (RFC 8601 §3).
public final class Iprev {
    /// Most names of one address that are looked up; those beyond are not seen. RFC 8601 §3 wants a limit because of
    /// the cost; ten is the number RFC 7208 §4.6.4 allows for `ptr`.
    public static final int MAX_NAMES = 10;

    /// Most addresses of one name that are compared.
    public static final int MAX_ADDRESSES = 100;

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final Dns dns;

    public Iprev(Dns dns) {
        this.dns = dns;
    }

    /// Checks the address of an SMTP client. An IPv4-mapped IPv6 address is treated as the IPv4 address it holds.
    public IprevResult check(InetAddress client) {
        byte[] address = octets(client);
        return switch (dns.query(reverseName(address), RecordType.PTR)) {
            case Found found -> checkNames(found.records(), address);
            case DnsAnswer.NoData _, DnsAnswer.NoSuchName _ ->
                    new PermError("the address has no name");
            case Failed(_, var detail) -> new TempError(detail);
        };
    }

    private IprevResult checkNames(List<DnsRecord> records, byte[] address) {
        var type = address.length == 4 ? RecordType.A : RecordType.AAAA;
        String trouble = "";
        int names = 0;
        DomainName last = DomainName.ROOT;
        for (var record : records) {
            if (!(record instanceof DnsRecord.Name(var name)) || name.equals(DomainName.ROOT)) {
                continue;
            }
            if (names++ == MAX_NAMES) {
                break;
            }
            last = name;
            var answer = dns.query(name, type);
            if (leadsBack(answer, address)) {
                return new Pass(name);
            }
            if (answer instanceof Failed(_, var detail) && trouble.isEmpty()) {
                trouble = detail;
            }
        }
        if (names == 0) {
            return new PermError("the address has no usable name");
        }
        return trouble.isEmpty()
                ? new Fail(
                        names == 1
                                ? last + " does not lead back to the address"
                                : "no name leads back to the address")
                : new TempError(trouble);
    }

    private static boolean leadsBack(DnsAnswer answer, byte[] address) {
        var found = answer.addresses();
        for (int i = 0; i < Math.min(found.size(), MAX_ADDRESSES); i++) {
            if (Arrays.equals(found.get(i).getAddress(), address)) {
                return true;
            }
        }
        return false;
    }

    /// The name under `in-addr.arpa` (RFC 1035 §3.5) or `ip6.arpa` (RFC 3596 §2.5) that stands for an address.
    public static DomainName reverseName(InetAddress address) {
        return reverseName(octets(address));
    }

    private static DomainName reverseName(byte[] address) {
        var name = new StringBuilder(72);
        for (int i = address.length - 1; i >= 0; i--) {
            int octet = address[i] & 0xff;
            if (address.length == 4) {
                name.append(octet).append('.');
            } else {
                name.append(HEX[octet & 0xf]).append('.').append(HEX[octet >> 4]).append('.');
            }
        }
        return DomainName.of(
                name.append(address.length == 4 ? "in-addr.arpa" : "ip6.arpa").toString());
    }

    private static byte[] octets(InetAddress address) {
        byte[] octets = address.getAddress();
        if (!(address instanceof Inet6Address) || octets[10] != -1 || octets[11] != -1) {
            return octets;
        }
        for (int i = 0; i < 10; i++) {
            if (octets[i] != 0) {
                return octets;
            }
        }
        return Arrays.copyOfRange(octets, 12, 16);
    }
}
