package tayori.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageDataTest {

    private static final MailLimits LIMITS = MailLimits.DEFAULTS;

    private static MessageData read(String text, OctetBudget budget) {
        var data = new MessageData(LIMITS, budget);
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        data.consume(octets, 0, octets.length);
        return data;
    }

    @Test
    void allUnfinishedMailsShareOneBudget() {
        var budget = new OctetBudget(10_000);
        var first = read("x".repeat(6_000) + "\r\n", budget);
        assertThat(budget.left()).isLessThan(4_000);

        var second = read("y".repeat(6_000) + "\r\n.\r\n", budget);
        assertThat(second.ended()).isTrue();
        assertThat(second.refusal())
                .hasValueSatisfying(reply ->
                        assertThat(reply)
                                .hasToString(
                                        "452 4.3.1 Too much mail at once, try again later\r\n"));

        first.release();
        assertThat(budget.left()).isEqualTo(10_000);
        var third = read("y".repeat(6_000) + "\r\n.\r\n", budget);
        assertThat(third.refusal()).isEmpty();
        assertThat(third.octets()).hasSize(6_002);
    }

    @Test
    void whatFollowsTheMailIsLeftAlone() {
        byte[] octets = "a\r\n.\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII);
        var data = new MessageData(LIMITS, new OctetBudget(10_000));
        assertThat(data.consume(octets, 0, octets.length)).isEqualTo(6);
        assertThat(data.octets()).asString().isEqualTo("a\r\n");
    }

    @Test
    void octetsBeyondAsciiAndZerosStayWhatTheyAre() {
        assertThat(read("\u0000\u00e9\u00ff\r\n.\r\n", new OctetBudget(10_000)).octets())
                .containsExactly(0, 0xe9, 0xff, '\r', '\n');
    }
}
