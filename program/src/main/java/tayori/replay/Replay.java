package tayori.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tayori.message.MessageHead;
import tayori.receiver.SenderIdentities;
import tayori.reputation.Counts;
import tayori.reputation.Evidence;
import tayori.reputation.EvidenceBatch;
import tayori.reputation.EvidenceSink;
import tayori.reputation.Identity;
import tayori.reputation.Observation;

/// Counts mails of archives as evidence, each once. A mail is known by its head, but for the fields that a mailbox rewrites;
/// that it came and that it was reported are counted apart, so that one moved to Junk since the last time adds a complaint
/// and no message.
///
/// Thread-safe.
public final class Replay {
    /// Most mails in a batch: what is authenticated again after a crash.
    static final int MAX_MAILS = 1_000;

    /// A batch is handed in once it has so much evidence; one mail has a few pieces at most.
    static final int ENOUGH_EVIDENCE = 5_000;

    /// Fields that mailboxes and mail programs change.
    private static final Set<String> VOLATILE =
            Set.of(
                    "status",
                    "x-status",
                    "x-keywords",
                    "x-uid",
                    "x-imap",
                    "x-imapbase",
                    "x-mozilla-status",
                    "x-mozilla-status2",
                    "x-mozilla-keys",
                    "content-length",
                    "lines");

    private static final String NODE = "replay";

    private final String provider;
    private final EvidenceSink sink;
    private final ReplayLedger ledger;

    /// Marks that are taken in this run, counted already or about to be.
    private final Set<Long> taken = new HashSet<>();

    private final Map<Key, Sum> sums = new LinkedHashMap<>();
    private final List<Long> marks = new ArrayList<>();
    private final Map<Identity, Counts> counted = new HashMap<>();

    private record Key(Identity identity, long hour) {}

    private static final class Sum {
        Counts counts = Counts.NONE;
        final Set<Long> reporters = new LinkedHashSet<>();
    }

    /// What is new of one mail.
    ///
    /// @param marks by which it is remembered
    public record News(Set<Observation> observations, List<Long> marks) {
        public News {
            observations = Set.copyOf(observations);
            marks = List.copyOf(marks);
        }

        public boolean isEmpty() {
            return observations.isEmpty();
        }
    }

    public Replay(String provider, EvidenceSink sink, ReplayLedger ledger) {
        this.provider = provider;
        this.sink = sink;
        this.ledger = ledger;
    }

    /// What is new of a mail; it counts as taken from now on.
    public synchronized News news(MessageHead head, ReaderMarks said) {
        var observations = new LinkedHashSet<Observation>();
        var fresh = new ArrayList<Long>();
        var hash = hash(head);
        take(hash, Observation.MESSAGES, true, observations, fresh);
        take(hash, Observation.COMPLAINTS, said.junk(), observations, fresh);
        take(hash, Observation.NOT_SPAM, said.notJunk(), observations, fresh);
        return new News(observations, fresh);
    }

    private void take(
            byte[] mail,
            Observation observation,
            boolean there,
            Set<Observation> observations,
            List<Long> fresh) {
        var digest = sha256();
        digest.update(mail);
        long mark = ByteBuffer.wrap(digest.digest(observation.keyword().getBytes(UTF_8))).getLong();
        if (there && !ledger.isCounted(mark) && taken.add(mark)) {
            observations.add(observation);
            fresh.add(mark);
        }
    }

    private static byte[] hash(MessageHead head) {
        var digest = sha256();
        for (var field : head.fields()) {
            if (!VOLATILE.contains(field.key())) {
                digest.update(field.raw());
                digest.update((byte) '\n');
            }
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Counts what is new of a mail.
    ///
    /// @param arrived when it came; a complaint counts for that hour too
    /// @param mailbox whose it is: who complained, if somebody did
    public synchronized void count(
            News news, SenderIdentities sender, Instant arrived, String mailbox)
            throws IOException {
        long hour = Evidence.hourOf(arrived);
        for (var identity : sender.charged()) {
            for (var observation : news.observations()) {
                add(identity, hour, observation, mailbox);
            }
        }
        if (news.observations().contains(Observation.MESSAGES)) {
            for (var author : sender.spoofed()) {
                add(author, hour, Observation.AUTH_FAILED, mailbox);
            }
        }
        marks.addAll(news.marks());
        if (marks.size() >= MAX_MAILS || sums.size() >= ENOUGH_EVIDENCE) {
            flush();
        }
    }

    private void add(Identity identity, long hour, Observation observation, String mailbox) {
        var sum = sums.computeIfAbsent(new Key(identity, hour), _ -> new Sum());
        sum.counts = sum.counts.plus(observation, 1);
        if (observation == Observation.COMPLAINTS) {
            sum.reporters.add(ledger.reporter(mailbox));
        }
        counted.merge(identity, Counts.of(observation, 1), Counts::plus);
    }

    /// Hands in what has been gathered, under an id made of the mails in it.
    public synchronized void flush() throws IOException {
        if (marks.isEmpty()) {
            return;
        }
        var evidence =
                sums.entrySet().stream()
                        .map(sum ->
                                new Evidence(
                                        sum.getKey().identity(),
                                        sum.getKey().hour(),
                                        sum.getValue().counts,
                                        List.copyOf(sum.getValue().reporters)))
                        .toList();
        var digest = sha256();
        marks.stream()
                .sorted()
                .forEach(mark ->
                        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(mark).flip()));
        String id = "replay-" + HexFormat.of().formatHex(digest.digest());
        ledger.count(new EvidenceBatch(id, provider, NODE, evidence), marks, sink);
        sums.clear();
        marks.clear();
    }

    /// What this run has counted of each sender.
    public synchronized Map<Identity, Counts> counted() {
        return Map.copyOf(counted);
    }
}
