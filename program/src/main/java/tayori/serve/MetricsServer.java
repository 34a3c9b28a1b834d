package tayori.serve;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import tayori.listen.ListenAddress;

/// Answers `GET /metrics` in the text format of Prometheus, and nothing else.
final class MetricsServer implements AutoCloseable {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final List<HttpServer> servers = new ArrayList<>();

    private MetricsServer() {}

    /// @throws IOException when an address cannot be opened; the message names it
    static MetricsServer start(List<ListenAddress> addresses, Supplier<String> page)
            throws IOException {
        var metrics = new MetricsServer();
        for (var address : addresses) {
            if (!(address instanceof ListenAddress.Tcp(var host, int port))) {
                throw new IOException("metrics.listen: " + address + ": expected HOST:PORT");
            }
            try {
                var server = HttpServer.create(new InetSocketAddress(host, port), 16);
                metrics.servers.add(server);
                server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
                server.createContext(
                        "/metrics",
                        exchange -> {
                            try (exchange) {
                                boolean found =
                                        exchange.getRequestMethod().equals("GET")
                                                && exchange.getRequestURI()
                                                        .getPath()
                                                        .equals("/metrics");
                                byte[] body =
                                        (found ? page.get() : "").getBytes(StandardCharsets.UTF_8);
                                exchange.getResponseHeaders().set("Content-Type", TEXT);
                                exchange.sendResponseHeaders(
                                        found ? 200 : 404, body.length == 0 ? -1 : body.length);
                                exchange.getResponseBody().write(body);
                            }
                        });
                server.start();
            } catch (IOException e) {
                metrics.close();
                throw new IOException("metrics.listen: " + address + ": " + e.getMessage(), e);
            }
        }
        return metrics;
    }

    List<ListenAddress> addresses() {
        return servers.stream()
                .map(HttpServer::getAddress)
                .<ListenAddress>map(bound ->
                        new ListenAddress.Tcp(bound.getAddress().getHostAddress(), bound.getPort()))
                .toList();
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
    }
}
