package tayori.milter.wire;

/// The twelve octets that both sides exchange first: version, actions that the filter may take, and protocol steps.
///
/// @param version highest version the sender speaks
/// @param actions bits of what the MTA allows, and of what the filter will use
/// @param steps bits of what the MTA can leave out, and of what the filter wants left out
public record Negotiation(int version, int actions, int steps) {

    /// Version that we speak.
    public static final int VERSION = 6;

    /// Oldest version that has negotiation as we know it; older MTAs are from before 2003.
    public static final int OLDEST_VERSION = 2;

    /// Octets of data in the packet, without macro lists.
    public static final int OCTETS = 12;

    // Actions: what the filter may do at the end of the message.
    public static final int ADD_HEADERS = 0x01;
    public static final int CHANGE_BODY = 0x02;
    public static final int ADD_RECIPIENTS = 0x04;
    public static final int DELETE_RECIPIENTS = 0x08;
    public static final int CHANGE_HEADERS = 0x10;
    public static final int QUARANTINE = 0x20;
    public static final int CHANGE_FROM = 0x40;
    public static final int ADD_RECIPIENTS_WITH_ARGUMENTS = 0x80;
    public static final int SET_MACRO_LISTS = 0x100;
    public static final int ALL_ACTIONS = 0x1ff;

    // Steps: what the MTA is not to send (NO_…), not to wait for an answer to (NO_REPLY_…), and
    // manners.
    public static final int NO_CONNECT = 0x01;
    public static final int NO_HELO = 0x02;
    public static final int NO_MAIL = 0x04;
    public static final int NO_RECIPIENT = 0x08;
    public static final int NO_BODY = 0x10;
    public static final int NO_HEADERS = 0x20;
    public static final int NO_END_OF_HEADERS = 0x40;
    public static final int NO_REPLY_HEADER = 0x80;
    public static final int NO_UNKNOWN = 0x100;
    public static final int NO_DATA = 0x200;

    /// The filter may answer SKIP to a piece of the body.
    public static final int SKIP = 0x400;

    /// The filter wants to see recipients that the MTA has refused already.
    public static final int REJECTED_RECIPIENTS = 0x800;

    public static final int NO_REPLY_CONNECT = 0x1000;
    public static final int NO_REPLY_HELO = 0x2000;
    public static final int NO_REPLY_MAIL = 0x4000;
    public static final int NO_REPLY_RECIPIENT = 0x8000;
    public static final int NO_REPLY_DATA = 0x10000;
    public static final int NO_REPLY_UNKNOWN = 0x20000;
    public static final int NO_REPLY_END_OF_HEADERS = 0x40000;
    public static final int NO_REPLY_BODY = 0x80000;

    /// Header values keep the white space after the colon, both ways.
    public static final int LEADING_SPACE = 0x100000;

    public static final int ALL_STEPS = 0x1fffff;

    /// Numbers of the stages in a macro list, in the order of the mail.
    public static final int STAGE_CONNECT = 0;

    public static final int STAGE_HELO = 1;
    public static final int STAGE_MAIL = 2;
    public static final int STAGE_RECIPIENT = 3;
    public static final int STAGE_DATA = 4;
    public static final int STAGE_END_OF_MESSAGE = 5;
    public static final int STAGE_END_OF_HEADERS = 6;

    public boolean has(int step) {
        return (steps & step) != 0;
    }

    public boolean allows(int action) {
        return (actions & action) != 0;
    }

    /// Reads the twelve octets.
    public static Negotiation read(byte[] buffer, int offset) {
        return new Negotiation(
                Octets.int32(buffer, offset),
                Octets.int32(buffer, offset + 4),
                Octets.int32(buffer, offset + 8));
    }
}
