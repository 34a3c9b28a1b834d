package tayori.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Somebody else's verifier: Debian's `python3-dkim`.
final class Witness {
    private static final Path SCRIPT =
            Path.of("src", "test", "resources", "tayori", "scenarios", "witness.py");

    private Witness() {}

    /// @param folder for files that last as long as the folder
    /// @param keys TXT records by name
    /// @param method `dkim` or `arc`
    /// @return what the script prints, line by line
    static List<String> says(Path folder, Map<String, String> keys, String method, Letter letter) {
        try {
            var message = Files.createTempFile(folder, "witness", ".eml");
            Files.write(message, letter.octets());
            var zone = Files.createTempFile(folder, "witness", ".zone");
            var text = new StringBuilder();
            keys.forEach((name, txt) -> text.append(name).append('\t').append(txt).append('\n'));
            Files.writeString(zone, text);
            var process =
                    new ProcessBuilder(
                                    "/usr/bin/python3", // Debian's, whatever else stands in PATH
                                    SCRIPT.toString(),
                                    method,
                                    message.toString(),
                                    zone.toString())
                            .redirectErrorStream(true)
                            .start();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("python3-dkim: " + output);
            }
            return output.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
