package tayori.report;

import java.util.Optional;
import tayori.arf.ArfReport;
import tayori.bounce.BounceReading.AutoReply;
import tayori.bounce.BounceReading.Bounce;
import tayori.cfbl.FeedbackId;
import tayori.xarf.XarfReport;

/// What somebody told us. None of these tells whether it is genuine: a report that is acted upon must come with a valid
/// signature of a party that may report (RFC 9477 §3.5).
public sealed interface Report {
    /// A complaint or other feedback.
    record Arf(ArfReport report) implements Report {}

    /// A complaint about a mail that asked for complaints by `CFBL-Address`.
    ///
    /// @param feedbackId what the mail wanted back; nothing where it wanted nothing, or the reporter left it out
    record Cfbl(ArfReport report, Optional<FeedbackId> feedbackId) implements Report {}

    /// An abuse report in JSON.
    record Xarf(XarfReport report) implements Report {}

    /// Mail that came back.
    record Bounced(Bounce bounce) implements Report {}

    /// What a machine answered for its owner.
    record AutoReplied(AutoReply reply) implements Report {}

    /// A DMARC aggregate report (RFC 9990): recognised, not read.
    record DmarcAggregate() implements Report {}

    /// A TLS report (RFC 8460): recognised, not read.
    record Tls() implements Report {}

    /// None of these.
    ///
    /// @param reason why, for people
    record Unknown(String reason) implements Report {}
}
