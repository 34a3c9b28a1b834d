package tayori.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.feedback.FeedbackHub;
import tayori.reputation.EvidenceSink;
import tayori.repute.ReputeService;
import tayori.repute.ReputeSource;

/// Answers over HTTP what is known of senders, and takes in evidence. Runs from [#start] to [#close]; each request has a
/// virtual thread of its own.
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

    /// Nothing here is a page, nothing may be guessed to be one, and no page may frame it.
    private static final Map<String, String> SECURITY_HEADERS =
            Map.of(
                    "X-Content-Type-Options", "nosniff",
                    "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
                    "Referrer-Policy", "no-referrer");

    private final ApiOptions options;
    private final ApiKeys keys;
    private final RateLimiter limiter;
    private final List<Route> routes;
    private final WebServer server;

    private ApiServer(
            ApiOptions options,
            ApiKeys keys,
            ReputationAnswers answers,
            ReputeSource repute,
            EvidenceSink sink,
            Optional<FeedbackHub> feedback,
            InstantSource clock) {
        this.options = options;
        this.keys = keys;
        this.limiter = new RateLimiter(options.requestsPerSecond(), options.burst(), clock);
        var service = new ReputeService(options.rater(), repute, clock, options.openDkim());
        this.routes = Routes.of(options, answers, sink, clock, service, feedback);
        this.server =
                WebServer.builder()
                        .host(options.host())
                        .port(options.port())
                        .shutdownHook(false)
                        .featuresDiscoverServices(false)
                        .protocolsDiscoverServices(false)
                        .addProtocol(
                                Http1Config.builder()
                                        .maxHeadersSize(options.maxHeadOctets())
                                        .maxPrologueLength(options.maxHeadOctets())
                                        .build())
                        .maxPayloadSize(options.maxBodyOctets())
                        .maxTcpConnections(options.maxConnections())
                        .maxConcurrentRequests(options.maxRequests())
                        .idleConnectionTimeout(options.idleTimeout())
                        .connectionOptions(socket -> socket.readTimeout(options.readTimeout()))
                        .directHandlers(refusals())
                        .routing(routing -> routing.any(this::serve))
                        .build();
    }

    /// An interface that takes no complaints.
    public static ApiServer start(
            ApiOptions options,
            ApiKeys keys,
            ReputationAnswers answers,
            ReputeSource repute,
            EvidenceSink sink,
            InstantSource clock)
            throws IOException {
        return start(options, keys, answers, repute, sink, Optional.empty(), clock);
    }

    /// @param repute what Repute answers are made of
    /// @param sink where evidence goes; it is durable when it returns
    /// @param feedback takes what readers say
    /// @throws IOException when the address cannot be opened; the message names it
    public static ApiServer start(
            ApiOptions options,
            ApiKeys keys,
            ReputationAnswers answers,
            ReputeSource repute,
            EvidenceSink sink,
            Optional<FeedbackHub> feedback,
            InstantSource clock)
            throws IOException {
        var api = new ApiServer(options, keys, answers, repute, sink, feedback, clock);
        String why = "";
        try {
            api.server.start();
        } catch (RuntimeException e) {
            why = ": " + e.getMessage();
        }
        if (!api.server.isRunning()) { // it logs that the port is taken, and does not throw
            api.server.stop();
            throw new IOException(
                    "cannot listen on " + options.host() + ":" + options.port() + why);
        }
        return api;
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return new InetSocketAddress(options.host(), server.port());
    }

    @Override
    public void close() {
        server.stop();
    }

    // ------------------------------------------------------------------------------------------------ refusals

    /// What the library refuses before we see it, in our words: too large, malformed, too busy.
    private static DirectHandlers refusals() {
        DirectHandler handler =
                (_, type, status, _, _) -> {
                    var reply = Reply.problem(status.code(), words(type));
                    var response =
                            TransportResponse.builder()
                                    .status(status)
                                    .header(HeaderNames.CONTENT_TYPE, reply.mediaType())
                                    .keepAlive(false)
                                    .entity(reply.body().getBytes(UTF_8));
                    SECURITY_HEADERS.forEach(
                            (name, value) -> response.header(HeaderNames.create(name), value));
                    return response.build();
                };
        var handlers = DirectHandlers.builder();
        Arrays.stream(EventType.values()).forEach(type -> handlers.addHandler(type, handler));
        return handlers.build();
    }

    private static String words(EventType type) {
        return switch (type) {
            case PAYLOAD_TOO_LARGE -> "the body is larger than is taken here";
            case BAD_REQUEST -> "not a request that can be understood";
            case FORBIDDEN -> "not allowed";
            case HTTP_VERSION_NOT_SUPPORTED -> "HTTP/1.1 is spoken here";
            case INTERNAL_ERROR, OTHER -> "the request could not be answered";
        };
    }

    // ------------------------------------------------------------------------------------------------ requests

    private void serve(ServerRequest request, ServerResponse response) {
        Reply reply;
        try {
            reply = answer(request);
        } catch (RequestException e) {
            throw e; // the library's own refusal: answered by [#refusals]
        } catch (IOException e) {
            LOG.warn("a request could not be answered: {}", e.toString());
            reply = Reply.problem(503, "not now").retryAfter(Routes.STORE_AGAIN);
        } catch (RuntimeException e) {
            LOG.error("a bug: a request ended in an exception", e);
            reply = Reply.problem(500, "a bug of ours");
        }
        SECURITY_HEADERS.forEach(response::header);
        reply.headers().forEach(response::header);
        if (!reply.headers().containsKey("Expires")) {
            response.header("Cache-Control", "no-store");
        }
        response.status(Status.create(reply.status()));
        if (reply.status() == 304) {
            response.send();
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, reply.mediaType());
        response.send(reply.body().getBytes(UTF_8));
    }

    private Reply answer(ServerRequest request) throws IOException {
        String authorization = header(request, HeaderNames.AUTHORIZATION);
        var key = keys.find(authorization);
        var wait =
                limiter.ask(
                        key.map(known -> "key " + known.name()).orElseGet(() -> client(request)));
        if (wait.isPresent()) {
            return Reply.problem(429, "too many requests").retryAfter(wait.get());
        }
        var segments = segments(request.path().rawPath());
        if (segments.isEmpty()) {
            return Reply.problem(400, "not a path that can be understood");
        }
        var allowed = new ArrayList<String>();
        for (var route : routes) {
            var parameters = route.match(segments.get());
            if (parameters.isPresent()) {
                if (route.method().equals(request.prologue().method().text())) {
                    return open(route, parameters.get(), key, request);
                }
                allowed.add(route.method());
            }
        }
        return allowed.isEmpty()
                ? Reply.problem(404, "there is nothing here")
                : Reply.problem(405, "another method is needed")
                        .with("Allow", String.join(", ", allowed));
    }

    private Reply open(
            Route route, Map<String, String> path, Optional<ApiKey> key, ServerRequest request)
            throws IOException {
        if (route.scope().isPresent() && key.isEmpty()) {
            return Reply.problem(401, "a key is needed").with("WWW-Authenticate", "Bearer");
        }
        if (route.scope().isPresent() && !key.get().opens(route.scope().get())) {
            return Reply.problem(403, "this key does not open this")
                    .with("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
        }
        var parameters = new LinkedHashMap<>(path);
        for (var parameter : route.query()) {
            var values = request.query().all(parameter.name(), List::of);
            if (values.size() > 1) {
                return Reply.problem(400, parameter.name() + ": given more than once");
            }
            if (!values.isEmpty() && !values.getFirst().isEmpty()) {
                parameters.put(parameter.name(), values.getFirst());
            }
        }
        byte[] body = {};
        if (route.body().isPresent()) {
            if (!mediaType(request).equals(route.body().get())) {
                return Reply.problem(415, "expected " + route.body().get());
            }
            body = request.content().inputStream().readNBytes(options.maxBodyOctets() + 1);
            if (body.length > options.maxBodyOctets()) {
                return Reply.problem(413, words(EventType.PAYLOAD_TOO_LARGE));
            }
        }
        return route.handler()
                .answer(
                        new Request(
                                parameters, key, body, header(request, HeaderNames.IF_NONE_MATCH)));
    }

    private static String client(ServerRequest request) {
        return request.remotePeer().address() instanceof InetSocketAddress peer
                ? "client " + peer.getAddress().getHostAddress()
                : "client unknown";
    }

    private static String header(ServerRequest request, HeaderName name) {
        return request.headers().first(name).orElse("");
    }

    private static String mediaType(ServerRequest request) {
        String type = header(request, HeaderNames.CONTENT_TYPE);
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon))
                .strip()
                .toLowerCase(java.util.Locale.ROOT);
    }

    /// The segments of a path, each decoded by itself, so that an encoded slash does not make two of one.
    private static Optional<List<String>> segments(String rawPath) {
        var segments = new ArrayList<String>();
        try {
            for (String segment : rawPath.substring(1).split("/", -1)) {
                segments.add(URLDecoder.decode(segment.replace("+", "%2B"), UTF_8));
            }
            return Optional.of(segments);
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }
}
