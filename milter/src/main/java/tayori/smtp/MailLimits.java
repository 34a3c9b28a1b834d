package tayori.smtp;

/// How much a client may send.
///
/// @param maxMessage largest mail, announced as `SIZE` (RFC 1870); a larger one is refused with 552 5.3.4. Unit: octets
/// @param maxHeld most octets of unfinished mails in memory over all connections; what does not fit is asked to come again
///     with 452 4.3.1
/// @param maxRecipients most recipients of one mail; one more is asked to come with another mail, 452 4.5.3
/// @param maxCommandLine longest command, CR LF included; a longer one is 500 5.5.2. Unit: octets
/// @param maxTextLine longest line of a mail, CR LF included; a mail with a longer one is refused with 554 5.6.0. Unit: octets
/// @param maxErrors refused commands of one connection; after them a command is answered 421 4.7.0
/// @param maxCommands commands since the last mail that was taken; after them a command is answered 421 4.7.0
public record MailLimits(
        int maxMessage,
        long maxHeld,
        int maxRecipients,
        int maxCommandLine,
        int maxTextLine,
        int maxErrors,
        int maxCommands) {

    /// Octets: a mail of 25 MB, which large providers take, with its attachment encoded once more for the report.
    public static final int DEFAULT_MAX_MESSAGE = 48 << 20;

    /// Octets: ours; five of the largest mails, thousands of usual ones.
    public static final long DEFAULT_MAX_HELD = 256L << 20;

    /// The least that RFC 5321 §4.5.3.1.8 asks for.
    public static final int LEAST_MAX_RECIPIENTS = 100;

    /// As Postfix (`smtpd_recipient_limit`).
    public static final int DEFAULT_MAX_RECIPIENTS = 1_000;

    /// Octets: what RFC 5321 §4.5.3.1.4 asks for, with what RFC 1870 §3, RFC 6152 §2 and RFC 6531 §3.1 add to it.
    public static final int LEAST_MAX_COMMAND_LINE = 512 + 26 + 17 + 10;

    /// Octets: as Postfix (`line_length_limit`).
    public static final int DEFAULT_MAX_COMMAND_LINE = 2_048;

    /// Octets: what RFC 5321 §4.5.3.1.6 asks for.
    public static final int LEAST_MAX_TEXT_LINE = 1_000;

    /// Octets: ours. Spam and broken newsletters put a whole page into one line, and a report must be able to quote them.
    public static final int DEFAULT_MAX_TEXT_LINE = 1 << 20;

    /// As Postfix (`smtpd_hard_error_limit`).
    public static final int DEFAULT_MAX_ERRORS = 20;

    /// Ours: a mail to the most recipients, and as much again.
    public static final int DEFAULT_MAX_COMMANDS = 2_000;

    public static final MailLimits DEFAULTS =
            new MailLimits(
                    DEFAULT_MAX_MESSAGE,
                    DEFAULT_MAX_HELD,
                    DEFAULT_MAX_RECIPIENTS,
                    DEFAULT_MAX_COMMAND_LINE,
                    DEFAULT_MAX_TEXT_LINE,
                    DEFAULT_MAX_ERRORS,
                    DEFAULT_MAX_COMMANDS);

    public MailLimits {
        if (maxMessage < 1 || maxMessage > 1 << 30 || maxHeld < maxMessage) {
            throw new IllegalArgumentException("not sizes of mail: " + maxMessage + ", " + maxHeld);
        }
        if (maxRecipients < LEAST_MAX_RECIPIENTS
                || maxCommandLine < LEAST_MAX_COMMAND_LINE
                || maxCommandLine > MailConnection.BUFFER
                || maxTextLine < LEAST_MAX_TEXT_LINE) {
            throw new IllegalArgumentException("a limit below what RFC 5321 asks for");
        }
        if (maxErrors < 1 || maxCommands < maxRecipients + 2) {
            throw new IllegalArgumentException("a mail to all recipients needs more commands");
        }
    }
}
