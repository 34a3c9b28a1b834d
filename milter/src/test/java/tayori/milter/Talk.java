package tayori.milter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tayori.listen.SmtpText;
import tayori.milter.wire.Answer;
import tayori.milter.wire.Command;
import tayori.milter.wire.Negotiation;
import tayori.milter.wire.Octets;
import tayori.milter.wire.PacketWriter;

/// Milter packets as lines that a mail person can read.
///
/// `> MAIL <a@example.com> SIZE=10` is what the MTA sends, `< CONTINUE` what it hears; `= mail …` is what the filter was told.
/// In texts `\n` stands for LF and `\r` for CR.
final class Talk {

    private Talk() {}

    /// One line of the MTA as octets.
    static byte[] packet(String line) {
        String text = line.replace("\\n", "\n").replace("\\r", "\r");
        int space = text.indexOf(' ');
        String verb = space < 0 ? text : text.substring(0, space);
        String rest = space < 0 ? "" : text.substring(space + 1);
        PacketWriter out = new PacketWriter(64);
        switch (verb) {
            case "NEGOTIATE" -> negotiate(out, rest.split(" "));
            case "MACRO" -> macro(out, rest);
            case "CONNECT" -> connect(out, rest.split(" "));
            case "HELO" -> out.begin(Command.HELO).text(rest).end();
            case "MAIL" -> words(out.begin(Command.MAIL), rest);
            case "RCPT" -> words(out.begin(Command.RECIPIENT), rest);
            case "DATA" -> out.packet(Command.DATA);
            case "HEADER" -> {
                int colon = rest.indexOf(':');
                out.begin(Command.HEADER)
                        .text(rest.substring(0, colon))
                        .text(rest.substring(colon + 1))
                        .end();
            }
            case "EOH" -> out.packet(Command.END_OF_HEADERS);
            case "BODY" -> raw(out.begin(Command.BODY), rest);
            case "EOM" -> raw(out.begin(Command.END_OF_BODY), rest);
            case "UNKNOWN" -> out.begin(Command.UNKNOWN).text(rest).end();
            case "ABORT" -> out.packet(Command.ABORT);
            case "QUIT" -> out.packet(Command.QUIT);
            case "QUIT_NC" -> out.packet(Command.QUIT_NEW_CONNECTION);
            case "RAW" -> octets(out, rest);
            default -> throw new IllegalArgumentException(line);
        }
        return Arrays.copyOf(out.octets(), out.size());
    }

    private static void negotiate(PacketWriter out, String[] words) {
        out.begin(Command.NEGOTIATE);
        for (String word : words) {
            out.int32(Integer.decode(word));
        }
        out.end();
    }

    private static void macro(PacketWriter out, String rest) {
        String[] words = rest.split(" ");
        out.begin(Command.MACRO).octet(words[0].charAt(0));
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            out.text(words[i].substring(0, equals)).text(words[i].substring(equals + 1));
        }
        out.end();
    }

    private static void connect(PacketWriter out, String[] words) {
        out.begin(Command.CONNECT).text(words[0]).octet(words[1].charAt(0));
        if (words.length > 2) {
            out.int16(Integer.parseInt(words[2])).text(words.length > 3 ? words[3] : "");
        }
        out.end();
    }

    private static void words(PacketWriter out, String rest) {
        for (String word : rest.split(" ")) {
            out.text(word);
        }
        out.end();
    }

    private static void raw(PacketWriter out, String rest) {
        byte[] octets = rest.getBytes(StandardCharsets.UTF_8);
        out.raw(octets, 0, octets.length).end();
    }

    private static void octets(PacketWriter out, String rest) {
        for (String word : rest.split(" ")) {
            out.octet(word.length() == 1 ? word.charAt(0) : Integer.parseInt(word, 16));
        }
    }

    /// What the filter side has sent, packet by packet.
    static List<String> answers(PacketWriter out) {
        List<String> lines = new ArrayList<>();
        byte[] octets = out.octets();
        int at = 0;
        while (at < out.size()) {
            int length = Octets.int32(octets, at);
            lines.add(answer(octets[at + 4], Arrays.copyOfRange(octets, at + 5, at + 4 + length)));
            at += 4 + length;
        }
        return lines;
    }

    private static String answer(byte letter, byte[] data) {
        return switch (letter) {
            case Answer.NEGOTIATE -> negotiated(data);
            case Answer.CONTINUE -> "CONTINUE";
            case Answer.ACCEPT -> "ACCEPT";
            case Answer.REJECT -> "REJECT";
            case Answer.TEMPFAIL -> "TEMPFAIL";
            case Answer.DISCARD -> "DISCARD";
            case Answer.SKIP -> "SKIP";
            case Answer.PROGRESS -> "PROGRESS";
            case Answer.REPLY_CODE -> "REPLY " + texts(data, 0, " ");
            case Answer.ADD_HEADER -> "ADD " + texts(data, 0, ":");
            case Answer.INSERT_HEADER ->
                    "INSERT " + Octets.int32(data, 0) + " " + texts(data, 4, ":");
            case Answer.CHANGE_HEADER ->
                    "CHANGE " + Octets.int32(data, 0) + " " + texts(data, 4, ":");
            case Answer.ADD_RECIPIENT -> "RCPT+ " + texts(data, 0, " ");
            case Answer.ADD_RECIPIENT_WITH_ARGUMENTS -> "RCPT+ARGS " + texts(data, 0, " ");
            case Answer.DELETE_RECIPIENT -> "RCPT- " + texts(data, 0, " ");
            case Answer.CHANGE_FROM -> "FROM " + texts(data, 0, " ");
            case Answer.QUARANTINE -> "QUARANTINE " + texts(data, 0, " ");
            case Answer.REPLACE_BODY ->
                    "BODY " + (data.length > 100 ? data.length + " octets" : escaped(data));
            default -> "? " + (char) letter;
        };
    }

    private static String negotiated(byte[] data) {
        StringBuilder text = new StringBuilder();
        Negotiation agreed = Negotiation.read(data, 0);
        text.append(
                String.format(
                        "NEGOTIATE %d 0x%x 0x%x",
                        agreed.version(), agreed.actions(), agreed.steps()));
        int at = Negotiation.OCTETS;
        while (at < data.length) {
            int end = Octets.endOfText(data, at + 4, data.length);
            text.append(" ")
                    .append(Octets.int32(data, at))
                    .append(":")
                    .append(SmtpText.of(data, at + 4, end));
            at = end + 1;
        }
        return text.toString();
    }

    /// Texts, each ended by 0.
    private static String texts(byte[] data, int from, String between) {
        List<String> texts = new ArrayList<>();
        int at = from;
        while (at < data.length) {
            int end = Octets.endOfText(data, at, data.length);
            texts.add(SmtpText.of(data, at, end));
            at = end + 1;
        }
        return escaped(String.join(between, texts));
    }

    static String escaped(byte[] octets) {
        return escaped(SmtpText.of(octets, 0, octets.length));
    }

    static String escaped(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n");
    }
}
