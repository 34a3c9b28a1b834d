package tayori.dns;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tayori.dns.DnsAnswer.Failed;
import tayori.dns.DnsAnswer.Found;
import tayori.dns.DnsAnswer.NoData;
import tayori.dns.DnsAnswer.NoSuchName;
import tayori.dns.DnsAnswer.Trouble;

/// A DNS that is data: what it was built with is all there is.
///
/// It answers as an authoritative server would: a name above one that is there exists and has no data (RFC 8020 §2),
/// any other name does not exist, CNAMEs are followed. Immutable; made for tests, demonstrations and dry runs.
public final class ZoneDns implements Dns {
    private static final int MAX_CNAMES = 12;

    private final Map<DomainName, Map<RecordType, List<DnsRecord>>> records;
    private final Map<DomainName, Trouble> brokenNames;
    private final Map<DomainName, Map<RecordType, Trouble>> brokenRecords;
    private final Set<DomainName> names;
    private final Duration ttl;

    private ZoneDns(Builder builder) {
        this.records = builder.records;
        this.brokenNames = builder.brokenNames;
        this.brokenRecords = builder.brokenRecords;
        this.ttl = builder.ttl;
        this.names = new HashSet<>();
        for (var name : records.keySet()) {
            for (Optional<DomainName> at = Optional.of(name);
                    at.isPresent() && names.add(at.get());
                    at = at.get().parent()) {}
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public DnsAnswer query(DomainName name, RecordType type) {
        var at = name;
        for (int hop = 0; hop < MAX_CNAMES; hop++) {
            var trouble = brokenNames.get(at);
            if (trouble == null) {
                trouble = brokenRecords.getOrDefault(at, Map.of()).get(type);
            }
            if (trouble != null) {
                return new Failed(trouble, trouble + " for " + at + " " + type);
            }
            var here = records.getOrDefault(at, Map.of());
            var found = here.get(type);
            if (found != null) {
                return new Found(found, ttl, false);
            }
            var alias = here.get(RecordType.CNAME);
            if (alias == null || !(alias.getFirst() instanceof DnsRecord.Name(var target))) {
                return names.contains(at) ? new NoData(ttl, false) : new NoSuchName(ttl, false);
            }
            at = target;
        }
        return new Failed(Trouble.SERVFAIL, "CNAME loop at " + name);
    }

    /// Collects the data of a [ZoneDns]. Names are given as text; a bad one throws [IllegalArgumentException].
    public static final class Builder {
        private final Map<DomainName, Map<RecordType, List<DnsRecord>>> records = new HashMap<>();
        private final Map<DomainName, Trouble> brokenNames = new HashMap<>();
        private final Map<DomainName, Map<RecordType, Trouble>> brokenRecords = new HashMap<>();
        private Duration ttl = Duration.ofMinutes(5);

        private Builder() {}

        public Builder record(String name, RecordType type, DnsRecord record) {
            records.computeIfAbsent(DomainName.of(name), _ -> new HashMap<>())
                    .computeIfAbsent(type, _ -> new ArrayList<>())
                    .add(record);
            return this;
        }

        /// A name that exists without any record of its own.
        public Builder name(String name) {
            records.computeIfAbsent(DomainName.of(name), _ -> new HashMap<>());
            return this;
        }

        public Builder txt(String name, String text) {
            return record(name, RecordType.TXT, new DnsRecord.Text(text));
        }

        /// An A or AAAA record, as the literal says.
        ///
        /// @throws IllegalArgumentException for anything but an IP address
        public Builder address(String name, String literal) {
            boolean v6 = literal.indexOf(':') >= 0;
            var address = InetAddress.ofLiteral(literal);
            return record(
                    name,
                    v6 ? RecordType.AAAA : RecordType.A,
                    new DnsRecord.Address(v6 ? asIpv6(address) : address));
        }

        public Builder mx(String name, int preference, String exchange) {
            var host = exchange.equals(".") ? DomainName.ROOT : DomainName.of(exchange);
            return record(name, RecordType.MX, new DnsRecord.MailExchange(preference, host));
        }

        public Builder ptr(String name, String target) {
            return record(name, RecordType.PTR, new DnsRecord.Name(DomainName.of(target)));
        }

        public Builder cname(String name, String target) {
            return record(name, RecordType.CNAME, new DnsRecord.Name(DomainName.of(target)));
        }

        /// Every question for this name fails.
        public Builder broken(String name, Trouble trouble) {
            brokenNames.put(DomainName.of(name), trouble);
            return name(name);
        }

        /// Questions for this name and type fail.
        public Builder broken(String name, RecordType type, Trouble trouble) {
            brokenRecords
                    .computeIfAbsent(DomainName.of(name), _ -> new HashMap<>())
                    .put(type, trouble);
            return name(name);
        }

        /// The TTL of every answer; five minutes unless said otherwise.
        public Builder ttl(Duration ttl) {
            this.ttl = ttl;
            return this;
        }

        public ZoneDns build() {
            return new ZoneDns(this);
        }

        /// Java turns `::ffff:192.0.2.1` into an IPv4 address; in an AAAA record it stays what it is.
        private static InetAddress asIpv6(InetAddress address) {
            byte[] octets = address.getAddress();
            if (octets.length == 16) {
                return address;
            }
            var mapped = new byte[16];
            mapped[10] = (byte) 0xff;
            mapped[11] = (byte) 0xff;
            System.arraycopy(octets, 0, mapped, 12, 4);
            try {
                return Inet6Address.getByAddress(null, mapped, -1);
            } catch (UnknownHostException e) {
                throw new AssertionError("sixteen octets are an IPv6 address", e);
            }
        }
    }
}
