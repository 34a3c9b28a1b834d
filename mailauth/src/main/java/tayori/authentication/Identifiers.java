package tayori.authentication;

import java.util.ArrayList;
import java.util.List;
import tayori.dkim.DkimResult;
import tayori.dmarc.AuthenticatedIdentifier;
import tayori.dmarc.AuthenticatedIdentifier.Outcome;
import tayori.dns.ALabels;
import tayori.spf.SpfResult;

/// What DMARC wants to know of SPF and DKIM: the domain of MAIL FROM, never that of HELO, and each signing domain
/// (RFC 9989 §4.4).
final class Identifiers {
    private Identifiers() {}

    static List<AuthenticatedIdentifier> of(SpfResult spf, List<DkimResult> signatures) {
        var identifiers = new ArrayList<AuthenticatedIdentifier>(signatures.size() + 1);
        var mailFrom = ALabels.toDomainName(spf.domain());
        if (mailFrom.isPresent()) {
            identifiers.add(AuthenticatedIdentifier.spf(mailFrom.get(), outcome(spf)));
        }
        for (var signature : signatures) {
            var signer = signature.facts().flatMap(facts -> facts.domainName());
            if (signer.isPresent()) {
                identifiers.add(AuthenticatedIdentifier.dkim(signer.get(), outcome(signature)));
            }
        }
        return identifiers;
    }

    private static Outcome outcome(SpfResult spf) {
        return switch (spf) {
            case SpfResult.Pass _ -> Outcome.PASS;
            case SpfResult.TempError _ -> Outcome.TEMP_ERROR;
            case SpfResult.None _,
                    SpfResult.Neutral _,
                    SpfResult.Fail _,
                    SpfResult.SoftFail _,
                    SpfResult.PermError _ ->
                    Outcome.NO_PASS;
        };
    }

    private static Outcome outcome(DkimResult signature) {
        return switch (signature) {
            case DkimResult.Pass _ -> Outcome.PASS;
            case DkimResult.TempError _ -> Outcome.TEMP_ERROR;
            case DkimResult.None _,
                    DkimResult.Fail _,
                    DkimResult.Policy _,
                    DkimResult.Neutral _,
                    DkimResult.PermError _ ->
                    Outcome.NO_PASS;
        };
    }
}
