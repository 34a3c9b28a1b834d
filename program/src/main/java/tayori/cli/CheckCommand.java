package tayori.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
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
import tayori.cli.MailCheck.Envelope;
import tayori.config.Literals;
import tayori.dns.Dns;

/// Authenticates mails in files and explains what came of each.
@Command(
        name = "check",
        description = {
            "Authenticates mails and explains every result.",
            "A FILE is a mail, an mbox or a Maildir; - is standard input. A file does not tell which server sent the mail, "
                    + "so SPF needs --ip (or --received)."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Ends with 0 where every mail passed DMARC, 75 where the DNS kept an answer back, 66 where a file could not be read, "
                    + "1 otherwise.",
            "Example: tayori check --ip 192.0.2.1 --helo mail.example.com --mail-from news@example.com mail.eml"
        })
final class CheckCommand implements Callable<ExitCode> {
    /// Longest batch line: a mail of 64 MiB in base64 fits. Unit: octets.
    static final int MAX_LINE_OCTETS = 96 << 20;

    private final Terminal terminal;

    @Spec @Nullable CommandSpec spec;

    @Mixin DnsChoice dns = new DnsChoice();

    @Option(
            names = "--ip",
            paramLabel = "IP",
            description = "Address of the server that sent the mail.")
    @Nullable String ip;

    @Option(
            names = "--helo",
            paramLabel = "NAME",
            description = "What that server called itself (HELO or EHLO).")
    @Nullable String helo;

    @Option(
            names = "--mail-from",
            paramLabel = "ADDRESS",
            description = "The envelope's sender; '' for a bounce.")
    @Nullable String mailFrom;

    @Option(
            names = "--received",
            description =
                    "Take what is not given from the topmost Received and Return-Path fields. Only true for mail that your own "
                            + "server took in.")
    boolean received;

    @Option(
            names = "--now",
            paramLabel = "SECONDS",
            description =
                    "The time that counts, in seconds since 1970, for old mail whose signatures have expired.")
    @Nullable Long now;

    @Option(
            names = "--authserv-id",
            paramLabel = "NAME",
            description = "The name in Authentication-Results.")
    @Nullable String authservId;

    @Option(names = "--summary", description = "Show only the table at the end.")
    boolean summaryOnly;

    @Option(
            names = "--json",
            description =
                    "Answer as one JSON object: the mail, or mails and summary where there are several.")
    boolean json;

    @Option(
            names = "--batch",
            description =
                    "Answer JSON lines from standard input, a line each: file or message (base64), ip, helo, mailFrom, now, "
                            + "authservId, resolver, id.")
    boolean batch;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Mails, mboxes, Maildirs, or - for standard input.")
    List<String> files = new ArrayList<>();

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() {
        if (batch) {
            if (!files.isEmpty()) {
                throw wrong("--batch takes its questions from standard input");
            }
            Dns standard = dns.open();
            return new Batch(terminal, MAX_LINE_OCTETS, line -> answer(line, standard)).run();
        }
        if (files.isEmpty()) {
            throw wrong("check: name a mail, an mbox or a Maildir, or - for standard input");
        }
        var client = Optional.<InetAddress>empty();
        String address = ip;
        if (address != null) {
            client = Literals.address(address);
            if (client.isEmpty()) {
                throw wrong("--ip: '" + address + "' is no IP address");
            }
        }
        Long second = now;
        if (second != null && !isTime(second)) {
            throw wrong("--now: " + second + " is no time in seconds since 1970");
        }
        var envelope =
                new Envelope(
                        client,
                        Optional.ofNullable(helo),
                        Optional.ofNullable(mailFrom).map(SpfCommand::withoutBrackets),
                        received);
        return checkAll(
                new MailCheck(
                        dns.open(),
                        dns.configuration().dns().questionsPerMessage(),
                        Optional.ofNullable(second).map(Instant::ofEpochSecond)),
                envelope);
    }

    private static boolean isTime(long second) {
        return second >= 0 && second <= MailCheck.MAX_EPOCH_SECOND;
    }

    private ParameterException wrong(String what) {
        if (spec == null) {
            throw new IllegalStateException("picocli hands in the command's own description");
        }
        return new ParameterException(spec.commandLine(), what);
    }

    private String authservId() {
        return authservId != null
                ? authservId
                : dns.configuration()
                        .receiver()
                        .authservId()
                        .map(Object::toString)
                        .orElse("localhost");
    }

    // ------------------------------------------------------------------------------------------------ files

    private ExitCode checkAll(MailCheck check, Envelope envelope) {
        var mails = new MailFiles(files, terminal.in());
        var summary = new CheckSummary();
        var told = new ArrayList<JsonObject>();
        var shown = Shown.on(terminal);
        String id = authservId();
        boolean[] unreadable = {false};
        try (var progress = new Progress(terminal, terminal.interactive() ? mails.octets() : 0);
                var work =
                        new InOrder<CheckedMail>(mail -> {
                            summary.add(mail);
                            progress.finished();
                            if (json) {
                                if (!summaryOnly) {
                                    told.add(mail.toJson());
                                }
                            } else if (!summaryOnly) {
                                progress.aside(() -> print(mail, summary.mails() > 1, shown));
                            }
                        })) {
            mails.visit(
                    progress,
                    new MailFiles.Visitor() {
                        @Override
                        public void mail(String name, InputStream in) throws IOException {
                            work.submit(64 * 1024, check.begin(name, in, envelope, id));
                        }

                        @Override
                        public void unreadable(String name, String why) {
                            unreadable[0] = true;
                            progress.aside(() -> {
                                terminal.err()
                                        .println(
                                                Shown.safe(
                                                        "tayori: cannot read "
                                                                + name
                                                                + ": "
                                                                + why));
                                terminal.err().flush();
                            });
                        }
                    });
        }
        if (json) {
            terminal.out()
                    .println(
                            told.size() == 1
                                    ? told.getFirst()
                                    : new JsonObject()
                                            .put("mails", told)
                                            .put("summary", summary.toJson()));
        } else if (summaryOnly || summary.mails() > 1) {
            summary.lines(shown).forEach(terminal.out()::println);
        }
        return unreadable[0] ? ExitCode.NO_INPUT : summary.exitCode();
    }

    private void print(CheckedMail mail, boolean further, Shown shown) {
        if (further) {
            terminal.out().println();
        }
        mail.lines(shown).forEach(terminal.out()::println);
        terminal.out().flush();
    }

    // ------------------------------------------------------------------------------------------------ batch

    private JsonObject answer(BatchLine line, Dns standard) throws BatchLine.Refused {
        var file = line.text("file");
        var message = line.text("message");
        if (file.isEmpty() == message.isEmpty()) {
            throw file.isEmpty()
                    ? line.missing("file or message")
                    : line.expected("message", "nothing where file is given");
        }
        var second = line.wholeNumber("now").or(() -> Optional.ofNullable(now));
        if (second.isPresent() && !isTime(second.get())) {
            throw line.expected("now", "seconds since 1970");
        }
        var envelope =
                new Envelope(
                        line.address("ip"),
                        line.text("helo"),
                        line.text("mailFrom").map(SpfCommand::withoutBrackets),
                        received);
        String id = line.text("authservId").orElseGet(this::authservId);
        var check =
                new MailCheck(
                        dns.of(line, standard),
                        dns.configuration().dns().questionsPerMessage(),
                        second.map(Instant::ofEpochSecond));
        try (var in = open(line, file, message)) {
            var mail = check.begin(file.orElse("message"), in, envelope, id).get();
            if (mail instanceof CheckedMail.TooLarge tooLarge) {
                throw new BatchLine.Refused(tooLarge.reason());
            }
            return mail.toJson();
        } catch (IOException e) {
            throw new BatchLine.Refused("cannot read the mail: " + e);
        }
    }

    private static InputStream open(BatchLine line, Optional<String> file, Optional<String> message)
            throws BatchLine.Refused, IOException {
        try {
            return file.isPresent()
                    ? Files.newInputStream(Path.of(file.get()))
                    : new ByteArrayInputStream(Base64.getDecoder().decode(message.orElse("")));
        } catch (InvalidPathException e) {
            throw line.expected("file", "the name of a file");
        } catch (IllegalArgumentException e) {
            throw line.expected("message", "a mail in base64");
        }
    }
}
