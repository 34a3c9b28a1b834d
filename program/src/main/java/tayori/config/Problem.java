package tayori.config;

import java.util.Optional;

/// One thing wrong with a configuration file.
///
/// @param file as it was named on the command line
/// @param line counted from 1; 0 where the whole file is meant
/// @param column counted from 1; 0 where the whole file is meant
/// @param key path of the key, such as `receiver.dmarc.discovery`; empty where there is none
/// @param found what stands there; never what may be a secret
/// @param expected what may stand there
/// @param advice what to do, where we can tell
public record Problem(
        String file,
        int line,
        int column,
        String key,
        String found,
        String expected,
        Optional<String> advice) {
    /// The problem in one line, in the form that editors follow: `file:line:column: key: found X, expected Y; advice`.
    public String sentence() {
        var text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line).append(':').append(column);
        }
        text.append(": ");
        if (!key.isEmpty()) {
            text.append(key).append(": ");
        }
        text.append("found ").append(found).append(", expected ").append(expected);
        advice.ifPresent(words -> text.append("; ").append(words));
        return text.toString();
    }
}
