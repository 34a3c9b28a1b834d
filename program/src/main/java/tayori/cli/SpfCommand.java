package tayori.cli;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tayori.config.Literals;
import tayori.dns.Dns;
import tayori.spf.ReceivedSpf;
import tayori.spf.SpfChecker;
import tayori.spf.SpfOptions;
import tayori.spf.SpfResult;
import tayori.spf.SpfStep;

/// Checks SPF and shows every step.
@Command(
        name = "spf",
        description = {
            "Says whether a server may send mail for an address, and shows every step of the way there.",
            "An empty MAIL_FROM ('') stands for a bounce; then the HELO name is checked, as RFC 7208 §2.4 asks."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Ends with 0 for pass, 75 for temperror, 1 for every other result.",
            "Example: tayori spf 192.0.2.1 news@example.com mail.example.com"
        })
final class SpfCommand implements Callable<ExitCode> {
    /// Longest batch line. Unit: octets.
    static final int MAX_LINE_OCTETS = 1 << 20;

    private final Terminal terminal;

    @Spec @Nullable CommandSpec spec;

    @Mixin DnsChoice dns = new DnsChoice();

    @Option(
            names = "--receiver",
            paramLabel = "HOST",
            description = "Name of the checking host, for macros and Received-SPF.")
    String receiver = "localhost";

    @Option(names = "--json", description = "Answer as one JSON object.")
    boolean json;

    @Option(
            names = "--batch",
            description =
                    "Answer JSON lines from standard input, a line each: ip, mailFrom, helo, receiver, resolver, id.")
    boolean batch;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "IP",
            description = "Address of the server that sends the mail.")
    @Nullable String ip;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "MAIL_FROM",
            description = "The envelope's sender.")
    @Nullable String mailFrom;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "HELO",
            description = "What the server calls itself.")
    String helo = "";

    SpfCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /// One check with all its steps.
    private record Checked(SpfResult result, ArrayList<SpfStep> steps, String receivedSpf) {
        JsonObject toJson() {
            return SpfReport.whole(result, steps, receivedSpf);
        }
    }

    @Override
    public ExitCode call() {
        if (batch) {
            if (ip != null) {
                throw wrong("--batch takes its questions from standard input");
            }
            Dns standard = dns.open();
            return new Batch(terminal, MAX_LINE_OCTETS, line -> answer(line, standard)).run();
        }
        if (ip == null || mailFrom == null) {
            throw wrong("spf: name the server's IP and the MAIL_FROM");
        }
        var address = Literals.address(ip);
        if (address.isEmpty()) {
            throw wrong("spf: '" + ip + "' is no IP address");
        }
        String sender = withoutBrackets(mailFrom);
        var checked = check(dns.open(), address.get(), sender, helo, receiver);
        if (json) {
            terminal.out().println(checked.toJson());
        } else {
            print(checked, address.get(), sender);
        }
        return exitCode(checked.result().result());
    }

    private ParameterException wrong(String what) {
        if (spec == null) {
            throw new IllegalStateException("picocli hands in the command's own description");
        }
        return new ParameterException(spec.commandLine(), what);
    }

    private static Checked check(
            Dns dns, InetAddress client, String mailFrom, String helo, String receiver) {
        var steps = new ArrayList<SpfStep>();
        var result =
                new SpfChecker(dns, SpfOptions.DEFAULTS.withReceiver(receiver).withCachedRecords(0))
                        .checkMailFrom(client, mailFrom, helo, steps::add);
        return new Checked(
                result, steps, ReceivedSpf.value(result, client, mailFrom, helo, receiver));
    }

    private JsonObject answer(BatchLine line, Dns standard) throws BatchLine.Refused {
        var client = line.address("ip").orElseThrow(() -> line.missing("ip"));
        return check(
                        dns.of(line, standard),
                        client,
                        withoutBrackets(line.text("mailFrom").orElse("")),
                        line.text("helo").orElse(""),
                        line.text("receiver").orElse(receiver))
                .toJson();
    }

    private void print(Checked checked, InetAddress client, String sender) {
        var out = terminal.out();
        var shown = Shown.on(terminal);
        out.println(
                Shown.safe(
                        "May "
                                + client.getHostAddress()
                                + " send mail "
                                + (sender.isEmpty() ? "with an empty sender" : "from " + sender)
                                + (helo.isEmpty() ? "" : " as " + helo)
                                + "?"));
        out.println();
        SpfReport.lines(checked.steps(), shown).forEach(out::println);
        out.println();
        var result = checked.result();
        out.println(shown.result(result.result()) + ": " + Shown.safe(result.reason()));
        explanation(result).ifPresent(text -> out.println("explanation: " + Shown.safe(text)));
        out.println();
        for (String line : ("Received-SPF: " + checked.receivedSpf()).split("\r\n")) {
            out.println(Shown.safe(line));
        }
    }

    private static Optional<String> explanation(SpfResult result) {
        return result instanceof SpfResult.Fail fail ? fail.explanation() : Optional.empty();
    }

    /// A reverse-path as people copy it: `<a@b>`.
    static String withoutBrackets(String path) {
        return path.startsWith("<") && path.endsWith(">")
                ? path.substring(1, path.length() - 1)
                : path;
    }

    /// How a command ends that asks who vouches for a mail.
    static ExitCode exitCode(String result) {
        return switch (result) {
            case "pass" -> ExitCode.OK;
            case "temperror" -> ExitCode.TRY_AGAIN;
            default -> ExitCode.FINDING;
        };
    }
}
