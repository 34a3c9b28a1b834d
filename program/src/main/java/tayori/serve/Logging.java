package tayori.serve;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.LoggerFactory;
import tayori.config.LogConfig;

/// Says how entries are written: to standard error, one a line.
public final class Logging {
    private Logging() {}

    /// Puts a configuration in force, in place of whatever was.
    public static void set(LogConfig config) {
        set((LoggerContext) LoggerFactory.getILoggerFactory(), config);
    }

    static void set(LoggerContext context, LogConfig config) {
        context.reset();
        var encoder = encoder(config.format());
        encoder.setContext(context);
        encoder.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        root.setLevel(
                switch (config.level()) {
                    case ERROR -> Level.ERROR;
                    case WARN -> Level.WARN;
                    case INFO -> Level.INFO;
                    case DEBUG -> Level.DEBUG;
                });
    }

    static Encoder<ILoggingEvent> encoder(LogConfig.Format format) {
        return switch (format) {
            case JSON -> {
                var json = new JsonEncoder();
                json.setWithContext(false);
                json.setWithSequenceNumber(false);
                json.setWithFormattedMessage(false);
                yield json;
            }
            case TEXT -> new TextEncoder();
        };
    }
}
