package tayori.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Supplier;
import tayori.reputation.EvidenceBatch;
import tayori.reputation.EvidenceSink;

/// Hands evidence to a reputation operator on another machine: `POST /v1/evidence`. One try for each call; whoever calls
/// keeps the batch and comes again, under the same id.
public final class HttpEvidenceSink implements EvidenceSink, AutoCloseable {
    /// Until the connection stands.
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /// Until the answer is there.
    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder()
                    .connectTimeout(CONNECT_TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final URI target;
    private final Supplier<String> token;

    /// @param operator address of the interface, as `https://reputation.example/`
    /// @param token the provider's key; asked for each time, so that it can be changed while we run
    /// @throws IllegalArgumentException where the address is none, or the key would travel in the clear
    public HttpEvidenceSink(URI operator, Supplier<String> token) {
        this.target = checked(operator).resolve("v1/evidence");
        this.token = token;
    }

    /// An address to which a key may be sent: https, or a loopback address. A name does not count as loopback, whatever
    /// it leads to today; `localhost` does (RFC 6761 §6.3).
    ///
    /// @return ends with a slash
    /// @throws IllegalArgumentException with a reason for people
    public static URI checked(URI operator) {
        String scheme = String.valueOf(operator.getScheme());
        String host = operator.getHost();
        if (host == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new IllegalArgumentException(operator + ": expected https://HOST[:PORT]/");
        }
        if (operator.getRawUserInfo() != null
                || operator.getRawQuery() != null
                || operator.getRawFragment() != null) {
            throw new IllegalArgumentException("only scheme, host, port and path may stand here");
        }
        if (scheme.equals("http") && !isLoopback(host)) {
            throw new IllegalArgumentException(
                    operator + ": a key is sent over https only, but to a loopback address");
        }
        String text = operator.toString();
        return URI.create(text.endsWith("/") ? text : text + "/");
    }

    private static boolean isLoopback(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(
                            host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
                    .isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    @Override
    public void accept(EvidenceBatch batch) throws IOException {
        var request =
                HttpRequest.newBuilder(target)
                        .timeout(ANSWER_TIMEOUT)
                        .header("Authorization", "Bearer " + token.get())
                        .header("Content-Type", Reply.JSON)
                        .POST(HttpRequest.BodyPublishers.ofString(EvidenceJson.write(batch)))
                        .build();
        try {
            int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 202) {
                throw new IOException(target + " answered " + status + " to a batch of evidence");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while handing in evidence", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
