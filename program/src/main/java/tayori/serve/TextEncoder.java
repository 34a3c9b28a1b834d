package tayori.serve;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// Writes an entry for people:
///
/// `2026-11-22T19:05:00.123+09:00 INFO  mail mail queueId="4Q1" helo="client.example"`
///
/// Much of it a stranger wrote. No value can end its quotes, begin a line of its own or steer a terminal: quotes and
/// backslashes are escaped, controls become `?`. Stack traces are the only further lines, and each begins with a tab.
final class TextEncoder extends EncoderBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX")
                    .withZone(ZoneId.systemDefault());

    private static final int LEVEL_COLUMNS = 5;

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = new StringBuilder(200);
        TIME.formatTo(event.getInstant(), line);
        String level = event.getLevel().toString();
        String logger = event.getLoggerName();
        line.append(' ')
                .append(level)
                .repeat(' ', LEVEL_COLUMNS - level.length() + 1)
                .append(logger, logger.lastIndexOf('.') + 1, logger.length())
                .append(' ');
        appendClean(event.getFormattedMessage(), false, line);
        var pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (var pair : pairs) {
                line.append(' ').append(pair.key).append("=\"");
                appendClean(String.valueOf(pair.value), true, line);
                line.append('"');
            }
        }
        if (event.getThrowableProxy() != null) {
            String trace = ThrowableProxyUtil.asString(event.getThrowableProxy());
            trace.lines().forEach(step -> appendClean(step.strip(), false, line.append("\n\t")));
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void appendClean(String text, boolean quoted, StringBuilder line) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && (c == '"' || c == '\\')) {
                line.append('\\').append(c);
            } else {
                boolean harmless = !Character.isISOControl(c) && c != '\u2028' && c != '\u2029';
                line.append(harmless ? c : '?');
            }
        }
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
