package tayori.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What came of one DNS question. RFC 2308 §2 tells the four apart.
public sealed interface DnsAnswer {
    /// Records of the type asked for; at least one.
    ///
    /// @param ttl how long the answer may be kept: the lowest TTL of the chain
    /// @param authenticated whether the resolver set the AD bit (RFC 4035 §3.2.3); only worth something when the way
    ///     to the resolver is trusted
    record Found(List<DnsRecord> records, Duration ttl, boolean authenticated)
            implements DnsAnswer {
        public Found {
            records = List.copyOf(records);
            if (records.isEmpty()) {
                throw new IllegalArgumentException("an answer without records is NoData");
            }
        }
    }

    /// The name exists, but has no record of this type (NODATA); empty non-terminals are of this kind.
    record NoData(Duration ttl, boolean authenticated) implements DnsAnswer {}

    /// The name does not exist, nor does any below it (NXDOMAIN, RFC 8020 §2).
    record NoSuchName(Duration ttl, boolean authenticated) implements DnsAnswer {}

    /// Nobody knows: it may be otherwise a minute later.
    ///
    /// @param detail for people, e.g. `SERVFAIL from 192.0.2.53`; never empty
    record Failed(Trouble trouble, String detail) implements DnsAnswer {}

    /// Why nobody knows.
    enum Trouble {
        /// No resolver answered in time.
        TIMEOUT,
        /// The resolver answered SERVFAIL: broken delegation, bogus DNSSEC, lame servers.
        SERVFAIL,
        /// The resolver would not answer (REFUSED, NOTIMP, FORMERR).
        REFUSED,
        /// The answer was not understood, or more than the bounds allow.
        MALFORMED,
        /// The look-ups allowed for this message are used up; no question was sent.
        BUDGET
    }

    /// The TXT records of a [Found]; empty for everything else.
    default List<String> texts() {
        if (!(this instanceof Found found)) {
            return List.of();
        }
        var texts = new ArrayList<String>(found.records().size());
        for (var record : found.records()) {
            if (record instanceof DnsRecord.Text(var text)) {
                texts.add(text);
            }
        }
        return texts;
    }

    /// The A or AAAA records of a [Found]; empty for everything else.
    default List<InetAddress> addresses() {
        if (!(this instanceof Found found)) {
            return List.of();
        }
        var addresses = new ArrayList<InetAddress>(found.records().size());
        for (var record : found.records()) {
            if (record instanceof DnsRecord.Address(var address)) {
                addresses.add(address);
            }
        }
        return addresses;
    }
}
