package tayori.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Debian's SpamAssassin with the rules of `integrations/spamassassin/` and no others.
final class SpamAssassin {
    private static final Path INTEGRATION =
            Path.of("..", "integrations", "spamassassin", "tayori.cf");

    private final Path folder;

    /// @param resolver address of a resolver at port 53
    /// @param zone what `rep.example.org` in the file of the integration stands for
    SpamAssassin(Path parent, String resolver, String zone) {
        try {
            folder = Files.createDirectory(parent.resolve("spamassassin"));
            var site = Files.createDirectory(folder.resolve("site"));
            var rules = Files.createDirectory(folder.resolve("rules"));
            Files.writeString(
                    site.resolve("init.pre"),
                    """
                    loadplugin Mail::SpamAssassin::Plugin::Check
                    loadplugin Mail::SpamAssassin::Plugin::DKIM
                    loadplugin Mail::SpamAssassin::Plugin::AskDNS
                    """);
            Files.writeString(
                    rules.resolve("surroundings.cf"),
                    """
                    dns_server %s
                    util_rb_tld example
                    full __DKIM_EXAMINED eval:check_dkim_signed()
                    add_header all Hits _TESTS(,)_
                    """
                            .formatted(resolver));
            Files.writeString(
                    rules.resolve("tayori.cf"),
                    Files.readString(INTEGRATION).replace("rep.example.org", zone));
            Files.createFile(folder.resolve("user_prefs"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The names of the rules that hit.
    List<String> check(Letter letter) {
        try {
            var message = folder.resolve("message.eml");
            Files.write(message, letter.octets());
            var process =
                    new ProcessBuilder(
                                    "spamassassin",
                                    "-C",
                                    folder.resolve("rules").toString(),
                                    "--siteconfigpath=" + folder.resolve("site"),
                                    "-p",
                                    folder.resolve("user_prefs").toString())
                            .redirectInput(message.toFile())
                            .redirectErrorStream(true)
                            .start();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output.lines()
                    .filter(line -> line.startsWith("X-Spam-Hits: "))
                    .map(line -> List.of(line.substring("X-Spam-Hits: ".length()).split(",")))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no verdict:\n" + output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
