package tayori.dns;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
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
    private static final Duration MAX_TTL = Duration.ofSeconds(Integer.MAX_VALUE); // RFC 2181 §8

    private final Map<DomainName, Map<RecordType, Found>> sets = new HashMap<>();
    private final Map<DomainName, Trouble> brokenNames;
    private final Map<DomainName, Map<RecordType, Trouble>> brokenRecords = new HashMap<>();
    private final Set<DomainName> names = new HashSet<>();
    private final Duration ttl;
    private final boolean authenticated;

    private ZoneDns(Builder builder) {
        this.brokenNames = Map.copyOf(builder.brokenNames);
        builder.brokenRecords.forEach((name, types) -> brokenRecords.put(name, Map.copyOf(types)));
        this.ttl = builder.ttl;
        this.authenticated = builder.authenticated;
        builder.records.forEach((name, types) -> sets.put(name, foundSets(name, types, builder)));
        for (var name : sets.keySet()) {
            for (Optional<DomainName> at = Optional.of(name);
                    at.isPresent() && names.add(at.get());
                    at = at.get().parent()) {}
        }
    }

    private static Map<RecordType, Found> foundSets(
            DomainName name, Map<RecordType, List<DnsRecord>> types, Builder builder) {
        var found = new EnumMap<RecordType, Found>(RecordType.class);
        var ttls = builder.ttls.getOrDefault(name, Map.of());
        types.forEach((type, records) ->
                found.put(
                        type,
                        new Found(
                                records,
                                ttls.getOrDefault(type, builder.ttl),
                                builder.authenticated)));
        return found;
    }

    public static Builder builder() {
        return new Builder();
    }

    /// The CNAME record at this very name, where there is one; [#query] only shows what it leads to.
    public Optional<Found> alias(DomainName name) {
        return Optional.ofNullable(sets.getOrDefault(name, Map.of()).get(RecordType.CNAME));
    }

    @Override
    public DnsAnswer query(DomainName name, RecordType type) {
        var at = name;
        var lowestTtl = MAX_TTL;
        for (int hop = 0; hop < MAX_CNAMES; hop++) {
            var trouble = brokenNames.get(at);
            if (trouble == null) {
                trouble = brokenRecords.getOrDefault(at, Map.of()).get(type);
            }
            if (trouble != null) {
                return new Failed(trouble, trouble + " for " + at + " " + type);
            }
            var here = sets.getOrDefault(at, Map.of());
            var found = here.get(type);
            if (found != null) {
                return hop == 0
                        ? found
                        : new Found(found.records(), lower(lowestTtl, found.ttl()), authenticated);
            }
            var alias = here.get(RecordType.CNAME);
            if (alias == null
                    || !(alias.records().getFirst() instanceof DnsRecord.Name(var target))) {
                var negativeTtl = lower(lowestTtl, ttl);
                return names.contains(at)
                        ? new NoData(negativeTtl, authenticated)
                        : new NoSuchName(negativeTtl, authenticated);
            }
            lowestTtl = lower(lowestTtl, alias.ttl());
            at = target;
        }
        return new Failed(Trouble.SERVFAIL, "CNAME loop at " + name);
    }

    @Override
    public Optional<DnsAnswer> known(DomainName name, RecordType type) {
        return Optional.of(query(name, type));
    }

    private static Duration lower(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /// Collects the data of a [ZoneDns]. Names are given as text; a bad one throws [IllegalArgumentException].
    public static final class Builder {
        private final Map<DomainName, Map<RecordType, List<DnsRecord>>> records = new HashMap<>();
        private final Map<DomainName, Trouble> brokenNames = new HashMap<>();
        private final Map<DomainName, Map<RecordType, Trouble>> brokenRecords = new HashMap<>();
        private final Map<DomainName, Map<RecordType, Duration>> ttls = new HashMap<>();
        private Duration ttl = Duration.ofMinutes(5);
        private boolean authenticated;

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

        /// The TTL of the records of one name and type; a set has one TTL (RFC 2181 §5.2), the last one given counts.
        public Builder ttl(String name, RecordType type, Duration ttl) {
            ttls.computeIfAbsent(DomainName.of(name), _ -> new HashMap<>()).put(type, ttl);
            return this;
        }

        /// Whether answers are to count as validated (AD); not unless said so.
        public Builder authenticated(boolean authenticated) {
            this.authenticated = authenticated;
            return this;
        }

        /// The TTL of every other answer; five minutes unless said otherwise.
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
