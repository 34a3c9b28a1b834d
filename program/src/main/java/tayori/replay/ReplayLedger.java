package tayori.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tayori.api.EvidenceJson;
import tayori.reputation.EvidenceBatch;
import tayori.reputation.EvidenceSink;

/// Remembers in a folder what has been counted, so that an archive may be read again, also after a crash.
///
/// A batch is written down with its marks before it is handed in, and the marks are kept after that. If the process ends in
/// between, the next one hands in the same batch again, under the same id, which changes nothing if it had arrived: as long
/// as the sink remembers ids.
public final class ReplayLedger {
    private static final int KEY_OCTETS = 32;
    private static final String LEDGER = "replay.ledger";
    private static final String PENDING = "replay.pending";
    private static final String KEY = "replay.key";

    private final Path folder;
    private final Mac reporterHash;
    private final Set<Long> counted = new HashSet<>();

    private ReplayLedger(Path folder, byte[] key) {
        this.folder = folder;
        try {
            reporterHash = Mac.getInstance("HmacSHA256");
            reporterHash.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }

    /// Opens the ledger of a folder, and hands in what a former process had begun to.
    ///
    /// @param provider in whose name
    public static ReplayLedger open(Path folder, String provider, EvidenceSink sink, Instant now)
            throws IOException {
        var ledger = new ReplayLedger(folder, key(folder.resolve(KEY)));
        Path file = folder.resolve(LEDGER);
        if (Files.exists(file)) {
            var marks = ByteBuffer.wrap(Files.readAllBytes(file));
            while (marks.remaining() >= Long.BYTES) {
                ledger.counted.add(marks.getLong());
            }
            if (marks.hasRemaining()) { // cut short by a crash: the pending batch has it still
                try (var channel = FileChannel.open(file, WRITE)) {
                    channel.truncate(marks.position());
                }
            }
        }
        ledger.finish(provider, sink, now);
        return ledger;
    }

    private static byte[] key(Path file) throws IOException {
        var key = new byte[KEY_OCTETS];
        new SecureRandom().nextBytes(key);
        try {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.write(file, key);
            return key;
        } catch (FileAlreadyExistsException _) {
            byte[] known = Files.readAllBytes(file);
            if (known.length != KEY_OCTETS) {
                throw new IOException(file + ": not " + KEY_OCTETS + " octets");
            }
            return known;
        }
    }

    private void finish(String provider, EvidenceSink sink, Instant now) throws IOException {
        Path pending = folder.resolve(PENDING);
        if (!Files.exists(pending)) {
            return;
        }
        var lines = Files.readString(pending, UTF_8).split("\n", 2);
        var marks = List.of(lines[0].split(" ", -1)).stream().map(Long::parseLong).toList();
        if (!counted.containsAll(marks)) {
            switch (EvidenceJson.readBatch(lines[1].getBytes(UTF_8), provider, now)) {
                case EvidenceJson.Reading.Read<EvidenceBatch>(var batch) -> sink.accept(batch);
                case EvidenceJson.Reading.NotJson<EvidenceBatch>(var reason) ->
                        throw new IOException(pending + ": " + reason);
                case EvidenceJson.Reading.Meaningless<EvidenceBatch>(var reason) ->
                        throw new IOException(pending + ": " + reason);
            }
            append(marks);
        }
        Files.delete(pending);
    }

    boolean isCounted(long mark) {
        return counted.contains(mark);
    }

    /// Who complained, as nobody else can read it.
    long reporter(String mailbox) {
        return ByteBuffer.wrap(reporterHash.doFinal(mailbox.getBytes(UTF_8))).getLong();
    }

    /// Hands in a batch and keeps its marks.
    void count(EvidenceBatch batch, List<Long> marks, EvidenceSink sink) throws IOException {
        Path pending = folder.resolve(PENDING);
        Path written = folder.resolve(PENDING + ".new");
        var text = new StringBuilder();
        marks.forEach(mark -> text.append(text.isEmpty() ? "" : " ").append(mark));
        Files.deleteIfExists(written);
        try (var channel = FileChannel.open(written, Set.of(CREATE_NEW, WRITE))) {
            writeAll(
                    channel,
                    ByteBuffer.wrap((text + "\n" + EvidenceJson.write(batch)).getBytes(UTF_8)));
            channel.force(true);
        }
        Files.move(written, pending, ATOMIC_MOVE, REPLACE_EXISTING);
        sink.accept(batch);
        append(marks);
        Files.delete(pending);
    }

    private void append(List<Long> marks) throws IOException {
        var octets = ByteBuffer.allocate(marks.size() * Long.BYTES);
        marks.forEach(octets::putLong);
        try (var channel = FileChannel.open(folder.resolve(LEDGER), CREATE, WRITE, APPEND)) {
            writeAll(channel, octets.flip());
            channel.force(true);
        }
        counted.addAll(marks);
    }

    private static void writeAll(FileChannel channel, ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
    }
}
