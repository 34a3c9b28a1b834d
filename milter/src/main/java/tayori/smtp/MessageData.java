package tayori.smtp;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The mail behind DATA, octet by octet: finds its end, undoes the dots (RFC 5321 §4.5.2), keeps what may be kept.
///
/// Only CR LF ends a line, and only CR LF `.` CR LF ends the mail (§2.3.8, §4.1.1.4). A mail with a lone CR or LF is read to its
/// end and refused as a whole: servers that take other line ends for an end of mail let one mail hide another ("SMTP smuggling").
/// What is refused is not kept, but its end is still looked for.
final class MessageData {

    private static final int FIRST_SIZE = 4_096;

    private static final byte[] CRLF = {'\r', '\n'};

    private enum At {
        LINE_START,
        IN_LINE,
        CR,
        /// A dot at the start of a line.
        DOT,
        /// A dot and a CR at the start of a line.
        DOT_CR,
        END
    }

    private final MailLimits limits;
    private final OctetBudget budget;

    private byte[] kept = {};
    private int size;
    private long seen;
    private long line;
    private At at = At.LINE_START;
    private @Nullable SmtpReply refusal;

    MessageData(MailLimits limits, OctetBudget budget) {
        this.limits = limits;
        this.budget = budget;
    }

    /// Takes octets, up to the end of the mail.
    ///
    /// @return where the first octet stands that is no part of the mail
    int consume(byte[] buffer, int from, int to) {
        int i = from;
        while (i < to && at != At.END) {
            if (at == At.IN_LINE) {
                int run = i;
                while (i < to && buffer[i] != '\r' && buffer[i] != '\n') {
                    i++;
                }
                keep(buffer, run, i);
                if (i == to) {
                    break;
                }
            }
            step(buffer, i++);
        }
        seen += i - from;
        return i;
    }

    private void step(byte[] buffer, int i) {
        byte octet = buffer[i];
        at =
                switch (at) {
                    case LINE_START, IN_LINE ->
                            switch (octet) {
                                case '\r' -> At.CR;
                                case '\n' -> lone();
                                case '.' -> at == At.LINE_START ? At.DOT : inLine(buffer, i);
                                default -> inLine(buffer, i);
                            };
                    case DOT ->
                            switch (octet) {
                                case '\r' -> At.DOT_CR;
                                case '\n' -> lone();
                                default -> inLine(buffer, i);
                            };
                    case CR ->
                            octet == '\n' ? endOfLine() : octet == '\r' ? loneBeforeCr() : lone();
                    case DOT_CR -> octet == '\n' ? At.END : octet == '\r' ? loneBeforeCr() : lone();
                    case END -> At.END;
                };
    }

    private At inLine(byte[] buffer, int i) {
        keep(buffer, i, i + 1);
        return At.IN_LINE;
    }

    private At endOfLine() {
        keep(CRLF, 0, 2);
        line = 0;
        return At.LINE_START;
    }

    private At lone() {
        refuse(SmtpReply.of(550, "5.6.0", "A line of the mail ends with a lone CR or LF"));
        return At.IN_LINE;
    }

    private At loneBeforeCr() {
        lone();
        return At.CR;
    }

    private void keep(byte[] buffer, int from, int to) {
        line += to - from;
        if (line > limits.maxTextLine()) {
            refuse(
                    SmtpReply.of(
                            554,
                            "5.6.0",
                            "A line of the mail has more than "
                                    + limits.maxTextLine()
                                    + " octets"));
        } else if ((long) size + (to - from) > limits.maxMessage()) {
            refuse(tooLarge(limits));
        }
        if (refusal == null && makeRoom(size + to - from)) {
            System.arraycopy(buffer, from, kept, size, to - from);
            size += to - from;
        }
    }

    /// RFC 1870 §6.1, with the code of RFC 3463 §3.4.
    static SmtpReply tooLarge(MailLimits limits) {
        return SmtpReply.of(
                552, "5.3.4", "The mail has more than " + limits.maxMessage() + " octets");
    }

    private boolean makeRoom(int wanted) {
        if (wanted <= kept.length) {
            return true;
        }
        int grown =
                (int)
                        Math.min(
                                limits.maxMessage(),
                                Math.max(wanted, Math.max(FIRST_SIZE, kept.length * 2L)));
        if (!budget.take(grown - kept.length)) {
            refuse(SmtpReply.of(452, "4.3.1", "Too much mail at once, try again later"));
            return false;
        }
        kept = Arrays.copyOf(kept, grown);
        return true;
    }

    private void refuse(SmtpReply reply) {
        if (refusal == null) {
            refusal = reply;
            release();
        }
    }

    /// Gives back what is kept.
    void release() {
        budget.giveBack(kept.length);
        kept = new byte[0];
        size = 0;
    }

    boolean ended() {
        return at == At.END;
    }

    /// Whether so much has come that its end is not worth waiting for: twice the largest mail.
    boolean endless() {
        return seen > 2L * limits.maxMessage() + 1_024;
    }

    /// Why the mail is refused, if it is.
    Optional<SmtpReply> refusal() {
        return Optional.ofNullable(refusal);
    }

    /// The mail.
    byte[] octets() {
        return Arrays.copyOf(kept, size);
    }
}
