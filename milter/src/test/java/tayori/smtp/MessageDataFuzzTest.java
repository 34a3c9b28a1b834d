package tayori.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/// Whatever octets come behind DATA: the same mail in one piece and octet by octet, its end where CR LF `.` CR LF first stands, and
/// nothing kept that has a lone CR or LF.
class MessageDataFuzzTest {

    private static final MailLimits LIMITS = new MailLimits(2_000, 4_000, 100, 600, 1_000, 20, 200);

    @FuzzTest
    void text(byte[] octets) {
        var budget = new OctetBudget(LIMITS.maxHeld());
        var whole = new MessageData(LIMITS, budget);
        int end = whole.consume(octets, 0, octets.length);

        String text = "\r\n" + new String(octets, StandardCharsets.ISO_8859_1);
        int mark = text.indexOf("\r\n.\r\n");
        assertThat(whole.ended()).isEqualTo(mark >= 0);
        assertThat(end).isEqualTo(mark >= 0 ? mark + 3 : octets.length);

        var pieces = new MessageData(LIMITS, new OctetBudget(LIMITS.maxHeld()));
        for (int i = 0; i < end; i++) {
            assertThat(pieces.consume(octets, i, i + 1)).isEqualTo(i + 1);
        }
        assertThat(pieces.ended()).isEqualTo(whole.ended());
        assertThat(pieces.octets()).isEqualTo(whole.octets());
        assertThat(pieces.refusal()).isEqualTo(whole.refusal());
        if (whole.ended() && whole.refusal().isEmpty()) {
            String mail = new String(whole.octets(), StandardCharsets.ISO_8859_1);
            assertThat(mail.replace("\r\n", "")).doesNotContain("\r", "\n");
        }
        whole.release();
        assertThat(budget.left()).isEqualTo(LIMITS.maxHeld());
    }
}
