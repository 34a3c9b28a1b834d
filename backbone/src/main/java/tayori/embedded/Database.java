package tayori.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// How the SQLite file is opened: a write-ahead log, so that readers, also of other processes, never wait; and every commit
/// on the disk before it returns.
final class Database {
    static final String REPUTATION = "reputation.sqlite";
    static final String FEEDBACK = "feedback.sqlite";

    /// Longest wait for another process, such as one that takes a backup.
    private static final int BUSY_TIMEOUT_MS = 10_000;

    /// Pages kept in memory by the connection that writes. Unit: KiB.
    private static final int WRITER_CACHE_KIB = 64 << 10;

    /// The same for each connection that reads.
    private static final int READER_CACHE_KIB = 8 << 10;

    /// To what SQLite shortens its own log after it was used up. Unit: octets.
    private static final int JOURNAL_OCTETS = 64 << 20;

    private Database() {}

    /// Opens the database for writing, makes it if it is not there, and brings its tables up to date.
    static Connection openForWriting(Path file, Schema schema) throws IOException, SQLException {
        PrivateFiles.createFile(file); // SQLite gives its other files the same permissions
        var config = config(WRITER_CACHE_KIB);
        config.setJournalSizeLimit(JOURNAL_OCTETS);
        return checked(
                config.createConnection("jdbc:sqlite:" + file),
                connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.execute(
                                "PRAGMA auto_vacuum = INCREMENTAL"); // before anything is written
                        statement.execute("PRAGMA journal_mode = WAL");
                    }
                    schema.migrate(connection);
                });
    }

    /// Opens the database for reading only.
    static Connection openForReading(Path file, Schema schema) throws IOException, SQLException {
        if (!Files.exists(file)) {
            throw new IOException("no " + file.getFileName() + " in " + file.getParent());
        }
        var config = config(READER_CACHE_KIB);
        config.setReadOnly(true);
        return checked(config.createConnection("jdbc:sqlite:" + file), schema::check);
    }

    /// What callers hear of trouble with the file: a full disk, a damaged page.
    static IOException failed(String doing, SQLException cause) {
        return new IOException(doing + " the database failed: " + cause.getMessage(), cause);
    }

    private static SQLiteConfig config(int cacheKib) {
        var config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.setSynchronous(SynchronousMode.FULL);
        config.setCacheSize(-cacheKib);
        return config;
    }

    @FunctionalInterface
    private interface Check {
        void check(Connection connection) throws SQLException, IOException;
    }

    private static Connection checked(Connection connection, Check check)
            throws SQLException, IOException {
        try {
            check.check(connection);
            return connection;
        } catch (SQLException | IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }
}
