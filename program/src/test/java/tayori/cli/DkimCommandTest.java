package tayori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.dkim.DkimKeys;

class DkimCommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ed25519"})
    void theRecordIsPrintedAndThePrivateKeyIsNot(String type, @TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("key.pem");
        var called =
                CalledCommand.of(
                        "dkim",
                        "keygen",
                        "--domain",
                        "Example.com",
                        "--selector",
                        "news",
                        "--type",
                        type,
                        "--out",
                        file.toString());
        assertThat(called.exitCode()).isEqualTo(ExitCode.OK);
        var key = DkimKeys.readPem(Files.readString(file)).orElseThrow();
        assertThat(called.out())
                .contains("news._domainkey.example.com. IN TXT ( \"v=DKIM1; k=" + type + "; p=")
                .doesNotContain("PRIVATE");
        String joined = called.out().replace("\" \"", "");
        assertThat(joined).contains(DkimKeys.pairOf(key).txt());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void anExistingFileIsNeverOverwritten(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("key.pem"), "precious");
        var called =
                CalledCommand.of("dkim", "keygen", "--type", "ed25519", "--out", file.toString());
        assertThat(called.exitCode()).isEqualTo(ExitCode.CANNOT_WRITE);
        assertThat(called.err()).contains("exists already");
        assertThat(called.out()).isEmpty();
        assertThat(file).hasContent("precious");
    }

    @Test
    void onlyAHyphenPrintsThePrivateKey() {
        var called = CalledCommand.of("dkim", "keygen", "--type", "ed25519", "--out", "-");
        assertThat(DkimKeys.readPem(called.out())).isPresent();
        assertThat(called.out()).contains("tayori._domainkey IN TXT ( ");
    }

    @Test
    void theAnswerAsJsonNamesTheFile(@TempDir Path folder) {
        Path file = folder.resolve("key.pem");
        var json =
                CalledCommand.of(
                                "dkim",
                                "keygen",
                                "--json",
                                "--domain",
                                "example.com",
                                "--out",
                                file.toString())
                        .json();
        assertThat(json.get("file").asString()).isEqualTo(file.toString());
        assertThat(json.get("strings")).hasSize(2);
        assertThat(json.has("privateKey")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dkim",
                "dkim keygen --type dsa",
                "dkim keygen --bits 1024",
                "dkim keygen --bits 16384",
                "dkim keygen --domain a..b",
                "dkim keygen --selector ."
            })
    void mistakesAreUsageErrorsAndMakeNoFile(String line) {
        assertThat(CalledCommand.of(line.split(" ")).exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
