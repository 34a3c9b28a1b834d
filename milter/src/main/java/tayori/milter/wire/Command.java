package tayori.milter.wire;

/// The letters with which the MTA begins its packets.
public final class Command {

    /// The mail in progress is given up; the connection stays.
    public static final byte ABORT = 'A';

    /// A piece of the body.
    public static final byte BODY = 'B';

    /// An SMTP client has come: host name, family, port, address.
    public static final byte CONNECT = 'C';

    /// Macros for the command whose letter comes first in the data.
    public static final byte MACRO = 'D';

    /// The body is complete; may carry a last piece of it.
    public static final byte END_OF_BODY = 'E';

    public static final byte HELO = 'H';

    /// This SMTP client has gone, another may come on the same connection (version 6).
    public static final byte QUIT_NEW_CONNECTION = 'K';

    /// One header field: name, value.
    public static final byte HEADER = 'L';

    public static final byte MAIL = 'M';

    public static final byte END_OF_HEADERS = 'N';

    /// Which version, actions and steps the MTA offers.
    public static final byte NEGOTIATE = 'O';

    public static final byte QUIT = 'Q';

    public static final byte RECIPIENT = 'R';

    /// DATA (version 4).
    public static final byte DATA = 'T';

    /// An SMTP command that the MTA does not know (version 3).
    public static final byte UNKNOWN = 'U';

    private Command() {}
}
