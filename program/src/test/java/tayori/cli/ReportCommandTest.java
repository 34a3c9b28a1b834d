package tayori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportCommandTest {
    private static final String SUITES = "../reports/src/test/resources/conformance/";

    @Test
    void aComplaintSaysWhatWasReportedAndWhatWasInferred() {
        var called = CalledCommand.of("report", "read", SUITES + "arf/sisimai/arf-23.eml");
        assertThat(called.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(called.out())
                .contains("arf-23.eml: arf")
                .contains("type: abuse (inferred)")
                .contains("recipient: kijitora@example.com\n")
                .contains("client: 203.0.113.245 (inferred)");
    }

    @Test
    void aBounceNamesEachRecipient() {
        var called =
                CalledCommand.of("report", "read", SUITES + "bounce/sisimai/lhost-postfix-52.eml");
        assertThat(called.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(called.out()).contains(": bounce").contains("SOFT MAILBOX_DISABLED 5.0.0 554");
    }

    @Test
    void whatNobodyKnowsIsAFinding() {
        var called = CalledCommand.withInput("Subject: hello\n\nHello.\n", "report", "read", "-");
        assertThat(called.exitCode()).isEqualTo(ExitCode.FINDING);
        assertThat(called.out()).contains("-: unknown");
    }

    @Test
    void aFileThatIsMissingIsToldAndTheOthersAreRead() {
        var called =
                CalledCommand.of(
                        "report",
                        "read",
                        "missing.eml",
                        SUITES + "xarf/samples/v3/spam_v3_sample.json");
        assertThat(called.exitCode()).isEqualTo(ExitCode.NO_INPUT);
        assertThat(called.err()).contains("missing.eml: no such file");
        assertThat(called.out()).contains(": xarf").contains("type: messaging/spam");
    }

    @Test
    void withoutASubcommandItSaysWhichThereAre() {
        var called = CalledCommand.of("report");
        assertThat(called.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(called.err()).contains("say which: read");
    }
}
