package tayori.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.listen.ListenAddress;

class MetricsServerTest {
    private static final ListenAddress ANY_PORT = new ListenAddress.Tcp("127.0.0.1", 0);

    private static HttpResponse<String> ask(String method, String path) throws Exception {
        try (var server = MetricsServer.start(List.of(ANY_PORT), () -> "mails_total 3\n");
                var client = HttpClient.newHttpClient()) {
            int port = ((ListenAddress.Tcp) server.addresses().getFirst()).port();
            var request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .method(method, BodyPublishers.noBody())
                            .build();
            return client.send(request, BodyHandlers.ofString());
        }
    }

    @Test
    void aScraperGetsThePage() throws Exception {
        var response = ask("GET", "/metrics");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("mails_total 3\n");
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("text/plain; version=0.0.4; charset=utf-8");
    }

    @ParameterizedTest(name = "{0} {1} is not found")
    @CsvSource({
        "GET, /",
        "GET, /metrics/",
        "GET, /metricsx",
        "GET, /metrics/../etc/passwd",
        "POST, /metrics",
        "PUT, /metrics",
        "DELETE, /metrics",
        "OPTIONS, /metrics"
    })
    void nothingElseIsThere(String method, String path) throws Exception {
        var response = ask(method, path);
        assertThat(response.statusCode()).isIn(404, 405);
        assertThat(response.body()).doesNotContain("mails_total");
    }

    @Test
    void anAddressInUseIsNamed() throws IOException {
        try (var server = MetricsServer.start(List.of(ANY_PORT), () -> "")) {
            assertThatThrownBy(() -> MetricsServer.start(server.addresses(), () -> ""))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("metrics.listen: inet:127.0.0.1:");
        }
        assertThatThrownBy(() ->
                        MetricsServer.start(
                                List.of(new ListenAddress.Unix(Path.of("/run/m.sock"))), () -> ""))
                .hasMessageContaining("expected HOST:PORT");
    }
}
