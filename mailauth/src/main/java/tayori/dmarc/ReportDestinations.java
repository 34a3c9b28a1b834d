package tayori.dmarc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tayori.dmarc.DmarcRecord.Outcome;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DomainName;
import tayori.dns.RecordType;

/// Who may get reports about a domain (RFC 9990 §4): an address in the same organization may, any other only if its
/// host says in the DNS that it wants them. Without this, `rua` would be a way to have strangers flooded.
public final class ReportDestinations {
    private final Dns dns;
    private final DmarcEvaluator evaluator;

    /// @param options how organizational domains are found
    public ReportDestinations(Dns dns, DmarcOptions options) {
        this.dns = dns;
        this.evaluator = new DmarcEvaluator(dns, options);
    }

    /// What came of one URI.
    public sealed interface Destination {
        /// The URI as it stands in the record.
        ReportUri wanted();

        /// Reports may go out.
        ///
        /// @param sendTo where to: the URI itself, or those that its host put in its place; at least one
        record Allowed(ReportUri wanted, List<ReportUri> sendTo) implements Destination {
            public Allowed {
                sendTo = List.copyOf(sendTo);
            }
        }

        /// No report goes there.
        record Refused(ReportUri wanted, String reason) implements Destination {}

        /// The DNS failed; no report goes there now.
        record Undetermined(ReportUri wanted, String reason) implements Destination {}
    }

    /// Checks the URIs of `rua` or `ruf`, at most [DmarcRecord#MAX_REPORT_URIS] of them.
    ///
    /// @param policyDomain where the record stands
    public List<Destination> verify(DomainName policyDomain, List<ReportUri> uris) {
        var destinations = new ArrayList<Destination>(uris.size());
        for (var uri : uris.subList(0, Math.min(uris.size(), DmarcRecord.MAX_REPORT_URIS))) {
            destinations.add(verify(policyDomain, uri));
        }
        return destinations;
    }

    private Destination verify(DomainName policyDomain, ReportUri uri) {
        var found = uri.host();
        if (found.isEmpty()) {
            return new Destination.Refused(uri, "no host in it that could be asked");
        }
        var host = found.get();
        if (host.equals(policyDomain)) {
            return new Destination.Allowed(uri, List.of(uri));
        }
        if (host.isWithin(policyDomain.suffix(1))) {
            var ofHost = evaluator.organizationalDomain(host);
            if (ofHost.isPresent() && ofHost.equals(evaluator.organizationalDomain(policyDomain))) {
                return new Destination.Allowed(uri, List.of(uri));
            }
        }
        // §4 step 4 asks for the name of the policy domain, then `_report._dmarc`, then the host.
        var name =
                host.below("_dmarc")
                        .flatMap(at -> at.below("_report"))
                        .flatMap(at -> at.below(policyDomain.toString()));
        return name.isEmpty()
                ? new Destination.Refused(uri, "the name to ask is longer than a name may be")
                : answered(uri, host, dns.query(name.get(), RecordType.TXT), name.get());
    }

    private static Destination answered(
            ReportUri uri, DomainName host, DnsAnswer answer, DomainName name) {
        if (answer instanceof DnsAnswer.Failed(_, var detail)) {
            return new Destination.Undetermined(uri, "the DNS failed for " + name + ": " + detail);
        }
        boolean allowed = false;
        var instead = new ArrayList<ReportUri>(0);
        for (var text : answer.texts()) {
            // Only v is required here, so a record without a policy is as good as any.
            switch (DmarcRecord.parse(text)) {
                case Outcome.Usable(var record) -> {
                    allowed = true;
                    instead.addAll(record.aggregateReports());
                }
                case Outcome.NoPolicy _ -> allowed = true;
                case Outcome.Malformed _, Outcome.NotDmarc _ -> {}
            }
        }
        if (!allowed) {
            return new Destination.Refused(uri, host + " does not ask for reports at " + name);
        }
        for (var other : instead) {
            if (!other.host().equals(Optional.of(host))) {
                return new Destination.Refused(
                        uri, host + " sends reports on to another host, " + other);
            }
        }
        return new Destination.Allowed(uri, instead.isEmpty() ? List.of(uri) : instead);
    }
}
