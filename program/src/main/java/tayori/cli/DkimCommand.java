package tayori.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tayori.dkim.DkimKeys;
import tayori.dns.ALabels;
import tayori.dns.DomainName;

/// Keys for DKIM.
@Command(
        name = "dkim",
        description = "Makes keys for DKIM and ARC.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class DkimCommand implements Callable<ExitCode> {
    /// Most bits of an RSA key: more than any verifier must accept (RFC 8301 §3.2) is of no use.
    static final int MAX_RSA_BITS = 4096;

    private final Terminal terminal;

    @Spec @Nullable CommandSpec spec;

    DkimCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() {
        throw wrong("dkim: say which: keygen");
    }

    private ParameterException wrong(String what) {
        if (spec == null) {
            throw new IllegalStateException("picocli hands in the command's own description");
        }
        return new ParameterException(spec.commandLine(), what);
    }

    @Command(
            name = "keygen",
            description = {
                "Makes a key pair: writes the private key to a file that only you can read, and prints the DNS record to publish.",
                "An existing file is never overwritten."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Example: tayori dkim keygen --domain example.com --selector news2026 --out /etc/tayori/news2026.pem"
            })
    ExitCode keygen(
            @Option(
                            names = "--domain",
                            paramLabel = "D",
                            description =
                                    "The domain that will sign; without it the record is named relative to its zone.")
                    @Nullable String domain,
            @Option(
                            names = "--selector",
                            paramLabel = "S",
                            defaultValue = "tayori",
                            description = "The name of the key below the domain.")
                    String selector,
            @Option(
                            names = "--type",
                            paramLabel = "TYPE",
                            defaultValue = "rsa",
                            description = "rsa, which everybody understands, or ed25519.")
                    String type,
            @Option(
                            names = "--bits",
                            paramLabel = "N",
                            defaultValue = "2048",
                            description = "Size of an RSA key: 2048 to 4096.")
                    int bits,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            description =
                                    "Where the private key goes; a file named after selector and domain in this folder otherwise. - prints it.")
                    @Nullable String out,
            @Option(names = "--json", description = "Answer as one JSON object.") boolean json) {
        String key = name("--selector", selector).toString();
        String record = key + "._domainkey";
        String fileName = key + ".pem";
        if (domain != null) {
            var owner = name("--domain", domain);
            record =
                    owner.below(record)
                                    .orElseThrow(() ->
                                            wrong("--selector: the name of the record is too long"))
                            + ".";
            fileName = key + "." + owner + ".pem";
        }
        DkimKeys.Pair pair =
                switch (type) {
                    case "rsa" -> {
                        if (bits < 2048 || bits > MAX_RSA_BITS) {
                            throw wrong(
                                    "--bits: "
                                            + bits
                                            + " is not within 2048 and "
                                            + MAX_RSA_BITS
                                            + " (RFC 8301 §3.2)");
                        }
                        yield DkimKeys.generateRsa(bits);
                    }
                    case "ed25519" -> DkimKeys.generateEd25519();
                    default -> throw wrong("--type: '" + type + "' is neither rsa nor ed25519");
                };
        boolean toTerminal = "-".equals(out);
        Path file = Path.of(out == null ? fileName : out);
        if (!toTerminal) {
            try {
                write(file, pair.pem());
            } catch (FileAlreadyExistsException e) {
                terminal.err()
                        .println(
                                "tayori: "
                                        + file
                                        + " exists already; a key is never overwritten, so name another file");
                return ExitCode.CANNOT_WRITE;
            } catch (IOException e) {
                terminal.err().println("tayori: cannot write " + file + ": " + e);
                return ExitCode.CANNOT_WRITE;
            }
        }
        if (json) {
            var answer =
                    new JsonObject()
                            .put("name", record)
                            .put("txt", pair.txt())
                            .put("strings", pair.txtStrings())
                            .put("file", toTerminal ? null : file.toString());
            terminal.out().println(toTerminal ? answer.put("privateKey", pair.pem()) : answer);
            return ExitCode.OK;
        }
        var lines = terminal.out();
        if (toTerminal) {
            lines.print(pair.pem());
        } else {
            lines.println("The private key lies in " + file + "; keep it secret.");
        }
        lines.println("Publish this record:");
        lines.println();
        lines.println(record + " IN TXT ( " + quoted(pair) + " )");
        return ExitCode.OK;
    }

    private static String quoted(DkimKeys.Pair pair) {
        return "\"" + String.join("\" \"", pair.txtStrings()) + "\"";
    }

    private DomainName name(String option, String text) {
        return ALabels.toDomainName(text)
                .orElseThrow(() -> wrong(option + ": '" + text + "' is no domain name"));
    }

    /// Creates the file with its permissions at once, so that nobody can open it in between.
    private static void write(Path file, String pem) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode =
                posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try (var channel = Files.newByteChannel(file, options, mode)) {
            var octets = java.nio.ByteBuffer.wrap(pem.getBytes(StandardCharsets.US_ASCII));
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
        }
    }
}
