package tayori.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tayori.reputation.DelayCurve;
import tayori.reputation.IdentityKind;
import tayori.reputation.Published;

/// A connection that reads what the last checkpoint wrote. For one thread at a time.
final class StateReader implements Closeable {
    private static final byte[] NOTHING = {};

    private final Connection connection;
    private final PreparedStatement state;
    private final PreparedStatement subject;

    private StateReader(Connection connection) throws SQLException {
        this.connection = connection;
        this.state =
                connection.prepareStatement(
                        "SELECT author, dkim, spf, address_block, folded FROM state WHERE subject = ?");
        this.subject =
                connection.prepareStatement(
                        "SELECT due, published, memory FROM subject WHERE name = ?");
    }

    static StateReader open(Path directory) throws IOException {
        try {
            var connection =
                    Database.openForReading(
                            directory.resolve(Database.REPUTATION), Schema.REPUTATION);
            try {
                return new StateReader(connection);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw Database.failed("opening", e);
        }
    }

    /// Reads one row.
    @FunctionalInterface
    private interface Row<T> {
        T of(ResultSet row) throws SQLException, IOException;
    }

    /// @return nothing before the first checkpoint
    Optional<Checkpoint.Mark> mark() throws IOException {
        return select(
                        "SELECT frame, folding_node, delay_curve, taken FROM checkpoint",
                        row ->
                                new Checkpoint.Mark(
                                        row.getLong(1),
                                        row.getString(2),
                                        delayCurve(octets(row, 3)),
                                        Instant.ofEpochSecond(row.getLong(4))))
                .stream()
                .findFirst();
    }

    private static DelayCurve delayCurve(byte[] octets) {
        return octets.length == 0 ? new DelayCurve() : DelayCurve.decode(octets);
    }

    /// Brings back the batches of late.
    void readBatchIds(BatchIds ids) throws IOException {
        select(
                "SELECT minute, digests FROM batch_id ORDER BY minute",
                row -> {
                    var digests = ByteBuffer.wrap(octets(row, 2));
                    while (digests.hasRemaining()) {
                        ids.add(
                                new BatchIds.Digest(digests.getLong(), digests.getLong()),
                                row.getLong(1));
                    }
                    return 0;
                });
    }

    /// @return a row without states where there is none
    StateRow state(String name) throws IOException {
        try {
            state.setString(1, name);
            try (var row = state.executeQuery()) {
                if (!row.next()) {
                    return StateRow.none(name);
                }
                Map<IdentityKind, byte[]> states = new EnumMap<>(IdentityKind.class);
                put(states, IdentityKind.AUTHOR, row.getBytes(1));
                put(states, IdentityKind.DKIM, row.getBytes(2));
                put(states, IdentityKind.SPF, row.getBytes(3));
                put(states, IdentityKind.ADDRESS_BLOCK, row.getBytes(4));
                return new StateRow(name, states, row.getLong(5));
            }
        } catch (SQLException e) {
            throw Database.failed("reading", e);
        }
    }

    private static void put(
            Map<IdentityKind, byte[]> states, IdentityKind kind, byte @Nullable [] octets) {
        if (octets != null) {
            states.put(kind, octets);
        }
    }

    /// What came of the last scoring.
    Optional<SubjectRow> subject(String name) throws IOException {
        try {
            subject.setString(1, name);
            try (var row = subject.executeQuery()) {
                return row.next() ? Optional.of(subjectRow(name, row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw Database.failed("reading", e);
        }
    }

    private static SubjectRow subjectRow(String name, ResultSet row)
            throws SQLException, IOException {
        byte[] published = row.getBytes(2);
        return new SubjectRow(
                name,
                row.getLong(1),
                published == null
                        ? Optional.empty()
                        : Optional.of(PublishedCodec.decode(name, published)),
                ListingMemoryCodec.decode(octets(row, 3)));
    }

    /// Subjects to be scored again up to a minute, the longest due first.
    ///
    /// @param after the last one of the page before
    List<Due> due(Due after, long minute, int limit) throws IOException {
        return select(
                """
                SELECT due, name FROM subject WHERE due <= %d AND (due, name) > (%d, ?)
                ORDER BY due, name LIMIT %d\
                """
                        .formatted(minute, after.minute(), limit),
                row -> new Due(row.getLong(1), row.getString(2)),
                after.name());
    }

    /// A subject and when it is to be scored again.
    record Due(long minute, String name) {
        static final Due FIRST = new Due(-1, "");
    }

    /// Subjects without evidence since an hour.
    List<String> idle(long beforeHour, int limit) throws IOException {
        return select(
                "SELECT subject FROM state WHERE folded < %d LIMIT %d".formatted(beforeHour, limit),
                row -> row.getString(1));
    }

    /// A page of what is published, sorted by subject.
    List<Published> published(PublishedFilter filter, String afterSubject, int limit)
            throws IOException {
        String condition =
                switch (filter) {
                    case ALL -> "";
                    case LISTED -> "listed = 1 AND ";
                    case WHITE -> "white = 1 AND ";
                };
        return select(
                """
                SELECT name, published FROM subject WHERE %s published IS NOT NULL AND name > ?
                ORDER BY name LIMIT %d\
                """
                        .formatted(condition, limit),
                row -> PublishedCodec.decode(row.getString(1), octets(row, 2)),
                afterSubject);
    }

    /// Octets of the database, free pages included.
    long octets() throws IOException {
        return select(
                        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
                        row -> row.getLong(1))
                .getFirst();
    }

    private <T> List<T> select(String sql, Row<T> read, String... parameters) throws IOException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (var rows = statement.executeQuery()) {
                var list = new ArrayList<T>();
                while (rows.next()) {
                    list.add(read.of(rows));
                }
                return list;
            }
        } catch (SQLException e) {
            throw Database.failed("reading", e);
        }
    }

    /// What is published, all of it, as of now.
    ///
    /// @return the number
    long forEachPublished(Consumer<Published> consumer) throws IOException {
        try (var statement =
                        connection.prepareStatement(
                                "SELECT name, published FROM subject WHERE published IS NOT NULL");
                var rows = statement.executeQuery()) {
            long number = 0;
            while (rows.next()) {
                consumer.accept(PublishedCodec.decode(rows.getString(1), octets(rows, 2)));
                number++;
            }
            return number;
        } catch (SQLException e) {
            throw Database.failed("reading", e);
        }
    }

    private static byte[] octets(ResultSet row, int column) throws SQLException {
        byte[] octets = row.getBytes(column);
        return octets == null ? NOTHING : octets;
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
