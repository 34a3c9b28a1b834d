package tayori.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Debian's rspamd with the lines of `integrations/rspamd/`, and nothing else but its DKIM.
final class Rspamd implements AutoCloseable {
    private static final Path INTEGRATION = Path.of("..", "integrations", "rspamd", "rbl.conf");

    private final int port;
    private final ForeignServer server;

    private Rspamd(int port, ForeignServer server) {
        this.port = port;
        this.server = server;
    }

    /// @param resolver address of a resolver at port 53
    /// @param zone what `rep.example.org` in the file of the integration stands for
    static Rspamd start(Path parent, String resolver, String zone) {
        int port = Ports.free();
        try {
            var folder = Files.createDirectory(parent.resolve("rspamd"));
            var file = folder.resolve("rspamd.conf");
            Files.writeString(
                    file,
                    """
                    options {
                      pidfile = "%1$s/pid"; filters = "dkim"; temp_dir = "%1$s"; dynamic_conf = "%1$s/dynamic";
                      control_socket = "%1$s/control mode=0600"; hs_cache_dir = "%1$s"; history_file = "%1$s/history";
                      stats_file = "%1$s/stats"; url_tld = "/usr/share/rspamd/effective_tld_names.dat"; local_addrs = [];
                      dns { nameserver = ["%2$s:53"]; timeout = 5s; retransmits = 2; }
                    }
                    logging { type = "file"; filename = "%1$s/log"; level = "info"; }
                    modules { path = "/usr/share/rspamd/plugins/"; fallback_path = "/usr/share/rspamd/lua"; }
                    worker "normal" { bind_socket = "127.0.0.1:%3$d"; count = 1; }
                    metric { name = "default"; actions { reject = 1500; } unknown_weight = 1; }
                    dkim { sign_networks = []; }
                    rbl {
                    %4$s
                    }
                    """
                            .formatted(
                                    folder,
                                    resolver,
                                    port,
                                    Files.readString(INTEGRATION)
                                            .replace("rep.example.org", zone)));
            var server =
                    ForeignServer.start(
                            folder,
                            List.of(
                                    "rspamd",
                                    "-i",
                                    "-f",
                                    "-u",
                                    "root",
                                    "-g",
                                    "root",
                                    "-c",
                                    file.toString(),
                                    "--var=DBDIR=" + folder,
                                    "--var=RUNDIR=" + folder,
                                    "--var=LOGDIR=" + folder),
                            () -> Ports.answers(port));
            return new Rspamd(port, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What it says of a letter: JSON with a member for each symbol.
    String check(Letter letter) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/checkv2"))
                        .header("IP", "192.0.2.10")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(letter.octets()))
                        .build();
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
