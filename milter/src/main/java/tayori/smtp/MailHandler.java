package tayori.smtp;

import java.util.List;
import tayori.milter.EnvelopeAddress;

/// Whom mail is taken for, and what becomes of it; called from many connections at once.
///
/// When a method throws, or is interrupted because it took longer than [MailTimes#handlerTime], the client is asked to come
/// again (451 4.3.0) and the log gets a line.
public interface MailHandler {

    /// Whether this recipient is taken, before anything of the mail is sent (RFC 5321 §3.3).
    ///
    /// @param envelope as far as it is known: recipients so far, without this one
    /// @return a 2xx reply takes it; any other refuses this one recipient
    SmtpReply recipient(Envelope envelope, EnvelopeAddress recipient);

    /// Takes one mail. What is answered with 2xx is the server's to keep (RFC 5321 §6.1): it must be durable when this returns.
    ///
    /// @param octets the mail as sent, dots undone, every line ended by CR LF; the handler's own from now on
    /// @return with LMTP one reply for each recipient, in their order (RFC 2033 §4.2); with SMTP exactly one
    List<SmtpReply> message(Envelope envelope, byte[] octets);
}
