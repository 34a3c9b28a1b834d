package tayori.milter;

import tayori.milter.wire.Negotiation;

/// The steps of an SMTP session that a filter may be told about, in their order.
public enum Step {
    CONNECT(Negotiation.NO_CONNECT, Negotiation.NO_REPLY_CONNECT),
    HELO(Negotiation.NO_HELO, Negotiation.NO_REPLY_HELO),
    MAIL(Negotiation.NO_MAIL, Negotiation.NO_REPLY_MAIL),
    RECIPIENT(Negotiation.NO_RECIPIENT, Negotiation.NO_REPLY_RECIPIENT),
    DATA(Negotiation.NO_DATA, Negotiation.NO_REPLY_DATA),
    HEADER(Negotiation.NO_HEADERS, Negotiation.NO_REPLY_HEADER),
    END_OF_HEADERS(Negotiation.NO_END_OF_HEADERS, Negotiation.NO_REPLY_END_OF_HEADERS),
    BODY(Negotiation.NO_BODY, Negotiation.NO_REPLY_BODY),
    UNKNOWN(Negotiation.NO_UNKNOWN, Negotiation.NO_REPLY_UNKNOWN);

    private final int leaveOut;
    private final int noReply;

    Step(int leaveOut, int noReply) {
        this.leaveOut = leaveOut;
        this.noReply = noReply;
    }

    /// Bit that tells the MTA not to send this step.
    int leaveOut() {
        return leaveOut;
    }

    /// Bit that tells the MTA not to wait for an answer to this step.
    int noReply() {
        return noReply;
    }
}
