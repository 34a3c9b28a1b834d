package tayori.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import tayori.dns.loopback.LoopbackDnsServer;
import tayori.dns.loopback.ZoneText;

/// A receiving site: a DNS to ask, programs under test and a Postfix in front. Closing it ends them all, the one that
/// started last first.
final class Town implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Path folder;
    final LoopbackDnsServer dns;

    Town() {
        try {
            folder = Files.createTempDirectory("tayori-town-");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x--x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.push(() -> Folders.delete(folder));
        dns = LoopbackDnsServer.start(ZoneText.of(Senders.ZONE));
        open.push(dns);
    }

    Path folder() {
        return folder;
    }

    /// Starts the program with this configuration; the DNS of this town is added to it.
    Tayori tayori(String name, String configuration) {
        var tayori = Tayori.serve(folder, name, withDns(configuration));
        open.push(tayori);
        return tayori;
    }

    private String withDns(String configuration) {
        String server = "127.0.0.1:" + dns.address().getPort();
        return configuration.replace("$DNS", "[\"" + server + "\"]");
    }

    Postfix postfix(Map<String, Map<String, String>> services) {
        var postfix = Postfix.start(services);
        open.push(postfix);
        return postfix;
    }

    /// The same, asking this resolver.
    Postfix postfix(Map<String, Map<String, String>> services, String resolver) {
        var postfix = Postfix.start(services, Optional.of(resolver));
        open.push(postfix);
        return postfix;
    }

    /// To be closed with the town.
    <T extends AutoCloseable> T opened(T server) {
        open.push(server);
        return server;
    }

    @Override
    public void close() {
        var failures = new ArrayDeque<Exception>();
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) { // the others must be closed all the same
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            var failure = new IllegalStateException("not everything could be closed");
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
    }
}
