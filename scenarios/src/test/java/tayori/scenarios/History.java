package tayori.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What other providers saw of a sender before the test began, as they hand it in over HTTP.
final class History {
    private final List<String> evidence = new ArrayList<>();
    private final long now = Instant.now().getEpochSecond() / 3_600;

    /// Mails of one hour, and complaints of as many readers.
    History saw(String identity, int hoursAgo, int messages, int complaints) {
        var reporters = new ArrayList<String>();
        for (int i = 0; i < complaints; i++) {
            reporters.add("\"%016x\"".formatted(hoursAgo * 1_000_003L + i * 7_919L + 11));
        }
        evidence.add(
                """
                {"identity": "%s", "hour": %d, "counts": {"messages": %d, "complaints": %d}, "reporters": [%s]}
                """
                        .formatted(
                                identity,
                                now - hoursAgo,
                                messages,
                                complaints,
                                String.join(", ", reporters)));
        return this;
    }

    /// The same on each of so many days, yesterday the last.
    History sawDaily(String identity, int days, int messages) {
        for (int day = 1; day <= days; day++) {
            saw(identity, day * 24, messages, 0);
        }
        return this;
    }

    /// Hands it in.
    ///
    /// @param token the provider's key
    /// @return the status of the answer
    int handIn(int port, String token, String batch) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/evidence"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"id\": \"%s\", \"node\": \"mx1\", \"evidence\": [%s]}"
                                                .formatted(batch, String.join(",", evidence))))
                        .build();
        return send(request).statusCode();
    }

    /// What stands at an address of the interface.
    static HttpResponse<String> get(int port, String path, String token) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).GET();
        return send(
                token.isEmpty()
                        ? request.build()
                        : request.header("Authorization", "Bearer " + token).build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
