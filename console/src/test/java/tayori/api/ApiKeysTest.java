package tayori.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
    /// SHA-256 of `secret`.
    private static final String HASH =
            "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    @TempDir Path folder;

    private ApiKeys read(String text) throws IOException {
        return ApiKeys.read(Files.writeString(folder.resolve("keys"), text));
    }

    @Test
    void aFileHasALineForEachKey() throws IOException {
        var keys = read("# who, hash, what\n\nisp\t" + HASH + "  explain,evidence:isp.example\n");
        var key = keys.find("Bearer secret").orElseThrow();
        assertThat(key.name()).isEqualTo("isp");
        assertThat(key.provider()).hasValue("isp.example");
        assertThat(key.opens(ApiKey.EXPLAIN)).isTrue();
        assertThat(key.opens(ApiKey.EVIDENCE)).isTrue();
        assertThat(key).isEqualTo(ApiKey.of("isp", "secret", "explain", "evidence:isp.example"));
    }

    @ParameterizedTest(name = "RFC 6750 §2.1  \"{0}\" opens nothing")
    @ValueSource(strings = {"", "secret", "Bearer", "Bearer ", "Bearer Secret", "Basic secret"})
    void anythingElseOpensNothing(String authorization) throws IOException {
        assertThat(read("isp " + HASH + " explain").find(authorization)).isEmpty();
    }

    @ParameterizedTest(name = "\"{0}\" is no key")
    @ValueSource(
            strings = {
                "isp",
                "isp HASH",
                "isp HASH explain more",
                "isp HASH all",
                "isp HASH evidence:",
                "isp HASH explain,",
                "isp secret explain",
                "isp HASHx explain"
            })
    void aLineThatIsNoneIsNamedAndNotShown(String line) {
        assertThatThrownBy(() -> read("# keys\n" + line.replace("HASH", HASH)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("keys, line 2:")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining(HASH);
    }

    @Test
    void aFileThatIsTooLongIsNotRead() throws IOException {
        assertThat(read("#".repeat(ApiKeys.MAX_FILE_OCTETS)).find("Bearer secret")).isEmpty();
        assertThatThrownBy(() -> read("#".repeat(ApiKeys.MAX_FILE_OCTETS + 1)))
                .hasMessageContaining("longer than");
    }
}
