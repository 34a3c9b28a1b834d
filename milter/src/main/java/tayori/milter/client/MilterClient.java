package tayori.milter.client;

import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tayori.listen.ListenAddress;
import tayori.listen.SmtpText;
import tayori.milter.EnvelopeAddress;
import tayori.milter.MacroStage;
import tayori.milter.client.MilterResult.Verdict;
import tayori.milter.wire.Answer;
import tayori.milter.wire.Command;
import tayori.milter.wire.Negotiation;
import tayori.milter.wire.Octets;
import tayori.milter.wire.PacketWriter;

/// A connection from an MTA to a milter; takes any number of mails, one after the other. Used by one thread at a time.
///
/// Speaks as Postfix does: its macros at its stages (or those the filter has asked for), lists of ESMTP arguments, folds as LF, body
/// pieces of 65,535 octets; everything that needs no answer goes out in one write. Mails of another SMTP client on the same
/// connection begin a new session (`QUIT_NC`).
///
/// ```java
/// try (var milter = MilterClient.connect(address, Duration.ofSeconds(30))) {
///     MilterResult result = milter.send(SmtpClient.of("192.0.2.1", "client.example"), MailEnvelope.of("a@example.com", "b@example.net"), message);
/// }
/// ```
public final class MilterClient implements AutoCloseable {

    private static final int BODY_PIECE = 65_535;
    private static final int FLUSH_AT = 262_144;

    /// The macros that Postfix gives at each stage by default.
    private static final Map<MacroStage, List<String>> POSTFIX_MACROS =
            Map.of(
                    MacroStage.CONNECT, List.of("j", "{daemon_name}", "{daemon_addr}", "v", "_"),
                    MacroStage.HELO, List.of("{tls_version}", "{cipher}", "{cipher_bits}"),
                    MacroStage.MAIL,
                            List.of(
                                    "i",
                                    "{auth_type}",
                                    "{auth_authen}",
                                    "{auth_author}",
                                    "{mail_addr}",
                                    "{mail_host}",
                                    "{mail_mailer}"),
                    MacroStage.RECIPIENT,
                            List.of("i", "{rcpt_addr}", "{rcpt_host}", "{rcpt_mailer}"),
                    MacroStage.DATA, List.of("i"),
                    MacroStage.END_OF_HEADERS, List.of("i"),
                    MacroStage.END_OF_MESSAGE, List.of("i"));

    private final Wire wire;
    private final PacketWriter out;
    private final Negotiation agreed;
    private final Map<MacroStage, List<String>> macroLists;
    private final Map<String, String> macros = new HashMap<>();

    private @Nullable SmtpClient session;
    private @Nullable Final sessionEnd;

    private MilterClient(Wire wire, Negotiation agreed, Map<MacroStage, List<String>> macroLists) {
        this.wire = wire;
        this.out = wire.out();
        this.agreed = agreed;
        this.macroLists = macroLists;
    }

    /// Connects and negotiates, offering all that version 6 has.
    ///
    /// @param patience longest wait for an answer
    public static MilterClient connect(ListenAddress address, Duration patience)
            throws IOException {
        return connect(
                address,
                patience,
                new Negotiation(
                        Negotiation.VERSION, Negotiation.ALL_ACTIONS, Negotiation.ALL_STEPS));
    }

    /// Connects and negotiates.
    ///
    /// @param offer what the MTA offers: to play an old one
    public static MilterClient connect(ListenAddress address, Duration patience, Negotiation offer)
            throws IOException {
        Wire wire = Wire.connect(address, patience);
        try {
            wire.out()
                    .begin(Command.NEGOTIATE)
                    .int32(offer.version())
                    .int32(offer.actions())
                    .int32(offer.steps())
                    .end();
            byte letter = wire.ask();
            byte[] data = wire.data();
            if (letter != Answer.NEGOTIATE || data.length < Negotiation.OCTETS) {
                throw new ProtocolException("no answer to the negotiation");
            }
            return new MilterClient(wire, Negotiation.read(data, 0), wantedMacros(data));
        } catch (IOException e) {
            wire.close();
            throw e;
        }
    }

    private static Map<MacroStage, List<String>> wantedMacros(byte[] data) {
        Map<MacroStage, List<String>> lists = new EnumMap<>(POSTFIX_MACROS);
        int at = Negotiation.OCTETS;
        while (at + 4 < data.length) {
            int number = Octets.int32(data, at);
            int end = Octets.endOfText(data, at + 4, data.length);
            List<String> names = List.of(SmtpText.of(data, at + 4, end).split(" "));
            for (MacroStage stage : MacroStage.values()) {
                if (stage.number() == number) {
                    lists.put(stage, names);
                }
            }
            at = end + 1;
        }
        return lists;
    }

    /// What both sides have agreed on.
    public Negotiation agreed() {
        return agreed;
    }

    /// Shows a mail to the filter.
    ///
    /// @throws IOException when the connection is lost, the filter is silent for too long or says what no filter may; then this
    ///     client is of no more use
    public MilterResult send(SmtpClient client, MailEnvelope envelope, MailMessage message)
            throws IOException {
        boolean keepsSpace = agreed.has(Negotiation.LEADING_SPACE);
        MailInProgress mail = new MailInProgress(envelope, message, keepsSpace);
        if (!client.equals(session)) {
            beginSession(client);
        }
        Final end = sessionEnd != null ? sessionEnd : converse(envelope, message, mail);
        return mail.result(end.verdict(), end.text());
    }

    /// Gives a mail up after its envelope and header, as an MTA does whose client has gone.
    public void abandon(SmtpClient client, MailEnvelope envelope, MailMessage message)
            throws IOException {
        MailInProgress mail = new MailInProgress(envelope, message, true);
        if (!client.equals(session)) {
            beginSession(client);
        }
        if (sessionEnd == null && envelope(envelope, mail) == null) {
            headers(message);
        }
        out.packet(Command.ABORT);
        wire.flush();
    }

    /// Says goodbye.
    @Override
    public void close() throws IOException {
        try {
            out.packet(Command.QUIT);
            wire.flush();
        } finally {
            wire.close();
        }
    }

    /// How a mail or session was decided.
    private record Final(Verdict verdict, String text) {}

    private void beginSession(SmtpClient client) throws IOException {
        if (session != null) {
            out.packet(Command.QUIT_NEW_CONNECTION);
        }
        session = client;
        String address = client.address().getHostAddress();
        macros.clear();
        macros.put("j", "mx.receiver.example");
        macros.put("{daemon_name}", "mx.receiver.example");
        macros.put("{daemon_addr}", "192.0.2.25");
        macros.put("v", "Postfix 3.7.11");
        macros.put("_", client.hostName() + " [" + address + "]");
        macros.put("{client_addr}", address);
        macros.put("{client_name}", client.hostName());
        macros.put("{client_ptr}", client.hostName());
        macros.put("{client_port}", Integer.toString(client.port()));
        macros.put("{client_connections}", "1");
        macros.putAll(client.macros());
        sessionEnd = connect(client, address);
        if (sessionEnd == null) {
            sessionEnd = helo(client);
        }
    }

    private @Nullable Final connect(SmtpClient client, String address) throws IOException {
        if (agreed.has(Negotiation.NO_CONNECT)) {
            return null;
        }
        sendMacros(MacroStage.CONNECT);
        boolean ipv6 = address.indexOf(':') >= 0;
        out.begin(Command.CONNECT)
                .text(client.hostName())
                .octet(ipv6 ? '6' : '4')
                .int16(client.port())
                .text(ipv6 ? "IPv6:" + address : address)
                .end();
        return answer(Negotiation.NO_REPLY_CONNECT);
    }

    private @Nullable Final helo(SmtpClient client) throws IOException {
        if (agreed.has(Negotiation.NO_HELO)) {
            return null;
        }
        sendMacros(MacroStage.HELO);
        out.begin(Command.HELO).text(client.helo()).end();
        return answer(Negotiation.NO_REPLY_HELO);
    }

    private Final converse(MailEnvelope envelope, MailMessage message, MailInProgress mail)
            throws IOException {
        Final end = envelope(envelope, mail);
        if (end == null) {
            end = headers(message);
        }
        if (end == null) {
            end = body(message.body());
        }
        if (end != null) {
            // Settled early: an MTA then ends the mail for the filter, too.
            out.packet(Command.ABORT);
            return end;
        }
        sendMacros(MacroStage.END_OF_MESSAGE);
        out.packet(Command.END_OF_BODY);
        byte letter = wire.ask();
        while (letter == Answer.PROGRESS || mail.apply(letter, wire.data())) {
            letter = wire.next();
        }
        Final decided = decision(letter);
        return decided == null ? new Final(Verdict.ACCEPT, "") : decided;
    }

    private @Nullable Final envelope(MailEnvelope envelope, MailInProgress mail)
            throws IOException {
        macros.put("i", envelope.queueId());
        macros.put("{mail_addr}", envelope.sender().text());
        macros.put("{mail_host}", envelope.sender().domain().orElse(""));
        macros.put("{mail_mailer}", "smtp");
        macros.remove("{auth_authen}");
        macros.putAll(envelope.macros());
        if (!agreed.has(Negotiation.NO_MAIL)) {
            sendMacros(MacroStage.MAIL);
            out.begin(Command.MAIL).text(envelope.sender().toString());
            envelope.senderArguments().forEach(out::text);
            out.end();
            Final end = answer(Negotiation.NO_REPLY_MAIL);
            if (end != null) {
                return end;
            }
        }
        Final end = recipients(envelope, mail);
        if (end != null || agreed.has(Negotiation.NO_DATA)) {
            return end;
        }
        sendMacros(MacroStage.DATA);
        out.packet(Command.DATA);
        return answer(Negotiation.NO_REPLY_DATA);
    }

    /// A refused recipient does not end the mail, unless no other is left.
    private @Nullable Final recipients(MailEnvelope envelope, MailInProgress mail)
            throws IOException {
        @Nullable Final refusal = null;
        for (EnvelopeAddress recipient : envelope.recipients()) {
            @Nullable Final end = null;
            if (!agreed.has(Negotiation.NO_RECIPIENT)) {
                macros.put("{rcpt_addr}", recipient.text());
                macros.put("{rcpt_host}", recipient.domain().orElse(""));
                macros.put("{rcpt_mailer}", "local");
                sendMacros(MacroStage.RECIPIENT);
                out.begin(Command.RECIPIENT).text(recipient.toString()).end();
                end = answer(Negotiation.NO_REPLY_RECIPIENT);
            }
            if (end == null) {
                mail.recipientTaken(recipient);
            } else if (end.verdict() == Verdict.ACCEPT || end.verdict() == Verdict.DISCARD) {
                mail.recipientTaken(recipient);
                return end;
            } else {
                refusal = end;
            }
        }
        return mail.hasRecipients() ? null : refusal;
    }

    private @Nullable Final headers(MailMessage message) throws IOException {
        boolean keepsSpace = agreed.has(Negotiation.LEADING_SPACE);
        if (!agreed.has(Negotiation.NO_HEADERS)) {
            for (MailField field : message.header()) {
                byte[] value = field.valueOctets();
                int start = !keepsSpace && value.length > 0 && value[0] == ' ' ? 1 : 0;
                out.begin(Command.HEADER)
                        .text(field.nameOctets())
                        .raw(value, start, value.length - start)
                        .octet(0)
                        .end();
                Final end = answer(Negotiation.NO_REPLY_HEADER);
                if (end != null) {
                    return end;
                }
            }
        }
        if (agreed.has(Negotiation.NO_END_OF_HEADERS)) {
            return null;
        }
        sendMacros(MacroStage.END_OF_HEADERS);
        out.packet(Command.END_OF_HEADERS);
        return answer(Negotiation.NO_REPLY_END_OF_HEADERS);
    }

    private @Nullable Final body(byte[] body) throws IOException {
        if (agreed.has(Negotiation.NO_BODY)) {
            return null;
        }
        boolean awaited = !agreed.has(Negotiation.NO_REPLY_BODY);
        for (int at = 0; at < body.length; at += BODY_PIECE) {
            out.begin(Command.BODY).raw(body, at, Math.min(BODY_PIECE, body.length - at)).end();
            if (awaited) {
                byte letter = wire.askPastProgress();
                if (letter == Answer.SKIP) {
                    return null;
                }
                Final end = decision(letter);
                if (end != null) {
                    return end;
                }
            } else if (out.size() > FLUSH_AT) {
                wire.flush();
            }
        }
        return null;
    }

    private void sendMacros(MacroStage stage) {
        out.begin(Command.MACRO).octet(stage.command());
        for (String name : macroLists.getOrDefault(stage, List.of())) {
            String value = macros.get(name);
            if (value != null) {
                out.text(name).text(value);
            }
        }
        out.end();
    }

    private @Nullable Final answer(int noReply) throws IOException {
        return agreed.has(noReply) ? null : decision(wire.askPastProgress());
    }

    /// @return nothing if the filter wants to go on
    private @Nullable Final decision(byte letter) throws ProtocolException {
        return switch (letter) {
            case Answer.CONTINUE -> null;
            case Answer.ACCEPT -> new Final(Verdict.ACCEPT, "");
            case Answer.REJECT -> new Final(Verdict.REJECT, "");
            case Answer.TEMPFAIL -> new Final(Verdict.TEMPFAIL, "");
            case Answer.DISCARD -> new Final(Verdict.DISCARD, "");
            case Answer.SHUTDOWN -> new Final(Verdict.REPLY, "421 4.7.0 shutting down");
            case Answer.REPLY_CODE -> new Final(Verdict.REPLY, replyText(wire.data()));
            default ->
                    throw new ProtocolException(
                            "answer '" + (char) letter + "' where none such is allowed");
        };
    }

    /// The filter's words: `%%` means `%`, and a lone `%` nothing, as both MTAs read it.
    private static String replyText(byte[] data) {
        int end = Octets.endOfText(data, 0, data.length);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < end; i++) {
            if (data[i] == '%') {
                i++;
            }
            if (i < end && data[i] != '\r') {
                text.append((char) (data[i] & 0xff));
            }
        }
        return text.toString();
    }
}
