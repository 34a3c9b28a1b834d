package tayori.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `docs/postfix.md` shows are the files that the tests run with.
class PostfixDocumentTest {
    private static final Path ROOT = Path.of("..");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postfix/main.cf",
                "postfix/policy.cf",
                "postfix/header_checks",
                "sieve/tayori.sieve"
            })
    void theDocumentShowsTheFile(String file) throws IOException {
        String shown =
                Files.readAllLines(ROOT.resolve("integrations").resolve(file)).stream()
                        .filter(line -> file.startsWith("sieve") || !line.startsWith("#"))
                        .map(line -> line.isEmpty() ? "" : "    " + line)
                        .collect(Collectors.joining("\n", "\n\n", "\n\n"));

        assertThat(Files.readString(ROOT.resolve("docs/postfix.md")) + "\n").contains(shown);
    }
}
