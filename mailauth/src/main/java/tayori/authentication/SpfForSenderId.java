package tayori.authentication;

import java.net.InetAddress;
import tayori.dns.Dns;
import tayori.senderid.SpfEvaluation;
import tayori.senderid.Verdict;
import tayori.spf.SpfChecker;
import tayori.spf.SpfResult;

/// Lends SPF's `check_host()` to Sender ID, which reads other records but evaluates them alike (RFC 4406 §4).
///
/// @param spf is asked with the records that Sender ID selects
record SpfForSenderId(SpfChecker spf) implements SpfEvaluation {
    @Override
    public Outcome checkHost(Dns records, InetAddress client, String sender, String helo) {
        var result = spf.asking(records).checkMailFrom(client, sender, helo);
        return new Outcome(verdict(result), result.reason());
    }

    private static Verdict verdict(SpfResult result) {
        return switch (result) {
            case SpfResult.None _ -> Verdict.NONE;
            case SpfResult.Neutral _ -> Verdict.NEUTRAL;
            case SpfResult.Pass _ -> Verdict.PASS;
            case SpfResult.Fail _ -> Verdict.FAIL;
            case SpfResult.SoftFail _ -> Verdict.SOFTFAIL;
            case SpfResult.TempError _ -> Verdict.TEMPERROR;
            case SpfResult.PermError _ -> Verdict.PERMERROR;
        };
    }
}
