package tayori.smtp;

import java.time.Duration;
import java.util.List;

/// How long we wait. A client that is late loses its connection (RFC 5321 §3.8, third case); an unfinished mail stays its own.
///
/// @param commandTime longest time from our reply to the end of the next command; trickling does not begin it anew. The TLS
///     handshake has as much
/// @param blockTime longest silence within a mail
/// @param messageTime longest time from 354 to the end of the mail
/// @param handlerTime longest time a handler may work before it is interrupted
/// @param replyTime longest time for the client to take our replies
public record MailTimes(
        Duration commandTime,
        Duration blockTime,
        Duration messageTime,
        Duration handlerTime,
        Duration replyTime) {

    /// RFC 5321 §4.5.3.2.7: at least 5 minutes.
    public static final Duration DEFAULT_COMMAND_TIME = Duration.ofMinutes(5);

    /// RFC 5321 §4.5.3.2.5: as long as a client may take to send a block.
    public static final Duration DEFAULT_BLOCK_TIME = Duration.ofMinutes(3);

    /// Ours: the largest mail at 60 kB a second, slower than any line between servers.
    public static final Duration DEFAULT_MESSAGE_TIME = Duration.ofMinutes(15);

    /// Below the 5 minutes that a client waits for the answer to RCPT (RFC 5321 §4.5.3.2.3), so that it hears from us.
    public static final Duration DEFAULT_HANDLER_TIME = Duration.ofMinutes(4);

    public static final Duration DEFAULT_REPLY_TIME = Duration.ofMinutes(1);

    public static final MailTimes DEFAULTS =
            new MailTimes(
                    DEFAULT_COMMAND_TIME,
                    DEFAULT_BLOCK_TIME,
                    DEFAULT_MESSAGE_TIME,
                    DEFAULT_HANDLER_TIME,
                    DEFAULT_REPLY_TIME);

    public MailTimes {
        for (Duration time : List.of(commandTime, blockTime, messageTime, handlerTime, replyTime)) {
            if (!time.isPositive() || time.compareTo(Duration.ofDays(365)) > 0) {
                throw new IllegalArgumentException("not a time to wait: " + time);
            }
        }
    }
}
