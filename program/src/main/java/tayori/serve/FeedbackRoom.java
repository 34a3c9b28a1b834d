package tayori.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.config.FeedbackConfig;
import tayori.config.KeyFile;
import tayori.embedded.FeedbackDatabase;
import tayori.feedback.FeedbackHub;
import tayori.feedback.ReaderHash;
import tayori.intake.ComplaintMailHandler;
import tayori.intake.MailIntakeOptions;
import tayori.listen.ListenAddress;
import tayori.receipt.ReceiptChecker;
import tayori.receipt.ReceiptIssuer;
import tayori.receipt.ReceiptKey;
import tayori.receipt.ReceiptOptions;
import tayori.reputation.EvidenceSink;
import tayori.smtp.MailServer;
import tayori.smtp.MailServerOptions;

/// Where readers are heard: the keys of receipts, the store, the hub.
final class FeedbackRoom implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("tayori.feedback");

    private static final String RECEIPT_KEYS = "receipt.keys";
    private static final String READER_KEY = "reader.key";

    /// How often it is tried again to hand on what the engine did not take. Unit: seconds.
    private static final long CATCH_UP_EVERY_S = 10;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final FeedbackDatabase store;
    private final FeedbackHub hub;
    private final ScheduledExecutorService catchingUp =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("feedback-catch-up").factory());

    private FeedbackRoom(FeedbackDatabase store, FeedbackHub hub) {
        this.store = store;
        this.hub = hub;
    }

    /// Opens the store and hands on what an earlier run did not.
    ///
    /// @param keys of receipts, the one in use first
    static FeedbackRoom open(
            FeedbackConfig config,
            Path directory,
            List<ReceiptKey> keys,
            EvidenceSink evidence,
            String provider,
            InstantSource clock)
            throws IOException {
        var store = FeedbackDatabase.open(directory, config.keepFor(), clock);
        var hub =
                new FeedbackHub(
                        new ReceiptChecker(keys, options(config)),
                        store,
                        evidence,
                        readers(directory),
                        provider,
                        clock,
                        RANDOM);
        var room = new FeedbackRoom(store, hub);
        var _ =
                room.catchingUp.scheduleWithFixedDelay(
                        room::catchUp, 0, CATCH_UP_EVERY_S, TimeUnit.SECONDS);
        return room;
    }

    private void catchUp() {
        try {
            hub.catchUp();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("complaints wait to be handed on as evidence");
        }
    }

    /// Makes receipts with the first of these keys.
    static ReceiptIssuer issuer(FeedbackConfig config, List<ReceiptKey> keys) {
        return new ReceiptIssuer(keys.getFirst(), options(config), RANDOM);
    }

    private static ReceiptOptions options(FeedbackConfig config) {
        var defaults = ReceiptOptions.DEFAULTS;
        return new ReceiptOptions(
                config.window(),
                defaults.clockSkew(),
                defaults.recipientDelimiter(),
                defaults.maxRecipients());
    }

    /// The keys of the configured file, else of the folder's own, which is made where it is missing; none without either.
    static List<ReceiptKey> keys(FeedbackConfig config, InstantSource clock) throws IOException {
        if (config.receiptKeyFile().isPresent()) {
            return read(config.receiptKeyFile().map(KeyFile::path).get());
        }
        if (config.directory().isEmpty()) {
            return List.of();
        }
        var file = config.directory().get().path().resolve(RECEIPT_KEYS);
        if (!Files.exists(file)) {
            var month = clock.instant().toString().substring(0, "2026-11".length());
            write(file, month + " " + secret());
        }
        return read(file);
    }

    private static List<ReceiptKey> read(Path file) throws IOException {
        var keys = new ArrayList<ReceiptKey>();
        for (var line : Files.readAllLines(file)) {
            var words = Arrays.stream(line.split(" ", -1)).filter(w -> !w.isEmpty()).toList();
            if (words.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (words.size() != 2) {
                throw new IOException(file + ": expected a name and a key in base64 on each line");
            }
            try {
                keys.add(ReceiptKey.ofBase64(words.getFirst(), words.getLast()));
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
        }
        if (keys.isEmpty()) {
            throw new IOException(file + ": no key");
        }
        return keys;
    }

    private static ReaderHash readers(Path directory) throws IOException {
        var file = directory.resolve(READER_KEY);
        if (!Files.exists(file)) {
            write(file, secret());
        }
        try {
            return new ReaderHash(Base64.getDecoder().decode(Files.readString(file).strip()));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": expected 32 octets in base64", e);
        }
    }

    private static String secret() {
        var octets = new byte[ReceiptKey.MIN_SECRET];
        RANDOM.nextBytes(octets);
        return Base64.getEncoder().encodeToString(octets);
    }

    /// Its owner's alone from the first moment, and whole or not there.
    private static void write(Path file, String text) throws IOException {
        var ownerOnly = PosixFilePermissions.fromString("rw-------");
        if (file.getParent() != null) {
            Files.createDirectories(
                    file.getParent(),
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (var channel =
                Files.newByteChannel(
                        fresh,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(ownerOnly))) {
            channel.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.US_ASCII)));
        }
        Files.move(fresh, file);
    }

    FeedbackHub hub() {
        return hub;
    }

    /// Takes complaints by mail. Reports of other providers are not taken yet: nobody would keep them.
    ///
    /// @param hostName what we call ourselves to our MTA
    static MailServer takeMail(FeedbackConfig config, FeedbackHub hub, String hostName)
            throws IOException {
        var all = MailIntakeOptions.ofDomain(config.mailDomain().orElseThrow().toString());
        var handler =
                new ComplaintMailHandler(
                        hub,
                        (_, _) -> {
                            throw new IOException("feedback reports are not taken here");
                        },
                        client ->
                                config.networks().stream()
                                        .anyMatch(network -> network.contains(client)),
                        new MailIntakeOptions(all.complaints(), Set.of(), all.maxMails()));
        return MailServer.start(
                MailServerOptions.lmtp(hostName, config.lmtp().toArray(ListenAddress[]::new)),
                handler);
    }

    @Override
    public void close() throws IOException {
        catchingUp.shutdown();
        try {
            if (!catchingUp.awaitTermination(
                    Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("complaints are still being handed on; the next start goes on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        store.close();
    }
}
