package tayori.milter.wire;

/// The letters with which the filter begins its packets.
public final class Answer {

    public static final byte ADD_RECIPIENT = '+';

    /// Add a recipient with ESMTP arguments (version 6).
    public static final byte ADD_RECIPIENT_WITH_ARGUMENTS = '2';

    public static final byte DELETE_RECIPIENT = '-';

    /// `421` to the SMTP client; some MTAs treat it as a shutdown of the filter.
    public static final byte SHUTDOWN = '4';

    public static final byte ACCEPT = 'a';

    public static final byte REPLACE_BODY = 'b';

    public static final byte CONTINUE = 'c';

    public static final byte DISCARD = 'd';

    /// Change the envelope sender (version 6).
    public static final byte CHANGE_FROM = 'e';

    /// `connection failed`: the MTA is to treat the filter as absent.
    public static final byte CONNECTION_FAILED = 'f';

    public static final byte ADD_HEADER = 'h';

    public static final byte INSERT_HEADER = 'i';

    /// Change or, with an empty value, delete the n-th header field of a name.
    public static final byte CHANGE_HEADER = 'm';

    public static final byte NEGOTIATE = 'O';

    /// Still at work: the MTA starts its time limit anew.
    public static final byte PROGRESS = 'p';

    public static final byte QUARANTINE = 'q';

    public static final byte REJECT = 'r';

    /// No more packets of this kind, please (version 6, body only).
    public static final byte SKIP = 's';

    public static final byte TEMPFAIL = 't';

    /// A reply text of the filter's own: `550 5.7.1 text`.
    public static final byte REPLY_CODE = 'y';

    private Answer() {}
}
