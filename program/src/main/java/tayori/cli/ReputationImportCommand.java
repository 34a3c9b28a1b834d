package tayori.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tayori.api.EvidenceJson;
import tayori.reputation.Evidence;
import tayori.reputation.EvidenceBatch;
import tayori.store.ReputationStore;

/// Takes evidence from a file.
@Command(
        name = "import",
        description = {
            "Takes evidence from a file of JSON lines, all of it or nothing.",
            "Each line is one piece: {\"identity\": \"dkim:example.jp\", \"hour\": 497000, \"counts\": {\"messages\": 12}}"
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A file that comes again changes nothing: its batches are known by what stands in it."
        })
final class ReputationImportCommand implements Callable<ExitCode> {
    /// Longest line. Unit: octets.
    static final int MAX_LINE_OCTETS = 1 << 20;

    /// Pieces in one batch.
    static final int BATCH = 5_000;

    private final Terminal terminal;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            required = true,
            description = "The folder in which the reputation is kept; no server may have it open.")
    Path store = Path.of("");

    @Option(names = "--provider", paramLabel = "NAME", required = true, description = "Who saw it.")
    String provider = "";

    @Parameters(paramLabel = "FILE", description = "A file of JSON lines.")
    Path file = Path.of("");

    ReputationImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() {
        String hash;
        long pieces;
        try {
            var digest = sha256();
            pieces = read(digest, _ -> {});
            hash = HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            return failed(ExitCode.NO_INPUT, file + ": " + e.getMessage());
        } catch (BadLine bad) {
            return failed(ExitCode.FINDING, file + ", " + bad.getMessage() + "; nothing was taken");
        }
        try (var engine = ReputationStore.open(store, InstantSource.system())) {
            var batch = new ArrayList<Evidence>(BATCH);
            int[] number = {0};
            read(
                    sha256(),
                    piece -> {
                        batch.add(piece);
                        if (batch.size() == BATCH) {
                            engine.accept(batch(hash, number[0]++, batch));
                            batch.clear();
                        }
                    });
            if (!batch.isEmpty()) {
                engine.accept(batch(hash, number[0], batch));
            }
            ReputationStore.publish(engine);
        } catch (IOException | BadLine e) {
            return failed(ExitCode.CANNOT_WRITE, store + ": " + e.getMessage());
        }
        terminal.out().println(pieces + " pieces of evidence, as batch " + hash.substring(0, 16));
        return ExitCode.OK;
    }

    private EvidenceBatch batch(String hash, int number, List<Evidence> evidence) {
        return new EvidenceBatch("import-" + hash + "-" + number, provider, "import", evidence);
    }

    private ExitCode failed(ExitCode code, String why) {
        terminal.err().println("tayori: " + Shown.safe(why));
        return code;
    }

    /// A line that is no evidence.
    private static final class BadLine extends Exception {
        private static final long serialVersionUID = 1;

        BadLine(long line, String why) {
            super("line " + line + ": " + why, null, false, false);
        }
    }

    private interface Taker {
        void piece(Evidence evidence) throws IOException;
    }

    private long read(MessageDigest digest, Taker taker) throws IOException, BadLine {
        var now = InstantSource.system().instant();
        long pieces = 0;
        long number = 0;
        try (var in =
                new DigestInputStream(
                        new BufferedInputStream(Files.newInputStream(file)), digest)) {
            var lines = new LineReader(in, MAX_LINE_OCTETS);
            while (true) {
                number++;
                switch (lines.next()) {
                    case LineReader.Line.End _ -> {
                        return pieces;
                    }
                    case LineReader.Line.TooLong _ ->
                            throw new BadLine(number, "longer than " + MAX_LINE_OCTETS + " octets");
                    case LineReader.Line.Whole(var octets) when octets.length == 0 -> {}
                    case LineReader.Line.Whole(var octets) -> {
                        switch (EvidenceJson.readEvidence(octets, now)) {
                            case EvidenceJson.Reading.Read<Evidence>(var piece) -> {
                                taker.piece(piece);
                                pieces++;
                            }
                            case EvidenceJson.Reading.NotJson<Evidence>(var why) ->
                                    throw new BadLine(number, why);
                            case EvidenceJson.Reading.Meaningless<Evidence>(var why) ->
                                    throw new BadLine(number, why);
                        }
                    }
                }
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
