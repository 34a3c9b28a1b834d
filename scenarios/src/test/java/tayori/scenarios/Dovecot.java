package tayori.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A Dovecot of our own: Debian's programs, but configuration, mailboxes, sockets and log in a temporary folder, and nothing but
/// loopback to listen on. Every login is let in with [#PASSWORD]. The system's own instance is never looked at.
///
/// What concerns Tayori is read from `integrations/dovecot/`, the files that `docs/spam-button.md` shows.
final class Dovecot implements AutoCloseable {
    static final String PASSWORD = "secret";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path INTEGRATION = Path.of("..", "integrations", "dovecot");
    private static final String INSTALLED = "/etc/dovecot/tayori";

    private final Path folder;
    private final int port = Ports.free();
    private final Thread lastRites = new Thread(this::stop);
    private Optional<ProcessHandle> master = Optional.empty();

    private Dovecot(Path folder) {
        this.folder = folder;
    }

    /// Starts one and waits until it answers.
    ///
    /// @param tayori where complaints go, `http://…/v1/feedback`
    /// @param key what Tayori is shown
    static Dovecot start(String tayori, String key) {
        try {
            var dovecot = new Dovecot(Files.createTempDirectory("tayori-dovecot-"));
            try {
                dovecot.configure(tayori, key);
                dovecot.launch();
                return dovecot;
            } catch (IOException | RuntimeException | Error e) {
                dovecot.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void configure(String tayori, String key) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (var name : List.of("base", "state", "mail", "tayori")) {
            Files.createDirectory(folder.resolve(name));
        }
        var users = folder.getFileSystem().getUserPrincipalLookupService();
        Files.setOwner(folder.resolve("mail"), users.lookupPrincipalByName("nobody"));
        Files.writeString(folder.resolve("dovecot.conf"), surroundings());
        Files.writeString(folder.resolve("90-tayori.conf"), integration("90-tayori.conf"));

        var home = folder.resolve("tayori");
        var keyFile = home.resolve("key");
        Files.writeString(keyFile, key + "\n");
        Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-r-----"));
        Files.getFileAttributeView(keyFile, PosixFileAttributeView.class)
                .setGroup(users.lookupPrincipalByGroupName("nogroup"));
        Files.writeString(
                home.resolve("tayori-report.conf"),
                integration("tayori-report.conf")
                        .replace("https://tayori.example.jp/v1/feedback", tayori)
                        .concat("sendmail=" + program("sendmail", "echo \"$@\"; cat") + "\n"));
        program("tayori-report.sh", integration("tayori-report.sh").replaceFirst("#!.*\n", ""));
        for (var script : List.of("report-spam", "report-not-spam", "report-flag")) {
            var file = home.resolve(script + ".sieve");
            Files.writeString(file, integration(script + ".sieve"));
            run("sievec", "-c", folder.resolve("dovecot.conf").toString(), file.toString());
        }
    }

    private String integration(String file) throws IOException {
        return Files.readString(INTEGRATION.resolve(file))
                .replace(INSTALLED, folder.resolve("tayori").toString());
    }

    /// A program in the folder that Dovecot may start; what the one called `sendmail` says is kept in a file.
    private Path program(String name, String lines) throws IOException {
        var file = folder.resolve("tayori").resolve(name);
        var redirection = name.equals("sendmail") ? "exec >>" + queue() + "\n" : "";
        Files.writeString(file, "#!/bin/sh\n" + redirection + lines + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    /// Everything that keeps this instance to itself.
    private String surroundings() {
        return """
        base_dir = $FOLDER/base
        state_dir = $FOLDER/state
        instance_name = tayori-scenario
        log_path = $FOLDER/log
        ssl = no
        disable_plaintext_auth = no
        protocols = imap
        first_valid_uid = 1
        mail_location = maildir:$FOLDER/mail/%u
        service imap-login {
          inet_listener imap {
            address = 127.0.0.1
            port = $PORT
          }
          inet_listener imaps {
            port = 0
          }
        }
        passdb {
          driver = static
          args = password=$PASSWORD
        }
        userdb {
          driver = static
          args = uid=nobody gid=nogroup home=$FOLDER/mail/%u
        }
        namespace inbox {
          inbox = yes
          separator = /
          mailbox Junk {
            special_use = \\Junk
            auto = create
          }
          mailbox Trash {
            special_use = \\Trash
            auto = create
          }
        }
        !include $FOLDER/90-tayori.conf
        """
                .replace("$FOLDER", folder.toString())
                .replace("$PORT", Integer.toString(port))
                .replace("$PASSWORD", PASSWORD);
    }

    private void launch() throws IOException {
        Runtime.getRuntime().addShutdownHook(lastRites);
        // In the foreground, so that the master is our own child from the beginning.
        master =
                Optional.of(
                        new ProcessBuilder(
                                        "dovecot",
                                        "-F",
                                        "-c",
                                        folder.resolve("dovecot.conf").toString())
                                .redirectErrorStream(true)
                                .redirectOutput(folder.resolve("console").toFile())
                                .start()
                                .toHandle());
        Ports.awaitListener(port);
    }

    private void run(String... command) throws IOException {
        var console = folder.resolve("console").toFile();
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(console)
                        .start();
        try {
            if (process.waitFor() != 0) {
                throw new AssertionError(
                        List.of(command) + ": " + Files.readString(console.toPath()) + logText());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return port;
    }

    private Path queue() {
        return folder.resolve("mail/queue");
    }

    /// What was handed to the MTA: the command line, and the mail.
    List<String> queued() {
        try (Stream<String> lines =
                Files.exists(queue()) ? Files.lines(queue()) : Stream.<String>empty()) {
            return lines.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String logText() {
        var log = folder.resolve("log");
        try {
            return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the master, which ends its children, and waits for it.
    private void stop() {
        master.ifPresent(process -> {
            if (process.destroy()) {
                process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
            }
        });
        master = Optional.empty();
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(lastRites);
        } catch (IllegalStateException e) {
            // the shutdown is what called us
        }
        Folders.delete(folder);
    }
}
