package tayori.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tayori.dns.loopback.LoopbackDnsServer;
import tayori.dns.loopback.ZoneText;

/// Walks through what short commands do, so that the virtual machine can write down which classes they need (JEP 514).
/// The launcher calls it once after a build. A command that shall start fast adds a line to [#WALK].
@Command(name = "train", hidden = true, description = "Used by the launcher after a build.")
final class TrainCommand implements Callable<ExitCode> {
    /// Stands for a DNS server on loopback that answers from [#ZONE].
    private static final String RESOLVER = "--resolver=";

    private static final String ZONE =
            """
            example.com TXT "v=spf1 mx ip4:192.0.2.1 -all"
            example.com MX 10 mx.example.com
            mx.example.com A 192.0.2.25
            _dmarc.example.com TXT "v=DMARC1; p=reject"
            """;

    private static final String[][] WALK = {
        {"--version"},
        {"--help"},
        {"help", "config"},
        {"config", "reference"},
        {"config", "reference", "--sample"},
        {"config", "show", "--json"},
        {"config", "show"},
        {"config", "check", "--no-such-option"},
        {"generate-completion"},
        {"spf", "192.0.2.9", "a@example.com", "mail.example.com", RESOLVER},
        {"spf", "192.0.2.9", "a@example.com", "--json", RESOLVER},
        {"dmarc", "a@example.com", "--spf", "example.com=pass", RESOLVER},
        {"dmarc", "a@example.com", "--json", RESOLVER},
        {"domain", "example.com", RESOLVER},
        {"check", "-", "--ip", "192.0.2.1", "--mail-from", "a@example.com", RESOLVER},
        {"check", "-", "--json", RESOLVER},
        {"dkim", "keygen", "--type", "ed25519", "--out", "-"},
    };

    private static final String MAIL = "From: a@example.com\nSubject: Letter\n\nHello.\n";

    TrainCommand(Terminal terminal) {}

    @Override
    public ExitCode call() {
        try (var server = LoopbackDnsServer.start(ZoneText.of(ZONE))) {
            String resolver = RESOLVER + "127.0.0.1:" + server.address().getPort();
            for (var arguments : WALK) {
                var nowhere = new PrintWriter(Writer.nullWriter());
                var terminal =
                        Terminal.plain(nowhere, nowhere)
                                .withInput(new ByteArrayInputStream(MAIL.getBytes(US_ASCII)));
                var called =
                        Arrays.stream(arguments)
                                .map(word -> word.equals(RESOLVER) ? resolver : word)
                                .toArray(String[]::new);
                if (new CommandLineInterface(terminal).run(called) == ExitCode.BUG) {
                    return ExitCode.BUG;
                }
            }
        }
        return ExitCode.OK;
    }
}
