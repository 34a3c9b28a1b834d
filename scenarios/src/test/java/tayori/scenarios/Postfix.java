package tayori.scenarios;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// A Postfix of our own: Debian's programs, but configuration, queue, mailboxes and log in a temporary folder, and
/// nothing but loopback to listen on or to send to; `smtpd` and `cleanup` in their chroot, as on Debian. The system's own instance is never looked at.
///
/// Several `smtpd` stand in one `master.cf`, each with settings of its own, so that one start serves a whole test class.
/// What concerns Tayori is read from `integrations/postfix/`, the files that `docs/postfix.md` shows.
final class Postfix implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path INTEGRATION = Path.of("..", "integrations", "postfix");
    private static final String NOBODY = "65534";

    private final Path folder;
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<Path, Delivered> read = new ConcurrentHashMap<>();
    private final Thread lastRites = new Thread(this::stop);
    private Optional<ProcessHandle> master = Optional.empty();

    /// @param services a name for each `smtpd`, and its settings that differ from those of the others
    private Postfix(Path folder, Map<String, Map<String, String>> services) {
        this.folder = folder;
        for (var name : services.keySet()) {
            ports.put(name, Ports.free());
        }
    }

    /// Starts one and waits until it answers.
    ///
    /// @param services a name for each `smtpd`, and what is set for it alone; the address of its milter at least
    static Postfix start(Map<String, Map<String, String>> services) {
        return start(services, Optional.empty());
    }

    /// The same, asking this resolver (at port 53) instead of the machine's.
    static Postfix start(Map<String, Map<String, String>> services, Optional<String> resolver) {
        try {
            var folder = Files.createTempDirectory("tayori-postfix-");
            var postfix = new Postfix(folder, services);
            try {
                postfix.configure(services);
                if (resolver.isPresent()) {
                    postfix.ask(resolver.get());
                }
                postfix.launch();
                return postfix;
            } catch (IOException | RuntimeException | Error e) {
                postfix.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The lines that a file of `integrations/postfix/` shows, without comments.
    static Map<String, String> lines(String file) {
        var lines = new LinkedHashMap<String, String>();
        try {
            for (String line : Files.readAllLines(INTEGRATION.resolve(file))) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    int equals = line.indexOf('=');
                    lines.put(
                            line.substring(0, equals).strip(), line.substring(equals + 1).strip());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    private void configure(Map<String, Map<String, String>> services) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        UserPrincipalLookupService users = folder.getFileSystem().getUserPrincipalLookupService();
        for (var name : List.of("conf", "queue", "data", "mail")) {
            Files.createDirectory(folder.resolve(name));
        }
        Files.setOwner(folder.resolve("data"), users.lookupPrincipalByName("postfix"));
        Files.setOwner(folder.resolve("mail"), users.lookupPrincipalByName("nobody"));
        var main = new LinkedHashMap<>(lines("main.cf"));
        main.putAll(surroundings());
        var text = new StringBuilder();
        main.forEach((name, value) -> text.append(name).append(" = ").append(value).append('\n'));
        Files.writeString(conf("main.cf"), text);
        Files.writeString(conf("master.cf"), master(services));
        Files.writeString(
                conf("header_checks"),
                Files.readString(INTEGRATION.resolve("header_checks"))
                        .replace("mx\\.example\\.org", "mx\\.receiver\\.example"));
    }

    /// Within its chroot the C library of `smtpd` reads this file and no other.
    private void ask(String resolver) throws IOException {
        var file = folder.resolve("queue/etc/resolv.conf");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "nameserver " + resolver + "\n");
    }

    private Path conf(String name) {
        return folder.resolve("conf").resolve(name);
    }

    /// Everything that keeps this instance to itself.
    private Map<String, String> surroundings() {
        return Map.ofEntries(
                Map.entry("compatibility_level", "3.6"),
                Map.entry("queue_directory", folder.resolve("queue").toString()),
                Map.entry("data_directory", folder.resolve("data").toString()),
                Map.entry("command_directory", "/usr/sbin"),
                Map.entry("daemon_directory", "/usr/lib/postfix/sbin"),
                Map.entry("mail_owner", "postfix"),
                Map.entry("setgid_group", "postdrop"),
                Map.entry("maillog_file", log().toString()),
                Map.entry("maillog_file_prefixes", folder.toString()),
                Map.entry("myhostname", "mx.receiver.example"),
                Map.entry("mydestination", ""),
                Map.entry("mynetworks", "127.0.0.0/8"),
                Map.entry("inet_interfaces", "127.0.0.1"),
                Map.entry("local_recipient_maps", ""),
                Map.entry("alias_maps", ""),
                Map.entry("alias_database", ""),
                Map.entry("default_transport", "error:nothing leaves this machine"),
                Map.entry("virtual_mailbox_domains", "receiver.example"),
                Map.entry("virtual_mailbox_maps", "static:box/"),
                Map.entry("virtual_mailbox_base", folder.resolve("mail").toString()),
                Map.entry("virtual_mailbox_limit", "0"),
                Map.entry("virtual_minimum_uid", "100"),
                Map.entry("virtual_uid_maps", "static:" + NOBODY),
                Map.entry("virtual_gid_maps", "static:" + NOBODY),
                Map.entry("message_size_limit", "30000000"),
                Map.entry("smtpd_recipient_restrictions", "reject_unauth_destination"),
                Map.entry("smtpd_authorized_xclient_hosts", "127.0.0.0/8"),
                Map.entry("smtpd_peername_lookup", "no"),
                Map.entry("smtpd_tls_security_level", "none"));
    }

    private String master(Map<String, Map<String, String>> services) {
        var text = new StringBuilder();
        services.forEach((name, settings) -> {
            text.append("127.0.0.1:").append(ports.get(name)).append(" inet n - y - - smtpd\n");
            settings.forEach((key, value) ->
                    text.append("  -o { ").append(key).append(" = ").append(value).append(" }\n"));
        });
        return text
                + """
                pickup     unix       n - n 60    1 pickup
                cleanup    unix       n - y -     0 cleanup
                guarded    unix       n - y -     0 cleanup
                  -o { header_checks = regexp:$GUARD }
                qmgr       unix       n - n 300   1 qmgr
                rewrite    unix       - - n -     - trivial-rewrite
                bounce     unix       - - n -     0 bounce
                defer      unix       - - n -     0 bounce
                trace      unix       - - n -     0 bounce
                anvil      unix       - - n -     1 anvil
                error      unix       - - n -     - error
                flush      unix       n - n 1000? 0 flush
                retry      unix       - - n -     - error
                virtual    unix       - n n -     - virtual
                showq      unix       n - n -     - showq
                postlog    unix-dgram n - n -     1 postlogd
                proxymap   unix       - - n -     - proxymap
                proxywrite unix       - - n -     1 proxymap
                tlsmgr     unix       - - n 1000? 1 tlsmgr
                """
                        .replace("$GUARD", conf("header_checks").toString());
    }

    private void launch() throws IOException {
        Runtime.getRuntime().addShutdownHook(lastRites);
        var console = folder.resolve("console").toFile();
        var process =
                new ProcessBuilder("postfix", "-c", conf("").toString(), "start")
                        .redirectErrorStream(true)
                        .redirectOutput(console)
                        .start();
        try {
            if (process.waitFor() != 0) {
                throw new AssertionError(
                        "Postfix does not start: "
                                + Files.readString(console.toPath())
                                + logText());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        var pid = Files.readString(folder.resolve("queue/pid/master.pid")).strip();
        master = ProcessHandle.of(Long.parseLong(pid));
        for (int port : ports.values()) {
            Ports.awaitListener(port);
        }
    }

    /// The folder for Tayori's socket as docs/postfix.md describes it: within the queue directory, where a Postfix in
    /// its chroot can see it, and with Postfix' group on all that is made in it.
    Path socketFolder() {
        var sockets = folder.resolve("queue/tayori");
        try {
            Files.createDirectory(sockets);
            var group =
                    sockets.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByGroupName("postfix");
            Files.getFileAttributeView(sockets, PosixFileAttributeView.class).setGroup(group);
            Files.setAttribute(sockets, "unix:mode", 0_2750);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sockets;
    }

    int port(String service) {
        var port = ports.get(service);
        if (port == null) {
            throw new IllegalArgumentException("no smtpd is called " + service);
        }
        return port;
    }

    /// Waits for the one mail for this recipient.
    Delivered delivered(String recipient) {
        return await("mail for " + recipient)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> inbox(recipient), mails -> !mails.isEmpty())
                .getFirst();
    }

    /// What has been delivered to this recipient.
    List<Delivered> inbox(String recipient) {
        var arrived = folder.resolve("mail/box/new");
        if (!Files.isDirectory(arrived)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(arrived)) {
            return files.sorted()
                    .map(file -> read.computeIfAbsent(file, Postfix::read))
                    .filter(mail -> mail.all("Delivered-To").contains(recipient))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Delivered read(Path file) {
        try {
            return Delivered.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Mails that lie in this queue (`hold`, `deferred`, `incoming`, `active`), as queue identifiers.
    List<String> queue(String name) {
        try (Stream<Path> files = Files.walk(folder.resolve("queue").resolve(name))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until nothing is on its way any more, so that what is not delivered now never will be.
    void awaitEmptyQueue() {
        await("an empty queue")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() ->
                        Stream.of("maildrop", "incoming", "active", "deferred")
                                .allMatch(name -> queue(name).isEmpty()));
    }

    /// Lets a held mail go, as an operator does.
    void release(String queueId) {
        command("postsuper", "-c", conf("").toString(), "-H", queueId);
        command("postqueue", "-c", conf("").toString(), "-i", queueId);
    }

    /// Tries again at once what it could not hand over.
    void flush() {
        command("postqueue", "-c", conf("").toString(), "-f");
    }

    /// Hands mail over by LMTP, too, with these lines for `main.cf`. To be called before the first mail.
    void alsoLmtp(Map<String, String> settings) {
        var folderOfSettings = conf("").toString();
        settings.forEach((name, value) ->
                command("postconf", "-c", folderOfSettings, "-e", name + "=" + value));
        command("postconf", "-c", folderOfSettings, "-M", "lmtp/unix=lmtp unix - - n - - lmtp");
        command("postfix", "-c", folderOfSettings, "reload");
        await("the service lmtp")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(folder.resolve("queue/private/lmtp")));
    }

    private static void command(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(List.of(command) + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path log() {
        return folder.resolve("log");
    }

    String logText() {
        try {
            return Files.exists(log()) ? Files.readString(log(), StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the master, which ends its children, and waits for it.
    private void stop() {
        master.ifPresent(process -> {
            if (process.destroy()) {
                process.onExit()
                        .orTimeout(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                        .join();
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
