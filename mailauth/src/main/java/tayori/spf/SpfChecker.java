package tayori.spf;

import java.net.InetAddress;
import tayori.dns.Dns;
import tayori.dns.DomainName;

/// Checks whether a client may use a name: `check_host()` of RFC 7208. Thread-safe; one is enough for a process.
public final class SpfChecker {
    /// Longest explanation that is passed on; a longer one counts as none. Unit: characters. RFC 7208 §6.2 leaves it to
    /// the receiver: this still fits one SMTP reply line (RFC 5321 §4.5.3.1.5) with code and words of ours around it.
    public static final int MAX_EXPLANATION = 450;

    /// Where [#cost] stops counting. Unit: terms; far above what any receiver evaluates.
    public static final int MAX_COUNTED_TERMS = 100;

    private final Dns dns;
    private final SpfOptions options;
    private final RecordCache records;

    public SpfChecker(Dns dns, SpfOptions options) {
        this.dns = dns;
        this.options = options;
        this.records = new RecordCache(options.cachedRecords());
    }

    private SpfChecker(Dns dns, SpfOptions options, RecordCache records) {
        this.dns = dns;
        this.options = options;
        this.records = records;
    }

    /// The same checker with another door to the DNS, such as one that counts the questions of one message; what this
    /// one remembers of records is shared.
    public SpfChecker asking(Dns other) {
        return new SpfChecker(other, options, records);
    }

    /// Checks the MAIL FROM identity (RFC 7208 §2.4).
    ///
    /// @param client address of the SMTP client; IPv4-mapped IPv6 counts as IPv4
    /// @param mailFrom the reverse-path without angle brackets; empty for `<>`, which is `postmaster@` the HELO name
    /// @param helo what the client said with HELO or EHLO
    /// @return one of the seven results; DNS trouble is [SpfResult.TempError], never an exception
    public SpfResult checkMailFrom(InetAddress client, String mailFrom, String helo) {
        return checkMailFrom(client, mailFrom, helo, SpfTrace.NONE);
    }

    /// As [#checkMailFrom(InetAddress, String, String)], telling every step.
    public SpfResult checkMailFrom(
            InetAddress client, String mailFrom, String helo, SpfTrace trace) {
        return check(client, Identity.ofMailFrom(mailFrom, helo), trace);
    }

    /// Checks the HELO identity (RFC 7208 §2.3).
    public SpfResult checkHelo(InetAddress client, String helo) {
        return checkHelo(client, helo, SpfTrace.NONE);
    }

    /// As [#checkHelo(InetAddress, String)], telling every step.
    public SpfResult checkHelo(InetAddress client, String helo, SpfTrace trace) {
        return check(client, Identity.ofHelo(helo), trace);
    }

    /// Counts what the domain's record costs a receiver at worst; for advice to its owner.
    public SpfCost cost(DomainName domain) {
        return new CostCounter(dns, records).count(domain);
    }

    private SpfResult check(InetAddress client, Identity identity, SpfTrace trace) {
        return new Check(dns, options, records, trace, new Client(client), identity).run();
    }
}
