package tayori.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The tables of a database: `NAME-1.sql` and what later versions change, one file after the other, each in a
/// transaction of its own. The files are the documentation of the columns.
///
/// @param name of the files
/// @param version the latest this program knows
record Schema(String name, int version) {
    static final Schema REPUTATION = new Schema("reputation", 1);
    static final Schema FEEDBACK = new Schema("feedback", 1);

    /// Brings a database to this program's version.
    ///
    /// @throws IOException for a database of a later version
    void migrate(Connection connection) throws SQLException, IOException {
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY)");
        }
        for (int next = check(connection) + 1; next <= version; next++) {
            apply(connection, next);
        }
    }

    /// @return the version of a database
    /// @throws IOException for a later version than this program's
    int check(Connection connection) throws SQLException, IOException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT max(version) FROM schema_version")) {
            int found = row.next() ? row.getInt(1) : 0;
            if (found > version) {
                throw new IOException(
                        "the database has schema version %d, this program knows versions up to %d: use a newer program"
                                .formatted(found, version));
            }
            return found;
        }
    }

    private void apply(Connection connection, int next) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            for (String sql : statements(next)) {
                statement.execute(sql);
            }
            statement.execute("INSERT INTO schema_version VALUES (" + next + ")");
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private List<String> statements(int next) {
        String file = name + "-" + next + ".sql";
        try (var in = Schema.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks " + file);
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
