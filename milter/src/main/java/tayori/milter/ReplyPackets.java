package tayori.milter;

import java.nio.charset.StandardCharsets;
import tayori.milter.wire.Answer;
import tayori.milter.wire.PacketWriter;

/// Replies as packets.
final class ReplyPackets {

    private ReplyPackets() {}

    static void write(PacketWriter out, Reply reply) {
        switch (reply) {
            case Reply.Continue _ -> out.packet(Answer.CONTINUE);
            case Reply.Accept _ -> out.packet(Answer.ACCEPT);
            case Reply.Reject _ -> out.packet(Answer.REJECT);
            case Reply.TempFail _ -> out.packet(Answer.TEMPFAIL);
            case Reply.Discard _ -> out.packet(Answer.DISCARD);
            case Reply.Skip _ -> out.packet(Answer.SKIP);
            case Reply.Custom custom -> out.begin(Answer.REPLY_CODE).text(smtpText(custom)).end();
        }
    }

    /// The lines as SMTP writes them. `%` is doubled: both MTAs read the text as a format.
    static byte[] smtpText(Reply.Custom reply) {
        StringBuilder text = new StringBuilder();
        int last = reply.lines().size() - 1;
        for (int i = 0; i <= last; i++) {
            text.append(reply.code())
                    .append(i == last ? ' ' : '-')
                    .append(reply.enhancedCode())
                    .append(' ')
                    .append(reply.lines().get(i).replace("%", "%%"));
            if (i < last) {
                text.append("\r\n");
            }
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
