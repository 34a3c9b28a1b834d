package tayori.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import tayori.reputation.IdentityKind;

/// The one connection that writes the database. For one thread at a time.
final class CheckpointWriter implements Closeable {
    /// Statements handed to SQLite at a time.
    private static final int BATCH = 1_000;

    /// Free pages given back to the file system after each checkpoint, so that none takes long. Unit: pages of 4,096 octets.
    private static final int VACUUM_PAGES = 4_096;

    private static final String MARK =
            """
            INSERT INTO checkpoint (only_row, frame, folding_node, delay_curve, taken) VALUES (1, ?, ?, ?, ?)
            ON CONFLICT (only_row) DO UPDATE
            SET frame = excluded.frame, delay_curve = excluded.delay_curve, taken = excluded.taken\
            """;

    private static final String STATE =
            """
            INSERT INTO state (subject, author, dkim, spf, address_block, folded) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (subject) DO UPDATE
            SET author = excluded.author, dkim = excluded.dkim, spf = excluded.spf,
                address_block = excluded.address_block, folded = excluded.folded\
            """;

    private static final String SUBJECT =
            """
            INSERT INTO subject (name, due, published, listed, white, memory) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE
            SET due = excluded.due, published = excluded.published, listed = excluded.listed,
                white = excluded.white, memory = excluded.memory\
            """;

    private static final String DUE_AT_ONCE =
            "INSERT INTO subject (name, due) VALUES (?, 0) ON CONFLICT (name) DO UPDATE SET due = 0";

    private final Connection connection;

    private CheckpointWriter(Connection connection) {
        this.connection = connection;
    }

    static CheckpointWriter open(Path directory) throws IOException {
        try {
            return new CheckpointWriter(
                    Database.openForWriting(
                            directory.resolve(Database.REPUTATION), Schema.REPUTATION));
        } catch (SQLException e) {
            throw Database.failed("opening", e);
        }
    }

    /// Writes everything, or nothing.
    void write(Checkpoint checkpoint) throws IOException {
        try {
            connection.setAutoCommit(false);
            try {
                writeStates(checkpoint.states().iterator());
                writeSubjects(checkpoint);
                writeBatchIds(checkpoint);
                writeMark(checkpoint.mark());
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw Database.failed("writing", e);
        }
    }

    private void writeStates(Iterator<StateRow> rows) throws SQLException {
        try (var upsert = connection.prepareStatement(STATE);
                var delete = connection.prepareStatement("DELETE FROM state WHERE subject = ?")) {
            int waiting = 0;
            while (rows.hasNext()) {
                var row = rows.next();
                if (row.states().isEmpty()) {
                    delete.setString(1, row.subject());
                    delete.executeUpdate();
                    continue;
                }
                upsert.setString(1, row.subject());
                upsert.setBytes(2, row.states().get(IdentityKind.AUTHOR));
                upsert.setBytes(3, row.states().get(IdentityKind.DKIM));
                upsert.setBytes(4, row.states().get(IdentityKind.SPF));
                upsert.setBytes(5, row.states().get(IdentityKind.ADDRESS_BLOCK));
                upsert.setLong(6, row.folded());
                waiting = add(upsert, waiting);
            }
            upsert.executeBatch();
        }
    }

    private void writeSubjects(Checkpoint checkpoint) throws SQLException {
        try (var upsert = connection.prepareStatement(SUBJECT);
                var delete = connection.prepareStatement("DELETE FROM subject WHERE name = ?");
                var due = connection.prepareStatement(DUE_AT_ONCE)) {
            int waiting = 0;
            for (var row : checkpoint.subjects()) {
                if (row.due() == SubjectRow.NEVER) {
                    delete.setString(1, row.name());
                    delete.executeUpdate();
                    continue;
                }
                var published = row.published();
                upsert.setString(1, row.name());
                upsert.setLong(2, row.due());
                upsert.setBytes(3, published.map(PublishedCodec::encode).orElse(null));
                upsert.setBoolean(4, published.flatMap(p -> p.listed()).isPresent());
                upsert.setBoolean(5, published.flatMap(p -> p.white()).isPresent());
                upsert.setBytes(
                        6, row.memory().isEmpty() ? null : ListingMemoryCodec.encode(row.memory()));
                waiting = add(upsert, waiting);
            }
            upsert.executeBatch();
            waiting = 0;
            for (String name : checkpoint.unscored()) {
                due.setString(1, name);
                waiting = add(due, waiting);
            }
            due.executeBatch();
        }
    }

    private static int add(PreparedStatement statement, int waiting) throws SQLException {
        statement.addBatch();
        if (waiting + 1 < BATCH) {
            return waiting + 1;
        }
        statement.executeBatch();
        return 0;
    }

    private void writeBatchIds(Checkpoint checkpoint) throws SQLException {
        try (var insert =
                        connection.prepareStatement(
                                "INSERT OR REPLACE INTO batch_id VALUES (?, ?, ?)");
                var delete = connection.prepareStatement("DELETE FROM batch_id WHERE minute < ?")) {
            for (var minute : checkpoint.batchIds().entrySet()) {
                insert.setLong(1, minute.getKey());
                insert.setLong(2, checkpoint.mark().frame());
                insert.setBytes(3, minute.getValue());
                insert.executeUpdate();
            }
            delete.setLong(1, checkpoint.oldestMinute());
            delete.executeUpdate();
        }
    }

    private void writeMark(Checkpoint.Mark mark) throws SQLException {
        try (var upsert = connection.prepareStatement(MARK)) {
            upsert.setLong(1, mark.frame());
            upsert.setString(2, mark.foldingNode());
            upsert.setBytes(3, mark.delayCurve().encode());
            upsert.setLong(4, mark.taken().getEpochSecond());
            upsert.executeUpdate();
        }
    }

    /// Gives space back to the file system that deleted rows have left. After the checkpoint, which stands without it.
    void vacuum() throws IOException {
        try (var statement = connection.createStatement()) {
            // not execute(), which would stop after the first page
            statement.executeUpdate("PRAGMA incremental_vacuum(" + VACUUM_PAGES + ")");
        } catch (SQLException e) {
            throw Database.failed("shrinking", e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw Database.failed("closing", e);
        }
    }
}
