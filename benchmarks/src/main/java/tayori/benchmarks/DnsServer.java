package tayori.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tayori.dns.loopback.LoopbackDnsServer;

/// The DNS that all filters ask, on loopback: unbound on port 53 where that can be had, else our own on a free port,
/// which only our own filter can be told of.
///
/// @param address `ADDRESS:PORT`
record DnsServer(String name, String address, boolean onPort53, AutoCloseable server)
        implements AutoCloseable {
    static DnsServer start(Corpus corpus, Path folder, boolean privateNetwork) throws IOException {
        if (privateNetwork && Main.onPath("unbound").isPresent()) {
            var config = folder.resolve("unbound.conf");
            Files.writeString(config, unbound(corpus));
            var process =
                    ServerProcess.start(
                            "unbound", folder, List.of("unbound", "-d", "-c", config.toString()));
            return new DnsServer("unbound", "127.0.0.1:53", true, process.awaitPort(53));
        }
        var server = LoopbackDnsServer.start(corpus.zone());
        return new DnsServer(
                "our own, in the driver", "127.0.0.1:" + server.address().getPort(), false, server);
    }

    private static String unbound(Corpus corpus) {
        var text =
                new StringBuilder(
                        """
                        server:
                          interface: 127.0.0.1
                          port: 53
                          do-daemonize: no
                          chroot: ""
                          username: ""
                          pidfile: ""
                          use-syslog: no
                          verbosity: 0
                          num-threads: 1
                          module-config: "iterator"
                          access-control: 127.0.0.0/8 allow
                          local-zone: "." static
                          local-data: '. 3600 IN SOA ns.example. root.example. 1 3600 600 86400 3600'
                          local-zone: "example." static
                          local-data: 'example. 3600 IN SOA ns.example. root.example. 1 3600 600 86400 3600'
                          local-data: '10.2.0.192.in-addr.arpa. 3600 IN PTR mail.relay.example.'
                          local-data: 'mail.relay.example. 3600 IN A 192.0.2.10'
                        """);
        corpus.texts()
                .forEach((name, value) -> {
                    text.append("  local-data: '").append(name).append(". 3600 IN TXT");
                    for (int i = 0; i < value.length(); i += 255) {
                        text.append(" \"")
                                .append(value, i, Math.min(value.length(), i + 255))
                                .append('"');
                    }
                    text.append("'\n");
                });
        for (int i = 0; i < Corpus.DOMAINS; i++) {
            String mail = "mail." + Corpus.domain(i);
            text.append("  local-data: '").append(mail).append(". 3600 IN A 192.0.2.10'\n");
            text.append("  local-data: '").append(Corpus.domain(i)).append(". 3600 IN MX 10 ");
            text.append(mail).append(".'\n");
        }
        return text.append("remote-control:\n  control-enable: no\n").toString();
    }

    @Override
    public void close() throws IOException {
        try {
            server.close();
        } catch (Exception e) {
            throw new IOException("the DNS server does not end", e);
        }
    }
}
