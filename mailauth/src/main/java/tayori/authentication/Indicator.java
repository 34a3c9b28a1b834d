package tayori.authentication;

import java.util.List;
import java.util.Optional;
import tayori.bimi.BimiLookup;
import tayori.bimi.BimiResult;
import tayori.bimi.BimiSelector;
import tayori.bimi.DmarcStanding;
import tayori.bimi.DmarcStanding.AlignedDkim;
import tayori.dkim.DkimResult;
import tayori.dmarc.AppliedPolicy;
import tayori.dmarc.AuthenticatedIdentifier;
import tayori.dmarc.DmarcEvaluator;
import tayori.dmarc.DmarcResult;
import tayori.dmarc.Policy;
import tayori.dns.ALabels;
import tayori.dns.Dns;
import tayori.message.MessageHead;

/// Looks for the brand's indicator once DMARC has spoken, and tells BIMI what it needs to know of DMARC and DKIM.
final class Indicator {
    private Indicator() {}

    static BimiResult find(
            MessageHead head,
            List<DkimResult> dkim,
            DmarcResult dmarc,
            DmarcEvaluator evaluator,
            Dns dns) {
        var findings = dmarc.findings();
        if (findings.author().isEmpty()) {
            return new BimiResult.Skipped("DMARC does not apply");
        }
        var author = findings.author().get();
        var organizational = evaluator.organizationalDomain(author).orElse(author);
        var standing =
                new DmarcStanding(
                        dmarc instanceof DmarcResult.Pass,
                        enforced(findings.applied()),
                        alignedDkim(dkim, dmarc));
        // Anyone on the way can add a selector; only the author's signature makes it the author's.
        Optional<String> selector =
                coversSelector(dkim, dmarc) ? BimiSelector.of(head) : Optional.empty();
        return new BimiLookup(dns).find(author, organizational, selector, standing);
    }

    private static boolean enforced(Optional<AppliedPolicy> applied) {
        return applied.isPresent()
                && !applied.get().record().testing()
                && applied.get().policy() != Policy.NONE;
    }

    private static AlignedDkim alignedDkim(List<DkimResult> dkim, DmarcResult dmarc) {
        var covered = AlignedDkim.NONE;
        for (var result : dkim) {
            if (result instanceof DkimResult.Pass(var facts, _)
                    && isAligned(facts.domain(), dmarc)) {
                if (facts.octetsBeyond() == 0) {
                    return AlignedDkim.WHOLE_BODY;
                }
                covered = AlignedDkim.PART_OF_BODY;
            }
        }
        return covered;
    }

    private static boolean coversSelector(List<DkimResult> dkim, DmarcResult dmarc) {
        return dkim.stream()
                .anyMatch(result ->
                        result instanceof DkimResult.Pass(var facts, _)
                                && isAligned(facts.domain(), dmarc)
                                && facts.covers("BIMI-Selector"));
    }

    private static boolean isAligned(String signer, DmarcResult dmarc) {
        var domain = ALabels.toDomainName(signer);
        return domain.isPresent()
                && dmarc.findings().identifiers().stream()
                        .anyMatch(identifier ->
                                identifier.aligned()
                                        && identifier.identifier().method()
                                                == AuthenticatedIdentifier.Method.DKIM
                                        && identifier.identifier().domain().equals(domain.get()));
    }
}
