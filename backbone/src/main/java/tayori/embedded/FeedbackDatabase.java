package tayori.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.feedback.Complaint;
import tayori.feedback.ComplaintKind;
import tayori.feedback.FeedbackStore;
import tayori.feedback.SenderMarks;
import tayori.feedback.Submission;
import tayori.reputation.Identity;

/// Complaints in one SQLite file. Many callers share one commit: whoever comes while the disk is busy goes into the next
/// transaction, so that a thousand complaints cost as many waits for the disk as ten.
public final class FeedbackDatabase implements FeedbackStore, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(FeedbackDatabase.class);

    /// Most complaints in one transaction. Unit: complaints.
    static final int MAX_TRANSACTION = 512;

    /// Complaints that wait for a transaction; further callers wait to wait. Unit: complaints.
    private static final int MAX_WAITING = 4_096;

    /// How often complaints beyond their time are deleted.
    private static final Duration PURGE_EVERY = Duration.ofHours(1);

    /// One wish of a caller, carried out within a transaction.
    private sealed interface Task {
        CompletableFuture<Kept> answer();

        record Keep(Complaint complaint, CompletableFuture<Kept> answer) implements Task {}

        record HandOn(List<String> ids, CompletableFuture<Kept> answer) implements Task {}

        record End(CompletableFuture<Kept> answer) implements Task {}
    }

    /// What a task that is not about one complaint is answered with.
    private static final Kept DONE = new Kept("", false, false);

    private final Connection writer;
    private final Connection reader;
    private final InstantSource clock;
    private final Duration keepFor;
    private final BlockingQueue<Task> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread writing = Thread.ofPlatform().name("feedback").unstarted(this::write);
    private volatile boolean closed;
    private Instant purged = Instant.MIN;

    private FeedbackDatabase(
            Connection writer, Connection reader, InstantSource clock, Duration keepFor) {
        this.writer = writer;
        this.reader = reader;
        this.clock = clock;
        this.keepFor = keepFor;
    }

    /// Opens the file, or makes it.
    ///
    /// @param keepFor after this time a complaint is deleted
    public static FeedbackDatabase open(Path directory, Duration keepFor, InstantSource clock)
            throws IOException {
        PrivateFiles.createFolder(directory);
        try {
            var writer =
                    Database.openForWriting(directory.resolve(Database.FEEDBACK), Schema.FEEDBACK);
            try {
                var reader =
                        Database.openForReading(
                                directory.resolve(Database.FEEDBACK), Schema.FEEDBACK);
                var database = new FeedbackDatabase(writer, reader, clock, keepFor);
                writer.setAutoCommit(false);
                database.writing.start();
                return database;
            } catch (IOException | SQLException | RuntimeException e) {
                writer.close();
                throw e;
            }
        } catch (SQLException e) {
            throw Database.failed("opening", e);
        }
    }

    @Override
    public Kept keep(Complaint complaint) throws IOException {
        return await(new Task.Keep(complaint, new CompletableFuture<>()));
    }

    @Override
    public void handedOn(List<String> ids) throws IOException {
        await(new Task.HandOn(List.copyOf(ids), new CompletableFuture<>()));
    }

    private Kept await(Task task) throws IOException {
        if (closed) {
            throw new IOException("the store of complaints is closed");
        }
        try {
            waiting.put(task);
            return task.answer().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a complaint was being kept", e);
        } catch (ExecutionException e) {
            throw new IOException("the complaint was not kept", e);
        }
    }

    private void write() {
        var tasks = new ArrayList<Task>();
        boolean end = false;
        while (!end) {
            tasks.clear();
            try {
                tasks.add(waiting.take());
            } catch (InterruptedException e) {
                continue; // nobody interrupts us; the end is a task
            }
            waiting.drainTo(tasks, MAX_TRANSACTION - 1);
            transact(tasks);
            end = tasks.stream().anyMatch(Task.End.class::isInstance);
        }
    }

    /// All of them or none; nobody is answered before the disk has it.
    private void transact(List<Task> tasks) {
        var answers = new ArrayList<Kept>(tasks.size());
        try {
            for (var task : tasks) {
                answers.add(
                        switch (task) {
                            case Task.Keep(var complaint, _) -> insert(complaint);
                            case Task.HandOn(var ids, _) -> mark(ids);
                            case Task.End _ -> DONE;
                        });
            }
            purge();
            writer.commit();
        } catch (SQLException | RuntimeException e) {
            rollBack();
            tasks.forEach(task -> task.answer().completeExceptionally(e));
            return;
        }
        for (int i = 0; i < answers.size(); i++) {
            tasks.get(i).answer().complete(answers.get(i));
        }
    }

    private void rollBack() {
        try {
            writer.rollback();
        } catch (SQLException e) {
            LOG.atError().setCause(e).log("a transaction could not be rolled back");
        }
    }

    private Kept insert(Complaint complaint) throws SQLException {
        boolean counts = !saidToday(complaint);
        try (var insert =
                writer.prepareStatement(
                        "INSERT INTO complaint VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,0)"
                                + " ON CONFLICT DO NOTHING")) {
            bind(insert, complaint, counts);
            if (insert.executeUpdate() == 1) {
                return new Kept(complaint.id(), false, counts);
            }
        }
        try (var before =
                writer.prepareStatement(
                        "SELECT id FROM complaint WHERE delivery = ? AND observation = ?")) {
            before.setString(1, complaint.delivery());
            before.setString(2, complaint.kind().observation().keyword());
            try (var row = before.executeQuery()) {
                if (row.next()) {
                    return new Kept(row.getString(1), true, false);
                }
                throw new SQLException("another complaint is called " + complaint.id());
            }
        }
    }

    /// Whether this reader said the same of the same sender today: then it is kept, and counts no more.
    private boolean saidToday(Complaint complaint) throws SQLException {
        try (var select =
                writer.prepareStatement(
                        "SELECT 1 FROM complaint WHERE reporter = ? AND responsible = ?"
                                + " AND received_day = ? AND observation = ? LIMIT 1")) {
            select.setLong(1, complaint.reporter());
            select.setString(2, responsible(complaint));
            select.setLong(3, day(complaint));
            select.setString(4, complaint.kind().observation().keyword());
            try (var row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private static String responsible(Complaint complaint) {
        return complaint.responsible().map(Identity::toString).orElse("");
    }

    private static long day(Complaint complaint) {
        return Math.floorDiv(complaint.received().getEpochSecond(), 86_400L);
    }

    private static void bind(PreparedStatement insert, Complaint complaint, boolean counts)
            throws SQLException {
        var marks = complaint.marks();
        int at = 1;
        insert.setString(at++, complaint.id());
        insert.setString(at++, complaint.delivery());
        insert.setString(at++, complaint.kind().observation().keyword());
        insert.setString(at++, complaint.kind().keyword());
        insert.setLong(at++, complaint.reporter());
        insert.setString(at++, responsible(complaint));
        insert.setString(
                at++,
                complaint.identities().stream()
                        .map(Identity::toString)
                        .collect(Collectors.joining("\n")));
        insert.setString(at++, complaint.channel().keyword());
        insert.setLong(at++, complaint.received().toEpochMilli());
        insert.setLong(at++, day(complaint));
        insert.setLong(at++, complaint.arrived().getEpochSecond());
        insert.setString(at++, marks.messageId());
        insert.setString(at++, marks.cfblAddress());
        insert.setString(at++, marks.cfblFeedbackId());
        insert.setString(at++, marks.feedbackId());
        insert.setString(at++, marks.listId());
        insert.setBoolean(at, counts);
    }

    private Kept mark(List<String> ids) throws SQLException {
        try (var update =
                writer.prepareStatement("UPDATE complaint SET handed_on = 1 WHERE id = ?")) {
            for (var id : ids) {
                update.setString(1, id);
                update.addBatch();
            }
            update.executeBatch();
        }
        return DONE;
    }

    /// What has not been handed on is never deleted.
    private void purge() throws SQLException {
        var now = clock.instant();
        if (now.isBefore(purged.equals(Instant.MIN) ? now : purged.plus(PURGE_EVERY))) {
            return;
        }
        purged = now;
        try (var delete =
                writer.prepareStatement(
                        "DELETE FROM complaint WHERE received_ms < ? AND (counts = 0 OR handed_on = 1)")) {
            delete.setLong(1, now.minus(keepFor).toEpochMilli());
            delete.executeUpdate();
        }
    }

    @Override
    public List<Complaint> notHandedOn(int limit) throws IOException {
        synchronized (reader) {
            try (var select =
                    reader.prepareStatement(
                            "SELECT * FROM complaint WHERE counts = 1 AND handed_on = 0 ORDER BY id LIMIT ?")) {
                select.setInt(1, limit);
                try (var rows = select.executeQuery()) {
                    var complaints = new ArrayList<Complaint>();
                    while (rows.next()) {
                        complaints.add(complaint(rows));
                    }
                    return complaints;
                }
            } catch (SQLException e) {
                throw Database.failed("reading", e);
            }
        }
    }

    private static Complaint complaint(ResultSet row) throws SQLException {
        return new Complaint(
                row.getString("id"),
                known(ComplaintKind.of(row.getString("kind")), row.getString("kind")),
                row.getString("delivery"),
                row.getLong("reporter"),
                channel(row.getString("channel")),
                Instant.ofEpochMilli(row.getLong("received_ms")),
                Instant.ofEpochSecond(row.getLong("arrived_s")),
                row.getString("identities")
                        .lines()
                        .flatMap(text -> Identity.parse(text).stream())
                        .toList(),
                new SenderMarks(
                        row.getString("message_id"),
                        row.getString("cfbl_address"),
                        row.getString("cfbl_feedback_id"),
                        row.getString("feedback_id"),
                        row.getString("list_id")));
    }

    private static Submission.Channel channel(String keyword) throws SQLException {
        return known(
                Arrays.stream(Submission.Channel.values())
                        .filter(channel -> channel.keyword().equals(keyword))
                        .findFirst(),
                keyword);
    }

    /// Only this program wrote the file.
    private static <T> T known(Optional<T> word, String text) throws SQLException {
        return word.orElseThrow(() -> new SQLException("an unknown word: " + text));
    }

    /// Ends after what waits already was written.
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        await(new Task.End(new CompletableFuture<>()));
        closed = true;
        try {
            writing.join();
            writer.close();
            reader.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while closing", e);
        } catch (SQLException e) {
            throw Database.failed("closing", e);
        }
    }
}
