package tayori.transfer;

import tayori.dns.DomainName;

/// Start of authority: whose zone, which state of it, how long to believe it. RFC 1035 §3.3.13.
///
/// @param primary name of the name server where changes are made
/// @param mailbox of who is responsible, with a dot for the `@`
/// @param serial 0 to 2^32-1, compared by [SerialNumber]
/// @param refresh how often others ask for changes. Unit, as of the next ones: seconds
/// @param retry the same after it failed
/// @param expire when a copy that could not be refreshed is no longer served
/// @param minimum how long an answer that a name does not exist may be kept (RFC 2308 §4)
/// @param ttl of this record
public record Soa(
        DomainName primary,
        DomainName mailbox,
        long serial,
        int refresh,
        int retry,
        int expire,
        int minimum,
        int ttl) {
    public Soa {
        if (serial < 0 || serial > SerialNumber.MAX) {
            throw new IllegalArgumentException("a serial has 32 bits, not " + serial);
        }
    }

    public Soa withSerial(long newSerial) {
        return new Soa(primary, mailbox, newSerial, refresh, retry, expire, minimum, ttl);
    }
}
