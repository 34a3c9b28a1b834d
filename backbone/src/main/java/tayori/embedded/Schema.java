package tayori.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The tables of the database: `schema-1.sql` and what later versions change, one file after the other, each in a
/// transaction of its own. The files are the documentation of the columns.
final class Schema {
    /// The version this program knows.
    static final int VERSION = 1;

    private Schema() {}

    /// Brings a database to this program's version.
    ///
    /// @throws IOException for a database of a later version
    static void migrate(Connection connection) throws SQLException, IOException {
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY)");
        }
        for (int version = check(connection) + 1; version <= VERSION; version++) {
            apply(connection, version);
        }
    }

    /// @return the version of a database
    /// @throws IOException for a later version than this program's
    static int check(Connection connection) throws SQLException, IOException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT max(version) FROM schema_version")) {
            int version = row.next() ? row.getInt(1) : 0;
            if (version > VERSION) {
                throw new IOException(
                        "the database has schema version %d, this program knows versions up to %d: use a newer program"
                                .formatted(version, VERSION));
            }
            return version;
        }
    }

    private static void apply(Connection connection, int version) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            for (String sql : statements(version)) {
                statement.execute(sql);
            }
            statement.execute("INSERT INTO schema_version VALUES (" + version + ")");
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static List<String> statements(int version) {
        String name = "schema-" + version + ".sql";
        try (var in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks " + name);
            }
            var statements = new ArrayList<String>();
            var statement = new StringBuilder();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.strip().startsWith("--")) {
                    continue;
                }
                statement.append(line).append('\n');
                if (line.endsWith(";")) {
                    statements.add(statement.toString());
                    statement.setLength(0);
                }
            }
            return statements;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
