package tayori.senderid;

import java.net.InetAddress;
import tayori.dns.Dns;

/// `check_host()` of SPF, lent to Sender ID; whoever wires the rooms together connects it to the SPF checker.
@FunctionalInterface
public interface SpfEvaluation {
    /// Evaluates the SPF record of the sender's domain.
    ///
    /// @param records to be asked instead of the usual DNS: it shows Sender ID records as `v=spf1`
    /// @param sender `<sender>`, always with local part and domain
    /// @param helo for the macro `%{h}`
    Outcome checkHost(Dns records, InetAddress client, String sender, String helo);

    /// A result of RFC 7208 §2.6 and why.
    record Outcome(Verdict verdict, String reason) {}
}
