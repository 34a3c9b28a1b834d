package tayori.receiver;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/// The mail log of one test, line by line.
final class LogLines implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger("tayori.mail");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    LogLines() {
        appender.start();
        logger.addAppender(appender);
    }

    /// Key and value of each line, in words.
    List<Map<String, String>> lines() {
        return appender.list.stream()
                .map(line ->
                        line.getKeyValuePairs().stream()
                                .collect(
                                        Collectors.toMap(
                                                pair -> pair.key,
                                                pair -> String.valueOf(pair.value))))
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
    }
}
