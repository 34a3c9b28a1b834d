package tayori.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tayori.authentication.AuthenticationOptions;
import tayori.authentication.MailAuthenticator;
import tayori.dmarc.DmarcResult;
import tayori.dns.Dns;
import tayori.dns.loopback.ZoneText;
import tayori.message.HeadLimits;
import tayori.message.HeadReading;
import tayori.message.MessageHead;
import tayori.message.MessageReader;
import tayori.message.ReceivedFrom;
import tayori.receiver.SenderIdentities;
import tayori.replay.ArrivalTime;
import tayori.replay.ReaderMarks;
import tayori.replay.Replay;
import tayori.replay.ReplayLedger;
import tayori.replay.TrustedResults;
import tayori.reputation.Observation;
import tayori.store.ReputationStore;

/// Makes evidence of mail that lies in archives.
@Command(
        name = "replay",
        description = {
            "Counts mail that lies in archives as if it had just arrived, and tells what would be listed.",
            "A PATH is a Maildir with its folders, an mbox, a mail, or a folder of these. Without --store nothing is kept."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Each mail counts once, however often its archive is read; one that was moved to Junk since adds its complaint.",
            "Example: tayori replay --junk-is-spam --trust-results mx.example.jp /var/mail/archive"
        })
final class ReplayCommand implements Callable<ExitCode> {
    /// Rows of the table without `--top`.
    private static final String ROWS = "20";

    private final Terminal terminal;

    @Spec @Nullable CommandSpec spec;

    @Mixin DnsChoice dns = new DnsChoice();

    @Option(
            names = "--junk-is-spam",
            description =
                    "Mail in folders for spam, or with the keyword $Junk, was reported as spam by its reader.")
    boolean junkIsSpam;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "Keep what is counted in this folder; no server may have it open.")
    @Nullable Path store;

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            defaultValue = "replay",
            description = "Who took this mail in. Default: ${DEFAULT-VALUE}")
    String provider = "replay";

    @Option(
            names = "--trust-results",
            paramLabel = "AUTHSERV-ID",
            description =
                    "Believe the Authentication-Results of this server of yours, and ask no DNS about such mail: the keys of "
                            + "then are gone.")
    @Nullable String trusted;

    @Option(
            names = "--dns-file",
            paramLabel = "FILE",
            description = "Take DNS answers from this recorded zone file alone.")
    @Nullable Path dnsFile;

    @Option(
            names = "--now",
            paramLabel = "SECONDS",
            description =
                    "The day at which the reputation is read, in seconds since 1970; mail older than 60 days by then does not "
                            + "count.")
    @Nullable Long now;

    @Option(
            names = "--top",
            paramLabel = "NUMBER",
            defaultValue = ROWS,
            description = "Rows of the table, by messages. Default: ${DEFAULT-VALUE}")
    int top = Integer.parseInt(ROWS);

    @Option(names = "--json", description = "Answer in JSON.")
    boolean json;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Archives.")
    List<Path> paths = new ArrayList<>();

    ReplayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() {
        Long second = now;
        if (second != null && (second < 0 || second > MailCheck.MAX_EPOCH_SECOND)) {
            throw wrong("--now: " + second + " is no time in seconds since 1970");
        }
        var clock =
                second == null
                        ? InstantSource.system()
                        : InstantSource.fixed(Instant.ofEpochSecond(second));
        Path kept = store;
        try {
            if (kept != null) {
                return replay(kept, clock);
            }
            Path folder = Files.createTempDirectory("tayori-replay");
            try {
                return replay(folder, clock);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            terminal.err().println("tayori: " + Shown.safe(String.valueOf(e.getMessage())));
            return ExitCode.CANNOT_WRITE;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private ExitCode replay(Path folder, InstantSource clock) throws IOException {
        var summary = new ReplaySummary();
        boolean unreadable;
        try (var engine = ReputationStore.open(folder, clock)) {
            var ledger = ReplayLedger.open(folder, provider, engine, clock.instant());
            var replay = new Replay(provider, engine, ledger);
            unreadable = read(replay, clock.instant(), summary);
            replay.flush();
            var counted = replay.counted();
            ReputationStore.publish(engine);
            summary.read(counted, engine, clock.instant());
        }
        if (json) {
            terminal.out().println(summary.toJson(top));
        } else {
            summary.lines(top, Shown.on(terminal)).forEach(terminal.out()::println);
        }
        return unreadable ? ExitCode.NO_INPUT : ExitCode.OK;
    }

    // ------------------------------------------------------------------------------------------------ reading

    /// What became of one mail; told in the order of the mails.
    private interface Outcome {
        void tell() throws IOException;
    }

    /// @return whether something could not be read
    private boolean read(Replay replay, Instant today, ReplaySummary summary) throws IOException {
        var asked = asked();
        var names = new ArrayList<String>();
        boolean[] unreadable = {false};
        for (Path path : paths) {
            try {
                names.addAll(MailFolders.below(path));
            } catch (IOException e) {
                unreadable[0] = true;
                complain(path.toString(), String.valueOf(e.getMessage()));
            }
        }
        var mails = new MailFiles(names, terminal.in());
        Map<Path, Map<Character, String>> letters = new ConcurrentHashMap<>();
        var failure = new AtomicReference<Optional<IOException>>(Optional.empty());
        try (var progress = new Progress(terminal, terminal.interactive() ? mails.octets() : 0);
                var work =
                        new InOrder<Outcome>(outcome -> {
                            try {
                                if (failure.get().isEmpty()) {
                                    outcome.tell();
                                }
                            } catch (IOException e) {
                                failure.set(Optional.of(e));
                            }
                            progress.finished();
                        })) {
            mails.visit(
                    progress,
                    new MailFiles.Visitor() {
                        @Override
                        public void mail(String name, InputStream in) throws IOException {
                            var mail = new Archived(name, letters);
                            work.submit(64 * 1024, begin(mail, in, replay, asked, today, summary));
                        }

                        @Override
                        public void unreadable(String name, String why) {
                            unreadable[0] = true;
                            progress.aside(() -> complain(name, why));
                        }
                    });
        }
        if (failure.get().isPresent()) {
            throw failure.get().get();
        }
        return unreadable[0];
    }

    private void complain(String name, String why) {
        terminal.err().println(Shown.safe("tayori: cannot read " + name + ": " + why));
        terminal.err().flush();
    }

    /// Where a mail lay, and what that tells.
    private final class Archived {
        private final Path file;
        private final boolean mbox;
        private final Map<Path, Map<Character, String>> letters;

        Archived(String name, Map<Path, Map<Character, String>> letters) {
            int number = name.lastIndexOf('#');
            this.mbox = number > 0 && !Files.exists(Path.of(name));
            this.file = Path.of(mbox ? name.substring(0, number) : name);
            this.letters = letters;
        }

        String fileName() {
            return mbox ? "" : String.valueOf(file.getFileName());
        }

        ReaderMarks marks(MessageHead head) {
            if (!junkIsSpam) {
                return ReaderMarks.NONE;
            }
            return ReaderMarks.ofKeywords(mbox ? ReaderMarks.keywordsOfMbox(head) : keywords())
                    .in(MailFolders.folderOf(file));
        }

        private List<String> keywords() {
            Path part = file.getParent();
            Path maildir = part == null ? null : part.getParent();
            return maildir == null
                    ? List.of()
                    : MailFolders.keywords(
                            fileName(),
                            letters.computeIfAbsent(maildir, MailFolders::keywordLetters));
        }

        /// Whose mailbox it is: as the mail itself was delivered, else by where it lies.
        String mailbox(MessageHead head) {
            return Stream.of("Delivered-To", "X-Original-To")
                    .flatMap(name -> head.first(name).stream())
                    .map(field -> field.unfolded().toLowerCase(Locale.ROOT))
                    .findFirst()
                    .orElseGet(() ->
                            paths.stream()
                                    .filter(file::startsWith)
                                    .findFirst()
                                    .map(Path::toString)
                                    .orElse(file.toString()));
        }
    }

    private Supplier<Outcome> begin(
            Archived where,
            InputStream in,
            Replay replay,
            Dns asked,
            Instant today,
            ReplaySummary summary)
            throws IOException {
        var reader = new MessageReader(in, HeadLimits.DEFAULTS);
        if (!(reader.head() instanceof HeadReading.Read(var head, _))) {
            return () ->
                    () -> {
                        summary.mail();
                        summary.tooLarge();
                    };
        }
        var arrived = ArrivalTime.of(head, where.fileName(), today);
        if (arrived.isEmpty()) {
            return () ->
                    () -> {
                        summary.mail();
                        summary.undated();
                    };
        }
        var news = replay.news(head, where.marks(head));
        if (news.isEmpty()) {
            return () ->
                    () -> {
                        summary.mail();
                        summary.known();
                    };
        }
        var sender = sender(head, reader, asked, arrived.get());
        String mailbox = where.mailbox(head);
        return () -> {
            var known = sender.get();
            return () -> {
                summary.mail();
                if (known.charged().isEmpty() && known.spoofed().isEmpty()) {
                    summary.undecided();
                    return;
                }
                if (news.observations().contains(Observation.COMPLAINTS)) {
                    summary.complaint();
                }
                replay.count(news, known, arrived.get(), mailbox);
            };
        };
    }

    /// Who answers for a mail: as our server said when it came, or as it can be found out now.
    ///
    /// @param arrived the time that counts for signatures
    private Supplier<SenderIdentities> sender(
            MessageHead head, MessageReader reader, Dns asked, Instant arrived) throws IOException {
        var received = ReceivedFrom.topmost(head);
        String id = trusted;
        if (id != null) {
            var told = new TrustedResults(id).of(head, received.map(ReceivedFrom::client));
            if (told.isPresent()) {
                return told::get;
            }
        }
        var authenticator =
                new MailAuthenticator(
                        asked, InstantSource.fixed(arrived), AuthenticationOptions.DEFAULTS);
        var client =
                received.map(ReceivedFrom::client)
                        .map(authenticator::connect)
                        .orElseGet(authenticator::withoutClient);
        client.helo(received.map(ReceivedFrom::helo).orElse(""));
        var mail =
                client.mail(
                        head.first("Return-Path")
                                .map(field -> SpfCommand.withoutBrackets(field.unfolded()))
                                .orElse(""));
        mail.head(head);
        reader.body(mail::body);
        return () -> {
            var authentication = mail.finish();
            return SenderIdentities.of(
                    authentication,
                    authentication.dmarc() instanceof DmarcResult.Pass
                            ? authentication
                                    .dmarc()
                                    .findings()
                                    .author()
                                    .flatMap(mail::organizationalDomain)
                            : Optional.empty());
        };
    }

    private Dns asked() {
        Path file = dnsFile;
        if (file == null) {
            return dns.open();
        }
        try {
            if (Files.size(file) > ZoneText.MAX_CHARS) {
                throw wrong("--dns-file: longer than " + ZoneText.MAX_CHARS + " octets");
            }
            return switch (ZoneText.parse(Files.readString(file))) {
                case ZoneText.Zone(var zone) -> zone;
                case ZoneText.Unreadable(var errors) ->
                        throw wrong("--dns-file: " + Shown.safe(errors.getFirst()));
            };
        } catch (IOException e) {
            throw wrong("--dns-file: cannot read " + file);
        }
    }

    private ParameterException wrong(String what) {
        if (spec == null) {
            throw new IllegalStateException("picocli hands in the command's own description");
        }
        return new ParameterException(spec.commandLine(), what);
    }
}
