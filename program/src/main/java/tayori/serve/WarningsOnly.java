package tayori.serve;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import tayori.config.LogConfig;

/// How entries are written until [Logging] is told better, as commands that answer a question never do: warnings only,
/// to standard error. The log library finds this class by its service file, and only when somebody logs.
public final class WarningsOnly extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Logging.set(
                context, new LogConfig(LogConfig.DEFAULTS.format(), LogConfig.Level.WARN, false));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
