package tayori.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import tayori.config.LogConfig.Format;
import tools.jackson.databind.ObjectMapper;

class LoggingTest {
    private static String written(Format format, Consumer<Logger> writer) {
        var context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        var entries = new ListAppender<ILoggingEvent>();
        entries.start();
        var logger = context.getLogger("tayori.mail");
        logger.addAppender(entries);
        writer.accept(logger);
        var encoder = Logging.encoder(format);
        encoder.setContext(context);
        encoder.start();
        var text = new StringBuilder();
        for (var entry : entries.list) {
            text.append(new String(encoder.encode(entry), StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    /// All that could end a line, a value or a terminal's patience.
    private static final String HOSTILE =
            "x\" reason=\"dmarc-pass\r\n2026-11-22 INFO mail \u0000\u001b[2J\u007f\u0085\u009b\u2028\u2029\\";

    @ParameterizedTest(name = "as {0}")
    @EnumSource(Format.class)
    void aStrangerCannotBeginALineOfItsOwn(Format format) {
        String text =
                written(
                        format,
                        log -> {
                            log.atInfo().addKeyValue("helo", HOSTILE).log("mail");
                            log.info("from {}", HOSTILE);
                        });
        assertThat(text.lines().count()).isEqualTo(2);
        assertThat(text).doesNotContain("\r", "\u0000", "\u001b");
    }

    @Test
    void inTextAStrangerCannotEndItsValue() {
        String line =
                written(
                        Format.TEXT,
                        log ->
                                log.atInfo()
                                        .addKeyValue("helo", HOSTILE)
                                        .addKeyValue("reason", "dmarc-fail")
                                        .log("mail"));
        assertThat(line)
                .endsWith(
                        " INFO  mail mail helo=\"x\\\" reason=\\\"dmarc-pass??2026-11-22 INFO mail"
                                + " ??[2J?????\\\\\" reason=\"dmarc-fail\"\n");
        assertThat(line)
                .matches(
                        "(?s)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) .*");
    }

    @Test
    void inJsonAStrangersValueIsOneValue() {
        String line =
                written(Format.JSON, log -> log.atInfo().addKeyValue("helo", HOSTILE).log("mail"));
        var json = new ObjectMapper().readTree(line);
        assertThat(json.get("kvpList").get(0).get("helo").asString()).isEqualTo(HOSTILE);
        assertThat(json.has("reason")).isFalse();
    }

    @Test
    void onlyStackTracesHaveFurtherLinesAndTheyAreIndented() {
        String text =
                written(
                        Format.TEXT,
                        log ->
                                log.error(
                                        "a bug", new IllegalStateException("x\n2026 INFO forged")));
        assertThat(text.lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("\t"));
    }
}
