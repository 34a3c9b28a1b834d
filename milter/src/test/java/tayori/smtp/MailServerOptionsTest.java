package tayori.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.listen.ListenAddress;
import tayori.listen.ListenOptions;

class MailServerOptionsTest {

    @Test
    void defaults() {
        var options = MailServerOptions.smtp("mx.example", new ListenAddress.Tcp("127.0.0.1", 0));
        assertThat(options.listen()).isEqualTo(new ListenOptions(256, 1_000, 100));
        assertThat(options.tls()).isEmpty();
        assertThat(options.limits())
                .isEqualTo(
                        new MailLimits(
                                50_331_648, 268_435_456, 1_000, 2_048, 1_048_576, 20, 2_000));
        assertThat(options.times())
                .isEqualTo(
                        new MailTimes(
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(3),
                                Duration.ofMinutes(15),
                                Duration.ofMinutes(4),
                                Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "    0, 100, 100, 600, 1000,  1, 200",
        "  101, 100, 100, 600, 1000,  1, 200",
        "  100, 100,  99, 600, 1000,  1, 200",
        "  100, 100, 100, 564, 1000,  1, 200",
        "  100, 100, 100, 16385, 1000, 1, 200",
        "  100, 100, 100, 600,  999,  1, 200",
        "  100, 100, 100, 600, 1000,  0, 200",
        "  100, 100, 100, 600, 1000,  1, 101"
    })
    void limitsThatAllowNoMail(
            int message, long held, int recipients, int line, int text, int errors, int commands) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new MailLimits(message, held, recipients, line, text, errors, commands));
    }

    @Test
    void whatIsNoTimeNameOrAddress() {
        var second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MailTimes(second, second, Duration.ZERO, second, second));
        var address = new ListenAddress.Tcp("127.0.0.1", 0);
        for (var name : List.of("", "two words", "a\r\nb", "x".repeat(254), "例え")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MailServerOptions.smtp(name, address));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> MailServerOptions.lmtp("mx"));
    }

    @Test
    void repliesAreHarmless() {
        assertThat(SmtpReply.of(550, "5.7.1", "no\r\n250 yes é"))
                .hasToString("550 5.7.1 no  250 yes ?\r\n");
        assertThat(new SmtpReply(250, "2.0.0", List.of("a", "b")))
                .hasToString("250-2.0.0 a\r\n250 2.0.0 b\r\n");
        assertThat(SmtpReply.of(250, "2.0.0", "x".repeat(600)).toString().length())
                .isLessThanOrEqualTo(512);
        assertThat(new SmtpReply(250, "2.0.0", java.util.Collections.nCopies(500, "x")).lines())
                .hasSize(SmtpReply.MAX_LINES);
    }

    @ParameterizedTest
    @CsvSource({"250, 5.0.0", "354, 3.0.0", "550, 5.0", "550, 5..0", "550, 5.1111.0", "600, 6.0.0"})
    void whatIsNoReply(int code, String enhancedCode) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmtpReply.of(code, enhancedCode, "text"));
    }
}
