package tayori.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// A caching resolver as a site has one, between the mail servers and the world: Debian's unbound, at port 53 of a
/// loopback address of its own, because a C library asks no other port.
final class Unbound implements AutoCloseable {
    private final String address;
    private final ForeignServer server;

    private Unbound(String address, ForeignServer server) {
        this.address = address;
        this.server = server;
    }

    /// @param world port on 127.0.0.1 of the DNS that knows everything else
    /// @param zone whose names are asked at `nameServer`
    /// @param nameServer its port on 127.0.0.1
    static Unbound start(Path folder, int world, String zone, int nameServer) {
        String address = freeAddress();
        try {
            var file = folder.resolve("unbound.conf");
            Files.writeString(
                    file,
                    """
                    server:
                      interface: %1$s@53
                      do-daemonize: no
                      chroot: ""
                      username: ""
                      pidfile: ""
                      use-syslog: no
                      logfile: ""
                      num-threads: 1
                      module-config: "iterator"
                      access-control: 127.0.0.0/8 allow
                      do-not-query-localhost: no
                      qname-minimisation: yes
                      local-zone: "example." nodefault
                    remote-control:
                      control-enable: no
                    stub-zone:
                      name: "%2$s."
                      stub-addr: 127.0.0.1@%3$d
                    stub-zone:
                      name: "example."
                      stub-addr: 127.0.0.1@%4$d
                    """
                            .formatted(address, zone, nameServer, world));
            var server =
                    ForeignServer.start(
                            folder,
                            List.of("unbound", "-d", "-c", file.toString()),
                            () -> !Dig.ask(address, 53, "example.", "SOA").status().isEmpty());
            return new Unbound(address, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where it answers, at port 53.
    String address() {
        return address;
    }

    private static String freeAddress() {
        var random = ThreadLocalRandom.current();
        while (true) {
            String address =
                    "127."
                            + random.nextInt(1, 255)
                            + "."
                            + random.nextInt(1, 255)
                            + "."
                            + random.nextInt(1, 255);
            try (var _ =
                    new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address), 53))) {
                return address;
            } catch (SocketException e) {
                // taken: another one
            }
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
