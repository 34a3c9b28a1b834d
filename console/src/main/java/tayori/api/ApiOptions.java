package tayori.api;

import java.time.Duration;

/// How the interface listens, and what it puts up with.
///
/// @param host loopback unless said otherwise: what stands before it ends TLS
/// @param port 0 for any that is free
/// @param rater our name in reputons (RFC 7071 §3.1 `rater`): the operator's domain
/// @param https whether clients reach us by https too, so that the Repute template offers it
/// @param openDkim whether to answer Repute so that OpenDKIM's client understands it
/// @param maxBodyOctets largest request body; one more octet is 413
/// @param maxHeadOctets largest header section of a request, and largest request line
/// @param requestsPerSecond each key may ask on average; a client without a key by its address; one more is 429
/// @param burst requests that may come at once
/// @param maxConnections open at a time; one more waits
/// @param maxRequests in work at a time; one more is 503
/// @param readTimeout longest silence inside a request
/// @param idleTimeout longest silence between requests
public record ApiOptions(
        String host,
        int port,
        String rater,
        boolean https,
        boolean openDkim,
        int maxBodyOctets,
        int maxHeadOctets,
        double requestsPerSecond,
        int burst,
        int maxConnections,
        int maxRequests,
        Duration readTimeout,
        Duration idleTimeout) {
    public static final ApiOptions DEFAULTS =
            new ApiOptions(
                    "127.0.0.1",
                    8070,
                    "localhost",
                    false,
                    false,
                    4 << 20,
                    16 << 10,
                    50,
                    200,
                    1_000,
                    500,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2));

    public ApiOptions {
        if (maxBodyOctets < 1 || maxHeadOctets < 1 || burst < 1 || !(requestsPerSecond > 0)) {
            throw new IllegalArgumentException("limits are positive");
        }
    }

    /// The same at another port.
    public ApiOptions withPort(int other) {
        return new ApiOptions(
                host,
                other,
                rater,
                https,
                openDkim,
                maxBodyOctets,
                maxHeadOctets,
                requestsPerSecond,
                burst,
                maxConnections,
                maxRequests,
                readTimeout,
                idleTimeout);
    }
}
