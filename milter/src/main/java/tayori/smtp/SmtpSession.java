package tayori.smtp;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.milter.EnvelopeAddress;
import tayori.smtp.MailArguments.Reading;
import tayori.smtp.MailServerOptions.Protocol;

/// One SMTP or LMTP session: octets in, replies out, no socket.
///
/// Replies to commands that came together go out together (RFC 2920 §3.2), up to a command that must be the last of its group;
/// its reply is sent before anything else is looked at.
final class SmtpSession {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpSession.class);

    /// What the connection is to do when the replies are sent.
    enum Next {
        READ,
        START_TLS,
        CLOSE
    }

    private static final SmtpReply OUT_OF_ORDER =
            SmtpReply.of(503, "5.5.1", "Commands come in another order");
    private static final SmtpReply UNKNOWN = SmtpReply.of(500, "5.5.1", "Command not known");
    private static final SmtpReply NOT_OFFERED =
            SmtpReply.of(502, "5.5.1", "Command not offered here");
    private static final SmtpReply WRONG_ARGUMENT =
            SmtpReply.of(501, "5.5.4", "Argument not understood");
    private static final SmtpReply WRONG_PARAMETER =
            SmtpReply.of(555, "5.5.4", "Parameter not known");
    private static final SmtpReply NO_COMMAND =
            SmtpReply.of(500, "5.5.2", "This is no line of SMTP");

    /// SMTPUTF8 must be said before an address may hold more than ASCII (RFC 6531 §3.5).
    private static final SmtpReply NOT_ASCII =
            SmtpReply.of(553, "5.6.7", "This address needs SMTPUTF8");

    private final MailServerOptions options;
    private final MailLimits limits;
    private final MailHandler handler;
    private final OctetBudget budget;
    private final Optional<InetAddress> client;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

    private Next next = Next.READ;
    private boolean sendFirst;
    private boolean skippingLine;
    private boolean encrypted;
    private int errors;
    private int commands;
    private long steps;

    private String helo = "";
    private boolean extended;
    private @Nullable EnvelopeAddress sender;
    private final List<EnvelopeAddress> recipients = new ArrayList<>(1);
    private OptionalLong announcedSize = OptionalLong.empty();
    private boolean eightBit;
    private boolean internationalized;
    private @Nullable MessageData data;

    SmtpSession(
            MailServerOptions options,
            MailHandler handler,
            OctetBudget budget,
            Optional<InetAddress> client) {
        this.options = options;
        this.limits = options.limits();
        this.handler = handler;
        this.budget = budget;
        this.client = client;
        write("220 " + options.hostName() + (isLmtp() ? " LMTP" : " ESMTP") + " Tayori\r\n");
    }

    /// Works off what has come, until a reply must be sent or no whole command is left.
    ///
    /// @return where the first octet stands that was not worked off
    int consume(byte[] buffer, int from, int to) {
        sendFirst = false;
        int at = from;
        boolean more = true;
        while (more && next == Next.READ && !sendFirst) {
            int before = at;
            at = data == null ? line(buffer, at, to) : text(data, buffer, at, to);
            more = at > before;
        }
        return at;
    }

    /// Replies not sent yet; they are the caller's now.
    byte[] replies() {
        byte[] octets = out.toByteArray();
        out.reset();
        return octets;
    }

    Next next() {
        return next;
    }

    /// Whether nothing is lost when the connection ends here.
    boolean atRest() {
        return sender == null;
    }

    boolean inMessage() {
        return data != null;
    }

    /// How often the time limit for the client has begun anew.
    long steps() {
        return steps;
    }

    /// The connection is encrypted from here on; all that was said before is forgotten (RFC 3207 §4.2).
    void encrypted() {
        next = Next.READ;
        encrypted = true;
        helo = "";
        forget();
    }

    /// The connection has ended, by whom ever.
    void close() {
        forget();
    }

    private boolean isLmtp() {
        return options.protocol() == Protocol.LMTP;
    }

    // ---- lines

    private int line(byte[] buffer, int from, int to) {
        int end = from;
        while (end < to && buffer[end] != '\n') {
            end++;
        }
        boolean tooLong = end - from >= limits.maxCommandLine();
        if (end == to) {
            if (!tooLong && !skippingLine) {
                return from;
            }
            skippingLine = true;
            // A CR may be the first half of the end we look for.
            return to > from && buffer[to - 1] == '\r' ? to - 1 : to;
        }
        steps++;
        commands++;
        sendFirst = false;
        if (errors >= limits.maxErrors() || commands > limits.maxCommands()) {
            refuseAll(SmtpReply.of(421, "4.7.0", "Too much without a mail, closing"));
        } else if (!isWholeLine(buffer, from, end)) {
            refuseAll(SmtpReply.of(521, "5.5.2", "A line ends with CR LF, closing"));
        } else if (tooLong || skippingLine) {
            say(SmtpReply.of(500, "5.5.2", "Line too long"));
        } else {
            command(buffer, from, end - 1, end + 1 < to);
        }
        skippingLine = false;
        return end + 1;
    }

    /// Whether the LF at `end` stands behind the only CR of the line (RFC 5321 §2.3.8).
    private static boolean isWholeLine(byte[] buffer, int from, int end) {
        int cr = from;
        while (cr < end && buffer[cr] != '\r') {
            cr++;
        }
        return cr == end - 1;
    }

    /// @param followed whether the client has sent more behind it already
    private void command(byte[] buffer, int from, int to, boolean followed) {
        Optional<String> text = text(buffer, from, to);
        if (text.isEmpty()) {
            say(NO_COMMAND);
            return;
        }
        String line = text.get().stripTrailing();
        int space = line.indexOf(' ');
        String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        String rest = space < 0 ? "" : line.substring(space + 1).strip();
        switch (verb) {
            case "EHLO", "HELO" -> greet(rest, verb.equals("EHLO"), !isLmtp());
            case "LHLO" -> greet(rest, true, isLmtp());
            case "MAIL" -> mail(rest);
            case "RCPT" -> recipient(rest);
            case "DATA" -> data(rest, followed);
            case "RSET" -> reset(rest);
            case "NOOP" -> last(SmtpReply.OK);
            case "HELP" ->
                    last(
                            SmtpReply.of(
                                    214, "2.0.0", "RFC 5321, in the order it tells; nothing else"));
            case "VRFY" -> last(rest.isEmpty() ? WRONG_ARGUMENT : verified());
            case "QUIT" -> quit(rest);
            case "STARTTLS" -> startTls(rest, followed);
            case "AUTH", "BDAT", "EXPN", "ETRN", "TURN", "SEND", "SOML", "SAML" ->
                    last(NOT_OFFERED);
            default -> last(UNKNOWN);
        }
    }

    /// UTF-8 without control characters.
    private static Optional<String> text(byte[] buffer, int from, int to) {
        if (from == to) {
            return Optional.empty();
        }
        for (int i = from; i < to; i++) {
            if ((buffer[i] >= 0 && buffer[i] < ' ') || buffer[i] == 0x7f) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(buffer, from, to - from))
                            .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    // ---- commands, in the order of the protocol

    /// RFC 2033 §4.1: LMTP knows LHLO alone, SMTP does not know it.
    private void greet(String name, boolean extended, boolean known) {
        if (!known) {
            last(UNKNOWN);
            return;
        }
        if (name.isEmpty() || name.indexOf(' ') >= 0 || !isAscii(name)) {
            last(WRONG_ARGUMENT);
            return;
        }
        forget();
        helo = name;
        this.extended = extended;
        if (!extended) {
            write("250 " + options.hostName() + "\r\n");
        } else {
            write("250-" + options.hostName() + "\r\n");
            write("250-PIPELINING\r\n");
            write("250-SIZE " + limits.maxMessage() + "\r\n");
            write("250-8BITMIME\r\n");
            write("250-SMTPUTF8\r\n");
            if (options.tls().isPresent() && !encrypted) {
                write("250-STARTTLS\r\n");
            }
            write("250 ENHANCEDSTATUSCODES\r\n");
        }
        sendFirst = true;
    }

    private void mail(String rest) {
        if (helo.isEmpty() || sender != null) {
            say(OUT_OF_ORDER);
            return;
        }
        switch (arguments(rest, "FROM:")) {
            case Reading.WrongPath _ ->
                    say(SmtpReply.of(501, "5.1.7", "This is no address of a sender"));
            case Reading.WrongParameters _ -> say(WRONG_ARGUMENT);
            case Reading.Read(var arguments) -> mail(arguments);
        }
    }

    private void mail(MailArguments arguments) {
        boolean utf8 = arguments.parameters().containsKey("SMTPUTF8");
        Optional<SmtpReply> wrong = wrongParameter(arguments.parameters());
        if (wrong.isPresent()) {
            say(wrong.get());
        } else if (!arguments.address().isNull() && arguments.address().domain().isEmpty()) {
            say(SmtpReply.of(501, "5.1.7", "This sender has no domain"));
        } else if (!utf8 && !isAscii(arguments.address().text())) {
            say(NOT_ASCII);
        } else {
            OptionalLong size = size(arguments.parameters());
            if (size.isPresent() && size.getAsLong() > limits.maxMessage()) {
                say(MessageData.tooLarge(limits));
                return;
            }
            sender = arguments.address();
            announcedSize = size;
            eightBit = "8BITMIME".equalsIgnoreCase(arguments.parameters().get("BODY"));
            internationalized = utf8;
            say(SmtpReply.of(250, "2.1.0", "Sender OK"));
        }
    }

    /// What RFC 1870 §3, RFC 6152 §2 and RFC 6531 §3.4 allow, once EHLO has offered it.
    private Optional<SmtpReply> wrongParameter(Map<String, String> parameters) {
        for (var parameter : parameters.entrySet()) {
            String value = parameter.getValue();
            boolean known =
                    extended && List.of("SIZE", "BODY", "SMTPUTF8").contains(parameter.getKey());
            if (!known) {
                return Optional.of(WRONG_PARAMETER);
            }
            boolean understood =
                    switch (parameter.getKey()) {
                        case "SIZE" -> isNumber(value);
                        case "BODY" ->
                                value.equalsIgnoreCase("7BIT")
                                        || value.equalsIgnoreCase("8BITMIME");
                        default -> value.isEmpty();
                    };
            if (!understood) {
                return Optional.of(WRONG_ARGUMENT);
            }
        }
        return Optional.empty();
    }

    /// Up to 20 digits (RFC 1870 §4).
    private static boolean isNumber(String value) {
        return !value.isEmpty()
                && value.length() <= 20
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// A number too large for us to read is too large for a mail.
    private static OptionalLong size(Map<String, String> parameters) {
        String digits = parameters.get("SIZE");
        if (digits == null) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits));
    }

    private void recipient(String rest) {
        if (sender == null) {
            say(OUT_OF_ORDER);
            return;
        }
        switch (arguments(rest, "TO:")) {
            case Reading.WrongPath _ -> say(noRecipient());
            case Reading.WrongParameters _ -> say(WRONG_ARGUMENT);
            case Reading.Read(var arguments) -> recipient(sender, arguments);
        }
    }

    private static SmtpReply noRecipient() {
        return SmtpReply.of(501, "5.1.3", "This is no address of a recipient");
    }

    private void recipient(EnvelopeAddress sender, MailArguments arguments) {
        var address = arguments.address();
        // RFC 5321 §4.1.1.3: the one name that needs no domain.
        boolean whole =
                address.domain().isPresent() || address.text().equalsIgnoreCase("postmaster");
        if (!arguments.parameters().isEmpty()) {
            say(WRONG_PARAMETER);
        } else if (!whole) {
            say(noRecipient());
        } else if (!internationalized && !isAscii(address.text())) {
            say(NOT_ASCII);
        } else if (recipients.size() == limits.maxRecipients()) {
            say(SmtpReply.of(452, "4.5.3", "Too many recipients, send another mail"));
        } else {
            SmtpReply reply = askForRecipient(envelope(sender), address);
            if (reply.isPositive()) {
                recipients.add(address);
            }
            say(reply);
        }
    }

    private SmtpReply askForRecipient(Envelope envelope, EnvelopeAddress address) {
        try {
            return handler.recipient(envelope, address);
        } catch (RuntimeException | Error e) {
            LOG.error("smtp: the handler failed for a recipient", e);
            return SmtpReply.TRY_AGAIN;
        }
    }

    private static Reading arguments(String rest, String keyword) {
        return rest.regionMatches(true, 0, keyword, 0, keyword.length())
                ? MailArguments.read(rest.substring(keyword.length()))
                : new Reading.WrongPath();
    }

    private void data(String rest, boolean followed) {
        if (followed) {
            // Whoever does not wait for 354 hides a mail behind a command that may fail (RFC 2920
            // §3.1).
            refuseAll(SmtpReply.of(554, "5.5.0", "DATA comes last, then waits; closing"));
        } else if (!rest.isEmpty()) {
            last(WRONG_ARGUMENT);
        } else if (sender == null || recipients.isEmpty()) {
            last(OUT_OF_ORDER); // RFC 2033 §4.2 demands 503, RFC 5321 §4.1.1.4 allows it
        } else {
            data = new MessageData(limits, budget);
            write("354 Send the mail, end it with CR LF . CR LF\r\n");
            sendFirst = true;
        }
    }

    private void reset(String rest) {
        if (rest.isEmpty()) {
            forget();
            say(SmtpReply.OK);
        } else {
            say(WRONG_ARGUMENT);
        }
    }

    private static SmtpReply verified() {
        return SmtpReply.of(252, "2.0.0", "Try to send it"); // RFC 5321 §3.5.3
    }

    private void quit(String rest) {
        if (rest.isEmpty()) {
            last(SmtpReply.of(221, "2.0.0", "Goodbye"));
            next = Next.CLOSE;
        } else {
            last(WRONG_ARGUMENT);
        }
    }

    private void startTls(String rest, boolean followed) {
        if (options.tls().isEmpty()) {
            last(NOT_OFFERED);
        } else if (encrypted || helo.isEmpty()) {
            last(OUT_OF_ORDER);
        } else if (!rest.isEmpty()) {
            last(WRONG_ARGUMENT); // RFC 3207 §4
        } else if (followed) {
            // Written by somebody in between, to be taken for encrypted (RFC 3207 §6).
            refuseAll(SmtpReply.of(554, "5.5.0", "STARTTLS comes last, then waits; closing"));
        } else {
            last(SmtpReply.of(220, "2.0.0", "Begin TLS"));
            next = Next.START_TLS;
        }
    }

    // ---- the mail

    private int text(MessageData data, byte[] buffer, int from, int to) {
        int at = data.consume(buffer, from, to);
        if (data.ended()) {
            steps++;
            endOfMail(data);
        } else if (data.endless()) {
            refuseAll(MessageData.tooLarge(limits));
        }
        return at;
    }

    private void endOfMail(MessageData data) {
        var from = sender == null ? EnvelopeAddress.NULL : sender;
        List<SmtpReply> replies =
                data.refusal().map(this::toAll).orElseGet(() -> take(envelope(from), data));
        if (replies.stream().anyMatch(SmtpReply::isPositive)) {
            commands = 0;
        }
        forget();
        sendFirst = true;
        for (SmtpReply reply : replies) {
            send(reply);
        }
    }

    private List<SmtpReply> take(Envelope envelope, MessageData data) {
        try {
            List<SmtpReply> replies = handler.message(envelope, data.octets());
            if (replies.size() == repliesWanted()) {
                return replies;
            }
            LOG.error(
                    "smtp: the handler gave {} replies for {}, {} were wanted",
                    replies.size(),
                    envelope,
                    repliesWanted());
        } catch (RuntimeException | Error e) {
            LOG.error("smtp: the handler failed for {}", envelope, e);
        }
        return toAll(SmtpReply.TRY_AGAIN);
    }

    private int repliesWanted() {
        return isLmtp() ? recipients.size() : 1;
    }

    private List<SmtpReply> toAll(SmtpReply reply) {
        return Collections.nCopies(repliesWanted(), reply);
    }

    private Envelope envelope(EnvelopeAddress sender) {
        return new Envelope(
                options.protocol(),
                client,
                helo,
                encrypted,
                sender,
                recipients,
                announcedSize,
                eightBit,
                internationalized);
    }

    private void forget() {
        if (data != null) {
            data.release();
            data = null;
        }
        sender = null;
        recipients.clear();
        announcedSize = OptionalLong.empty();
        eightBit = false;
        internationalized = false;
    }

    // ---- replies

    /// The reply to a command that is the last of its group (RFC 2920 §3.1): it goes out at once.
    private void last(SmtpReply reply) {
        say(reply);
        sendFirst = true;
    }

    private void say(SmtpReply reply) {
        if (reply.code() >= 500) {
            errors++;
        }
        send(reply);
    }

    /// The last word on this connection.
    private void refuseAll(SmtpReply reply) {
        LOG.info("smtp: connection ended with: {}", reply.lines().getFirst());
        send(reply);
        forget();
        next = Next.CLOSE;
    }

    private void send(SmtpReply reply) {
        write(reply.toString());
        if (reply.code() == 421) {
            next = Next.CLOSE;
        }
    }

    private void write(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
