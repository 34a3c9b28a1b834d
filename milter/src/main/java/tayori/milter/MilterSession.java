package tayori.milter;

import static tayori.milter.wire.Octets.endOfText;
import static tayori.milter.wire.Octets.int32;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.listen.SmtpText;
import tayori.milter.wire.Answer;
import tayori.milter.wire.Command;
import tayori.milter.wire.Negotiation;
import tayori.milter.wire.PacketWriter;

/// One milter connection as a function of octets: packets in, calls of the filter and answers out. No socket, no clock.
///
/// Packets are read in place. All but body packets must have arrived whole; the body is handed on as it comes, so that no buffer
/// ever needs to hold a body piece.
///
/// A mail goes through the [Stage]s below in their order, never back. An MTA that breaks the order, sends a malformed packet or one
/// too large loses its connection; it cannot be understood any more.
final class MilterSession {

    private static final Logger LOG = LoggerFactory.getLogger(MilterSession.class);

    private static final int PACKET_HEAD = 5;

    private static final String QUIT = "quit";

    private static final MacroStage[] MACRO_STAGES = MacroStage.values();

    /// How far the mail in progress has come.
    private enum Stage {
        NO_MAIL,
        MAIL,
        RECIPIENTS,
        DATA,
        HEADERS,
        END_OF_HEADERS,
        BODY
    }

    private final MilterOptions options;
    private final MilterFilters filters;
    private final FilterNeeds needs;
    private final PacketWriter out;

    private final Macros macros = new Macros();
    private @Nullable Negotiation agreed;
    private @Nullable MilterFilter filter;
    private boolean connected;

    /// The answer that settles every mail of this session, given at CONNECT or HELO.
    private @Nullable Reply sessionVerdict;

    /// The answer that settles the mail in progress.
    private @Nullable Reply mailVerdict;

    /// Whether the MTA has heard the verdict on this mail, so that nobody misses it if it never ends.
    private boolean settled;

    private Stage stage = Stage.NO_MAIL;
    private boolean skipBody;

    /// Octets of the body packet in progress that are still to come, and its letter.
    private int pieceLeft;

    private byte pieceLetter;
    private boolean endOfMessageDue;
    private volatile boolean atEndOfMessage;

    private long octetsBefore;
    private long packets;
    private @Nullable String ending;

    MilterSession(
            MilterOptions options, MilterFilters filters, FilterNeeds needs, PacketWriter out) {
        this.options = options;
        this.filters = filters;
        this.needs = needs;
        this.out = out;
    }

    /// Works off what has arrived in `buffer[from, to)`.
    ///
    /// Returns early, with something to send, before the filter's work at the end of a message: send it and call again.
    ///
    /// @return where the first octet stands that is still needed
    int consume(byte[] buffer, int from, int to) {
        int at = from;
        boolean more = true;
        while (more && ending == null) {
            if (endOfMessageDue) {
                more = out.size() == 0;
                if (more) {
                    endOfMessage();
                }
            } else if (pieceLeft > 0) {
                int length = Math.min(pieceLeft, to - at);
                more = length > 0;
                if (more) {
                    at = bodyOctets(buffer, at, length);
                }
            } else {
                int next = packet(buffer, at, to);
                more = next > at;
                at = next;
            }
        }
        octetsBefore += at - from;
        return at;
    }

    /// Why this connection must end, if it must: `quit`, or what the MTA did wrong and where.
    @Nullable String ending() {
        return ending;
    }

    boolean endedByQuit() {
        return QUIT.equals(ending);
    }

    /// Whether [#consume] waits only for what it has gathered to be sent.
    boolean wantsToSendFirst() {
        return endOfMessageDue;
    }

    /// Whether no mail is in progress, nor any packet.
    boolean atRest() {
        return stage == Stage.NO_MAIL && pieceLeft == 0;
    }

    boolean negotiated() {
        return agreed != null;
    }

    boolean atEndOfMessage() {
        return atEndOfMessage;
    }

    boolean inPacket() {
        return pieceLeft > 0;
    }

    long packets() {
        return packets;
    }

    /// The connection is gone or given up.
    void close() {
        giveUpMail();
        closeFilter();
    }

    /// @return where the next packet begins, or `at` if this one has not arrived whole
    private int packet(byte[] buffer, int at, int to) {
        if (to - at < PACKET_HEAD) {
            return at;
        }
        int length = int32(buffer, at);
        byte letter = buffer[at + 4];
        if (length < 1 || length > options.maxPacket()) {
            return refuse(
                    letter,
                    at,
                    "length "
                            + Integer.toUnsignedString(length)
                            + " is not 1 to "
                            + options.maxPacket());
        }
        if (agreed == null && letter != Command.NEGOTIATE) {
            return refuse(letter, at, "comes before the negotiation");
        }
        if (letter == Command.BODY || letter == Command.END_OF_BODY) {
            packets++;
            beginPiece(letter, length - 1, at);
            return at + PACKET_HEAD;
        }
        int end = at + 4 + length;
        if (to < end) {
            return at;
        }
        packets++;
        String wrong = command(letter, buffer, at + PACKET_HEAD, end);
        return wrong == null ? end : refuse(letter, at, wrong);
    }

    private int refuse(byte letter, int at, String wrong) {
        String name =
                letter > ' ' && letter < 0x7f
                        ? "'" + (char) letter + "'"
                        : "0x" + Integer.toHexString(letter & 0xff);
        ending =
                "packet "
                        + name
                        + ", number "
                        + (packets + 1)
                        + ", at octet "
                        + (octetsBefore + at)
                        + " of the connection: "
                        + wrong;
        return at;
    }

    /// @return what is wrong with the packet, if anything is
    private @Nullable String command(byte letter, byte[] buffer, int from, int to) {
        return switch (letter) {
            case Command.NEGOTIATE -> negotiate(buffer, from, to);
            case Command.MACRO -> macro(buffer, from, to);
            case Command.CONNECT -> connect(buffer, from, to);
            case Command.HELO -> helo(buffer, from, to);
            case Command.MAIL -> mail(buffer, from, to);
            case Command.RECIPIENT -> recipient(buffer, from, to);
            case Command.DATA -> data();
            case Command.HEADER -> header(buffer, from, to);
            case Command.END_OF_HEADERS -> endOfHeaders();
            case Command.UNKNOWN -> unknown(buffer, from, to);
            case Command.ABORT -> abort();
            case Command.QUIT -> quit();
            case Command.QUIT_NEW_CONNECTION -> quitForNewConnection();
            default -> "unknown command";
        };
    }

    private @Nullable String negotiate(byte[] buffer, int from, int to) {
        if (agreed != null) {
            return "second negotiation";
        }
        if (to - from < Negotiation.OCTETS) {
            return "negotiation of " + (to - from) + " octets, at least 12 expected";
        }
        Negotiation offer = Negotiation.read(buffer, from);
        if (offer.version() < Negotiation.OLDEST_VERSION) {
            return "protocol version " + offer.version() + ", at least 2 expected";
        }
        Negotiation answer = needs.agree(offer);
        agreed = answer;
        out.begin(Answer.NEGOTIATE)
                .int32(answer.version())
                .int32(answer.actions())
                .int32(answer.steps());
        if (answer.allows(Negotiation.SET_MACRO_LISTS)) {
            needs.macroLists()
                    .forEach((macroStage, names) ->
                            out.int32(macroStage.number()).text(String.join(" ", names)));
        }
        out.end();
        return null;
    }

    private @Nullable String macro(byte[] buffer, int from, int to) {
        if (from == to) {
            return "macros for no command";
        }
        for (MacroStage macroStage : MACRO_STAGES) {
            if (macroStage.command() == buffer[from]) {
                return macros.put(macroStage, buffer, from + 1, to, options.maxMacros())
                        ? null
                        : "more than " + options.maxMacros() + " octets of macros";
            }
        }
        return null; // macros for a command that no filter is told the macros of
    }

    private @Nullable String connect(byte[] buffer, int from, int to) {
        if (connected) {
            return "second CONNECT";
        }
        int nameEnd = endOfText(buffer, from, to);
        if (nameEnd + 1 >= to) {
            return "CONNECT without address family";
        }
        byte family = buffer[nameEnd + 1];
        int rest = nameEnd + 2;
        ConnectInfo.Peer peer;
        if (family == 'U') {
            peer = new ConnectInfo.Peer.Unknown("");
        } else if (to - rest < 3) {
            return "CONNECT without port or address";
        } else {
            int port = (buffer[rest] & 0xff) << 8 | (buffer[rest + 1] & 0xff);
            String address = SmtpText.of(buffer, rest + 2, endOfText(buffer, rest + 2, to));
            peer =
                    switch (family) {
                        case '4', '6' -> ConnectInfo.ip(address, port);
                        case 'L' -> new ConnectInfo.Peer.UnixSocket(address);
                        default -> new ConnectInfo.Peer.Unknown(address);
                    };
        }
        connected = true;
        macros.clearAfter(MacroStage.CONNECT);
        ConnectInfo client = new ConnectInfo(SmtpText.of(buffer, from, nameEnd), peer);
        answerSession(Step.CONNECT, tell(Step.CONNECT, () -> filter().connect(client)));
        return null;
    }

    private @Nullable String helo(byte[] buffer, int from, int to) {
        if (missesConnect()) {
            return "HELO before CONNECT";
        }
        giveUpMail();
        macros.clearAfter(MacroStage.HELO);
        String name = SmtpText.of(buffer, from, endOfText(buffer, from, to));
        answerSession(Step.HELO, tell(Step.HELO, () -> filter().helo(name)));
        return null;
    }

    private @Nullable String mail(byte[] buffer, int from, int to) {
        if (missesConnect()) {
            return "MAIL before CONNECT";
        }
        giveUpMail();
        macros.clearAfter(MacroStage.MAIL);
        stage = Stage.MAIL;
        List<String> arguments = arguments(buffer, from, to);
        if (arguments.isEmpty()) {
            return "MAIL without address";
        }
        EnvelopeAddress sender = EnvelopeAddress.parse(arguments.removeFirst());
        answer(Step.MAIL, tell(Step.MAIL, () -> filter().mail(sender, arguments)));
        return null;
    }

    private @Nullable String recipient(byte[] buffer, int from, int to) {
        String wrong = enter(Stage.RECIPIENTS);
        if (wrong != null) {
            return wrong;
        }
        macros.clearAfter(MacroStage.RECIPIENT);
        List<String> arguments = arguments(buffer, from, to);
        if (arguments.isEmpty()) {
            return "RCPT without address";
        }
        EnvelopeAddress recipient = EnvelopeAddress.parse(arguments.removeFirst());
        answerRecipient(tell(Step.RECIPIENT, () -> filter().recipient(recipient, arguments)));
        return null;
    }

    private @Nullable String data() {
        String wrong = enter(Stage.DATA);
        if (wrong == null) {
            answer(Step.DATA, tell(Step.DATA, () -> filter().data()));
        }
        return wrong;
    }

    private @Nullable String header(byte[] buffer, int from, int to) {
        String wrong = enter(Stage.HEADERS);
        if (wrong != null) {
            return wrong;
        }
        int nameEnd = endOfText(buffer, from, to);
        if (nameEnd == from || nameEnd == to || buffer[to - 1] != 0 || nameEnd == to - 1) {
            return "a header field is a name, 0, a value, 0";
        }
        if (wanted(Step.HEADER)) {
            byte[] name = Arrays.copyOfRange(buffer, from, nameEnd);
            byte[] value = headerValue(buffer, nameEnd + 1, to - 1);
            answer(Step.HEADER, tell(Step.HEADER, () -> filter().header(name, value)));
        } else {
            answer(Step.HEADER, Reply.CONTINUE);
        }
        return null;
    }

    /// The octets after the colon. An MTA that does not keep the white space there has taken one space away, if there was one;
    /// nearly always there was.
    private byte[] headerValue(byte[] buffer, int from, int to) {
        if (agreed != null && agreed.has(Negotiation.LEADING_SPACE)) {
            return Arrays.copyOfRange(buffer, from, to);
        }
        byte[] value = new byte[to - from + 1];
        value[0] = ' ';
        System.arraycopy(buffer, from, value, 1, to - from);
        return value;
    }

    private @Nullable String endOfHeaders() {
        String wrong = enter(Stage.END_OF_HEADERS);
        if (wrong == null) {
            answer(Step.END_OF_HEADERS, tell(Step.END_OF_HEADERS, () -> filter().endOfHeaders()));
        }
        return wrong;
    }

    private void beginPiece(byte letter, int length, int at) {
        String wrong = enter(Stage.BODY);
        if (wrong != null) {
            refuse(letter, at, wrong);
            return;
        }
        pieceLetter = letter;
        pieceLeft = length;
        if (length == 0) {
            endPiece();
        }
    }

    private int bodyOctets(byte[] buffer, int at, int length) {
        if (!skipBody && held() == null && wanted(Step.BODY)) {
            Reply reply = tell(Step.BODY, () -> filter().body(buffer, at, length));
            skipBody = reply instanceof Reply.Skip;
            keep(reply);
        }
        pieceLeft -= length;
        if (pieceLeft == 0) {
            endPiece();
        }
        return at + length;
    }

    private void endPiece() {
        if (pieceLetter == Command.END_OF_BODY) {
            endOfMessageDue = true;
        } else if (skipBody && held() == null && agreed != null && agreed.has(Negotiation.SKIP)) {
            if (!agreed.has(Negotiation.NO_REPLY_BODY)) {
                out.packet(Answer.SKIP);
            }
        } else {
            answer(Step.BODY, Reply.CONTINUE);
        }
    }

    private void endOfMessage() {
        endOfMessageDue = false;
        Reply verdict = held();
        if (verdict == null) {
            verdict = askFilter();
        }
        ReplyPackets.write(out, verdict instanceof Reply.Skip ? Reply.CONTINUE : verdict);
        forgetMail();
        macros.clearAfter(MacroStage.HELO);
    }

    private Reply askFilter() {
        Modifications modifications =
                new Modifications(needs.actions(), Objects.requireNonNull(agreed));
        atEndOfMessage = true;
        try {
            Reply reply = filter().endOfMessage(modifications);
            if (reply instanceof Reply.Continue || reply instanceof Reply.Accept) {
                modifications.write(out);
            }
            return reply;
        } catch (RuntimeException | Error e) {
            return failed("END_OF_MESSAGE", e);
        } finally {
            atEndOfMessage = false;
        }
    }

    private @Nullable String unknown(byte[] buffer, int from, int to) {
        String command = SmtpText.of(buffer, from, endOfText(buffer, from, to));
        Reply reply = tell(Step.UNKNOWN, () -> filter().unknown(command));
        if (answered(Step.UNKNOWN)) {
            ReplyPackets.write(out, reply);
        }
        return null;
    }

    private @Nullable String abort() {
        giveUpMail();
        macros.clearAfter(MacroStage.HELO);
        return null;
    }

    private @Nullable String quit() {
        ending = QUIT;
        return null;
    }

    private @Nullable String quitForNewConnection() {
        giveUpMail();
        closeFilter();
        macros.clear();
        connected = false;
        sessionVerdict = null;
        return null;
    }

    /// The MTA is to have said CONNECT first, unless we asked it not to.
    private boolean missesConnect() {
        return !connected && agreed != null && !agreed.has(Negotiation.NO_CONNECT);
    }

    private @Nullable String enter(Stage next) {
        if (stage == Stage.NO_MAIL) {
            if (agreed != null && !agreed.has(Negotiation.NO_MAIL)) {
                return next + " before MAIL";
            }
            if (missesConnect()) {
                return next + " before CONNECT";
            }
        } else if (next.compareTo(stage) < 0) {
            return next + " after " + stage;
        }
        stage = next;
        return null;
    }

    /// A call of the filter.
    @FunctionalInterface
    private interface Call {
        Reply make();
    }

    /// Tells the filter, if it wants to hear of it and nothing is decided yet.
    private Reply tell(Step step, Call call) {
        if (!wanted(step) || (held() != null && step != Step.UNKNOWN)) {
            return Reply.CONTINUE;
        }
        try {
            return call.make();
        } catch (RuntimeException | Error e) {
            return failed(step.name(), e);
        }
    }

    private Reply failed(String step, Throwable e) {
        Reply reply = options.onFailure().reply();
        LOG.error(
                "the filter failed at {}, queue identifier {}: {} for this mail",
                step,
                macros.get("i").orElse("not known yet"),
                options.onFailure(),
                e);
        mailVerdict = reply;
        return reply;
    }

    private MilterFilter filter() {
        if (filter == null) {
            filter = filters.connected(macros);
        }
        return filter;
    }

    private boolean wanted(Step step) {
        return needs.steps().contains(step);
    }

    /// Whether the MTA waits for an answer to this step.
    private boolean answered(Step step) {
        return agreed != null && !agreed.has(step.noReply());
    }

    private @Nullable Reply held() {
        return sessionVerdict != null ? sessionVerdict : mailVerdict;
    }

    private void keep(Reply reply) {
        if (!(reply instanceof Reply.Continue || reply instanceof Reply.Skip)) {
            mailVerdict = reply;
        }
    }

    private void answerSession(Step step, Reply reply) {
        if (!(reply instanceof Reply.Continue || reply instanceof Reply.Skip)) {
            sessionVerdict = reply;
        }
        answer(step, Reply.CONTINUE);
    }

    private void answer(Step step, Reply reply) {
        keep(reply);
        if (!answered(step)) {
            return;
        }
        Reply held = held();
        if (held == null) {
            out.packet(Answer.CONTINUE);
        } else {
            ReplyPackets.write(out, held);
            settled = true;
        }
    }

    /// A refusal at RCPT concerns this recipient alone; whatever else is decided concerns the mail.
    private void answerRecipient(Reply reply) {
        boolean thisOneOnly =
                answered(Step.RECIPIENT)
                        && held() == null
                        && (reply instanceof Reply.Reject
                                || reply instanceof Reply.TempFail
                                || reply instanceof Reply.Custom);
        if (thisOneOnly) {
            ReplyPackets.write(out, reply);
        } else {
            answer(Step.RECIPIENT, reply);
        }
    }

    private void giveUpMail() {
        if (stage != Stage.NO_MAIL && !settled && filter != null) {
            try {
                filter.abort();
            } catch (RuntimeException | Error e) {
                failed("ABORT", e);
            }
        }
        forgetMail();
    }

    /// Leaves the macros alone: those of the next MAIL may have come already.
    private void forgetMail() {
        stage = Stage.NO_MAIL;
        mailVerdict = null;
        settled = false;
        skipBody = false;
    }

    private void closeFilter() {
        if (filter != null) {
            try {
                filter.closed();
            } catch (RuntimeException | Error e) {
                failed("CLOSED", e);
            }
            filter = null;
            mailVerdict = null;
        }
    }

    /// Address and arguments, each ended by 0; the last 0 may be missing.
    private static List<String> arguments(byte[] buffer, int from, int to) {
        List<String> arguments = new ArrayList<>(4);
        int at = from;
        while (at < to) {
            int end = endOfText(buffer, at, to);
            arguments.add(SmtpText.of(buffer, at, end));
            at = end + 1;
        }
        return arguments;
    }
}
