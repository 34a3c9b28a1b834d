package tayori.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tayori.api.HttpEvidenceSink;
import tayori.api.ReputationJson;
import tayori.config.Literals;
import tayori.dns.ALabels;
import tayori.reputation.Identity;
import tayori.store.ReputationStore;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tells what is known of one sender, and why.
@Command(
        name = "reputation",
        description = "Tells what is known of a domain or an address, and why.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Ends with 1 where the domain is listed, 0 where it is not, known or unknown.",
            "Example: tayori reputation example.jp --store /var/lib/tayori"
        })
final class ReputationCommand implements Callable<ExitCode> {
    /// Longest answer of a server. Unit: octets.
    static final int MAX_ANSWER_OCTETS = 8 << 20;

    /// Longest key file. Unit: octets.
    static final int MAX_KEY_OCTETS = 4_096;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final Terminal terminal;

    private @Nullable CommandSpec spec;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description =
                    "Read the folder in which the reputation is kept; a server may have it open.")
    @Nullable Path store;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Ask the HTTP interface there: https, or http on a loopback address.")
    @Nullable URI server;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "The file with the key for that server.")
    @Nullable Path keyFile;

    @Option(names = "--json", description = "Answer in JSON.")
    boolean json;

    @Parameters(arity = "0..1", paramLabel = "DOMAIN|IP", description = "Who sends mail.")
    @Nullable String who;

    ReputationCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Adds the commands below this one, which want the terminal too.
    @Spec
    void describe(CommandSpec own) {
        spec = own;
        own.addSubcommand("list", new CommandLine(new ReputationListCommand(terminal)));
        own.addSubcommand("export", new CommandLine(new ReputationExportCommand(terminal)));
        own.addSubcommand("import", new CommandLine(new ReputationImportCommand(terminal)));
    }

    @Override
    public ExitCode call() throws InterruptedException {
        String name = who;
        if (name == null) {
            throw wrong("reputation: name a domain or an address");
        }
        var subject = subject(name);
        if (subject.isEmpty()) {
            throw wrong("'" + Shown.safe(name) + "' is neither a domain name nor an IP address");
        }
        if ((store == null) == (server == null)) {
            throw wrong("say where it is known: --store DIR or --server URL");
        }
        try {
            JsonNode answer = store != null ? fromStore(store, subject.get()) : fromServer(name);
            if (json) {
                terminal.out().println(answer);
            } else {
                ReputationReport.lines(answer, Shown.on(terminal)).forEach(terminal.out()::println);
            }
            return answer.at("/published/listed").isString() ? ExitCode.FINDING : ExitCode.OK;
        } catch (IOException e) {
            terminal.err().println("tayori: " + Shown.safe(String.valueOf(e.getMessage())));
            return store != null ? ExitCode.NO_INPUT : ExitCode.UNAVAILABLE;
        }
    }

    private static Optional<String> subject(String name) {
        return Literals.address(name)
                .map(address -> Identity.addressBlock(address).subject())
                .or(() -> ALabels.toDomainName(name).map(Object::toString));
    }

    private static JsonNode fromStore(Path folder, String subject) throws IOException {
        try (var reader = ReputationStore.read(folder)) {
            return ReputationJson.of(
                    subject,
                    reader.published(subject),
                    reader.explain(subject, InstantSource.system().instant()));
        }
    }

    private JsonNode fromServer(String name) throws IOException, InterruptedException {
        if (server == null || keyFile == null) {
            throw wrong("--server needs --key-file");
        }
        URI base;
        try {
            base = HttpEvidenceSink.checked(server);
        } catch (IllegalArgumentException e) {
            throw wrong("--server: " + e.getMessage());
        }
        var request =
                HttpRequest.newBuilder(
                                base.resolve(
                                        "v1/domains/"
                                                + URLEncoder.encode(name, StandardCharsets.UTF_8)))
                        .timeout(ANSWER_TIMEOUT)
                        .header("Authorization", "Bearer " + key(keyFile))
                        .build();
        try (var client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build()) {
            var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                byte[] octets = body.readNBytes(MAX_ANSWER_OCTETS);
                if (response.statusCode() == 404) {
                    var nothing = JsonMapper.shared().createObjectNode().put("subject", name);
                    nothing.putNull("published").putArray("identities");
                    return nothing;
                }
                if (response.statusCode() != 200) {
                    throw new IOException(base + " answered " + response.statusCode());
                }
                return JsonMapper.shared().readTree(octets);
            }
        } catch (JacksonException e) {
            throw new IOException(base + " answered something that is not JSON", e);
        } catch (java.net.ConnectException e) {
            throw new IOException(base + " cannot be reached", e);
        }
    }

    private static String key(Path file) throws IOException {
        if (Files.size(file) > MAX_KEY_OCTETS) {
            throw new IOException(file + ": longer than a key is");
        }
        return Files.readString(file).strip();
    }

    private ParameterException wrong(String what) {
        if (spec == null) {
            throw new IllegalStateException("picocli hands in the command's own description");
        }
        return new ParameterException(spec.commandLine(), what);
    }
}
