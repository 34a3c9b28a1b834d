package tayori.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tayori.listen.ListenAddress;
import tayori.milter.client.MailField;

/// The filters that can be measured: ours as `./tayori serve` starts it, and others with nothing but SPF, DKIM, DMARC and
/// ARC switched on. All ask the same DNS server.
final class Filters {
    private static final String RECEIVER = "mx.receiver.example";
    private static final int TAYORI_PORT = 8891;
    private static final int RSPAMD_PORT = 11332;

    /// A filter that runs: one process, or a chain that a mail goes through.
    record Running(String name, List<ServerProcess> processes, List<ListenAddress> chain)
            implements AutoCloseable {
        double cpuSeconds() throws IOException {
            double sum = 0;
            for (var process : processes) {
                sum += process.cpuSeconds();
            }
            return sum;
        }

        double memoryMib() throws IOException {
            double sum = 0;
            for (var process : processes) {
                sum += process.memoryMib();
            }
            return sum;
        }

        /// What the filter said about a mail with one method: `pass`, or nothing.
        String said(Corpus.Mail mail, String method) throws IOException {
            for (MailField field : MilterLoad.send(chain, mail).message().header()) {
                if (field.name().equalsIgnoreCase("Authentication-Results")) {
                    String word = word(field.value(), method + "=");
                    if (!word.isEmpty()) {
                        return word;
                    }
                }
            }
            return "";
        }

        private static String word(String text, String start) {
            int at = text.indexOf(start);
            while (at > 0 && Character.isLetter(text.charAt(at - 1))) {
                at = text.indexOf(start, at + 1);
            }
            if (at < 0) {
                return "";
            }
            int end = at + start.length();
            while (end < text.length() && Character.isLetter(text.charAt(end))) {
                end++;
            }
            return text.substring(at + start.length(), end);
        }

        @Override
        public void close() {
            processes.forEach(ServerProcess::close);
        }
    }

    private final Path home;
    private final Path folder;
    private final String resolver;

    /// @param home the checkout, where `tayori` lies
    /// @param folder for configurations, sockets and logs
    /// @param resolver `ADDRESS:PORT`; port 53 for all filters but ours
    Filters(Path home, Path folder, String resolver) {
        this.home = home;
        this.folder = folder;
        this.resolver = resolver;
    }

    Running start(String name) throws IOException {
        return switch (name) {
            case "tayori" -> tayori();
            case "rspamd" -> rspamd();
            case "opendkim" -> opendkim();
            default ->
                    throw new IllegalArgumentException(
                            "no filter " + name + "; known: tayori rspamd opendkim");
        };
    }

    static boolean isInstalled(String name) {
        return switch (name) {
            case "rspamd" -> Main.onPath("rspamd").isPresent();
            case "opendkim" ->
                    Main.onPath("opendkim").isPresent() && Main.onPath("opendmarc").isPresent();
            default -> true;
        };
    }

    private Running tayori() throws IOException {
        var config = folder.resolve("tayori.yaml");
        Files.writeString(
                config,
                """
                dns: {servers: ["%s"]}
                milter: {listen: ["127.0.0.1:%d"]}
                receiver: {authservId: %s}
                """
                        .formatted(resolver, TAYORI_PORT, RECEIVER));
        var process =
                ServerProcess.start(
                        "tayori",
                        folder,
                        List.of(
                                home.resolve("tayori").toString(),
                                "serve",
                                "--config",
                                config.toString()));
        return tcp("tayori", process, TAYORI_PORT);
    }

    private Running rspamd() throws IOException {
        var data = Files.createDirectories(folder.resolve("rspamd-data"));
        var config = folder.resolve("rspamd.conf");
        Files.writeString(
                config,
                """
                options {
                  pidfile = "%1$s/pid"; temp_dir = "%1$s"; dynamic_conf = "%1$s/dynamic"; hs_cache_dir = "%1$s";
                  history_file = "%1$s/history"; stats_file = "%1$s/stats"; control_socket = "%1$s/control mode=0600";
                  filters = "dkim"; local_addrs = ["127.0.0.0/8"]; map_watch_interval = 5min;
                  url_tld = "/usr/share/rspamd/effective_tld_names.dat";
                  dns { nameserver = ["%2$s"]; timeout = 1s; retransmits = 2; }
                }
                logging { type = "file"; filename = "%1$s/log"; level = "error"; }
                modules { path = "/usr/share/rspamd/plugins/"; fallback_path = "/usr/share/rspamd/lua"; }
                worker "rspamd_proxy" {
                  bind_socket = "127.0.0.1:%3$d"; milter = yes; timeout = 120s; count = 2;
                  upstream "local" { default = yes; self_scan = yes; hosts = "localhost"; }
                }
                metric { name = "default"; actions { reject = 1500; } unknown_weight = 0; }
                spf { }
                dkim { sign_networks = []; }
                arc { sign_networks = []; sign_inbound = false; sign_local = false; sign_authenticated = false; }
                dmarc { reporting { enabled = false; } }
                milter_headers {
                  use = ["authentication-results"]; skip_local = false; skip_authenticated = false;
                  authenticated_headers = ["authentication-results"]; local_headers = ["authentication-results"];
                  routines { authentication-results { hostname = "%4$s"; } }
                }
                """
                        .formatted(data, resolver, RSPAMD_PORT, RECEIVER));
        var process =
                ServerProcess.start(
                        "rspamd",
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
                                config.toString(),
                                "--var=DBDIR=" + data,
                                "--var=RUNDIR=" + data,
                                "--var=LOGDIR=" + data));
        return tcp("rspamd", process, RSPAMD_PORT);
    }

    private static Running tcp(String name, ServerProcess process, int port) throws IOException {
        return new Running(
                name,
                List.of(process.awaitPort(port)),
                List.of(ListenAddress.parse("127.0.0.1:" + port)));
    }

    /// One behind the other, over Unix sockets: over TCP libmilter waits 40 ms for each mail (Nagle and delayed ACK).
    private Running opendkim() throws IOException {
        var dkimSocket = folder.resolve("opendkim.sock");
        var dmarcSocket = folder.resolve("opendmarc.sock");
        var dkim = folder.resolve("opendkim.conf");
        Files.writeString(
                dkim,
                """
                Mode v
                Socket local:%s
                Syslog no
                Background no
                AuthservID %s
                AlwaysAddARHeader yes
                Nameservers 127.0.0.1
                On-Default accept
                MaximumSignedBytes 0
                """
                        .formatted(dkimSocket, RECEIVER));
        var dmarc = folder.resolve("opendmarc.conf");
        Files.writeString(
                dmarc,
                """
                Socket local:%s
                Syslog false
                Background false
                AuthservID %s
                TrustedAuthservIDs %s
                SPFIgnoreResults true
                SPFSelfValidate true
                RejectFailures false
                """
                        .formatted(dmarcSocket, RECEIVER, RECEIVER));
        var processes = new ArrayList<ServerProcess>();
        processes.add(
                ServerProcess.start(
                                "opendkim",
                                folder,
                                List.of("opendkim", "-f", "-x", dkim.toString()))
                        .awaitFile(dkimSocket));
        processes.add(
                ServerProcess.start(
                                "opendmarc",
                                folder,
                                List.of("opendmarc", "-f", "-c", dmarc.toString()))
                        .awaitFile(dmarcSocket));
        return new Running(
                "opendkim+opendmarc",
                processes,
                List.of(
                        ListenAddress.parse("unix:" + dkimSocket),
                        ListenAddress.parse("unix:" + dmarcSocket)));
    }
}
