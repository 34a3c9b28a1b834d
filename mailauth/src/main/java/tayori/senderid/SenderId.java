package tayori.senderid;

import java.net.InetAddress;
import java.util.Optional;
import tayori.dns.ALabels;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.RecordType;
import tayori.message.MessageHead;

/// Sender ID (RFC 4406), informational: no decision and no DMARC alignment may rest on it.
///
/// RFC 4406 §3.4 lets a `v=spf1` record speak for both scopes where there is no `spf2.0` record; that reading is kept,
/// although RFC 4408 and its authors objected to it, because it is what historic systems did.
public final class SenderId {
    private final Dns dns;
    private final SpfEvaluation spf;

    public SenderId(Dns dns, SpfEvaluation spf) {
        this.dns = dns;
        this.spf = spf;
    }

    /// Checks the purported responsible address.
    ///
    /// @return `fail` where there is none (RFC 4406 §5.3 has such mail refused) and where its domain does not exist
    ///     (RFC 4406 §4.3)
    public SenderIdResult checkResponsibleAddress(
            InetAddress client, MessageHead head, String helo) {
        var address = ResponsibleAddress.of(head);
        if (address.isEmpty()) {
            return new SenderIdResult(
                    Scope.PRA, Verdict.FAIL, "no purported responsible address", address);
        }
        var records = new ScopedRecords(dns, Scope.PRA);
        var domain = address.get().domain();
        return switch (records.query(domain, RecordType.TXT)) {
            case DnsAnswer.NoSuchName _ ->
                    new SenderIdResult(
                            Scope.PRA, Verdict.FAIL, domain + " does not exist", address);
            case DnsAnswer.Failed(_, var detail) ->
                    new SenderIdResult(Scope.PRA, Verdict.TEMPERROR, detail, address);
            case DnsAnswer.NoData _ ->
                    new SenderIdResult(Scope.PRA, Verdict.NONE, domain + " has no record", address);
            case DnsAnswer.Found _ -> {
                var outcome = spf.checkHost(records, client, address.get().mailbox(), helo);
                yield new SenderIdResult(Scope.PRA, outcome.verdict(), outcome.reason(), address);
            }
        };
    }

    /// Checks the envelope sender.
    ///
    /// @param mailFrom without angle brackets; where it is empty the HELO name speaks (RFC 4406 §4.1)
    public SenderIdResult checkMailFrom(InetAddress client, String mailFrom, String helo) {
        String sender = mailFrom.isEmpty() ? "postmaster@" + helo : mailFrom;
        if (ALabels.toDomainName(sender.substring(sender.lastIndexOf('@') + 1)).isEmpty()) {
            return new SenderIdResult(
                    Scope.MFROM, Verdict.NONE, "no domain to look up", Optional.empty());
        }
        var outcome = spf.checkHost(new ScopedRecords(dns, Scope.MFROM), client, sender, helo);
        return new SenderIdResult(
                Scope.MFROM, outcome.verdict(), outcome.reason(), Optional.empty());
    }
}
