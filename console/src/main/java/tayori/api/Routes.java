package tayori.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tayori.api.ReputationAnswers.Listing;
import tayori.api.Route.Parameter;
import tayori.dns.ALabels;
import tayori.feedback.FeedbackHub;
import tayori.reputation.EvidenceBatch;
import tayori.reputation.EvidenceSink;
import tayori.reputation.Identity;
import tayori.reputation.Published;
import tayori.repute.ReputeQuery;
import tayori.repute.ReputeReply;
import tayori.repute.ReputeService;
import tayori.repute.ReputeTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Everything that can be asked, in one list.
final class Routes {
    /// How long a client may keep the template (RFC 7072 §3.2).
    static final Duration TEMPLATE_LIFE = Duration.ofDays(1);

    /// Entries on a page where nobody says how many, and the most there can be.
    static final int PAGE = 100;

    static final int MAX_PAGE = 1_000;

    /// When to come again after evidence could not be stored.
    static final Duration STORE_AGAIN = Duration.ofSeconds(10);

    private final ApiOptions options;
    private final ReputationAnswers answers;
    private final EvidenceSink sink;
    private final InstantSource clock;
    private final ReputeService repute;
    private final SeenBatches seen = new SeenBatches();

    private Routes(
            ApiOptions options,
            ReputationAnswers answers,
            EvidenceSink sink,
            InstantSource clock,
            ReputeService repute) {
        this.options = options;
        this.answers = answers;
        this.sink = sink;
        this.clock = clock;
        this.repute = repute;
    }

    /// @param feedback takes what readers say; absent where no complaints are taken
    static List<Route> of(
            ApiOptions options,
            ReputationAnswers answers,
            EvidenceSink sink,
            InstantSource clock,
            ReputeService repute,
            Optional<FeedbackHub> feedback) {
        var routes = new Routes(options, answers, sink, clock, repute);
        var all =
                List.of(
                        routes.template(),
                        routes.reputons(),
                        routes.domain(),
                        routes.domains(),
                        routes.evidence(),
                        routes.health(),
                        routes.readiness());
        var offered =
                Stream.concat(all.stream(), feedback.map(FeedbackRoute::of).stream()).toList();
        return Stream.concat(offered.stream(), Stream.of(document(offered))).toList();
    }

    private Route template() {
        var document =
                options.openDkim()
                        ? ReputeTemplate.ofOpenDkim()
                        : ReputeTemplate.of(options.https());
        return new Route(
                "GET",
                ReputeTemplate.PATH,
                "reputeTemplate",
                "How to ask for reputons: URI templates, one a line (RFC 7072).",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Map.of(200, "the templates"),
                "text/plain",
                Optional.empty(),
                _ ->
                        Reply.of("text/plain", document.text())
                                .expires(clock.instant().plus(TEMPLATE_LIFE)));
    }

    private Route reputons() {
        return new Route(
                "GET",
                "/repute/{application}/{subject}",
                "reputons",
                "Reputons about a domain or an address (RFC 7071, RFC 7073).",
                Optional.empty(),
                List.of(
                        new Parameter("assertion", "one assertion; all without it", text()),
                        new Parameter("identity", "where the subject was found, as dkim", text())),
                Optional.empty(),
                told(
                        200,
                        "reputons; an empty one where nothing is known",
                        404,
                        "unknown application"),
                ReputeService.MEDIA_TYPE,
                Optional.of("Reputons"),
                request ->
                        switch (repute.answer(
                                new ReputeQuery(
                                        request.required("application"),
                                        request.required("subject"),
                                        request.parameter("assertion"),
                                        request.parameter("identity")))) {
                            case ReputeReply.UnknownApplication _ ->
                                    Reply.problem(404, "only email-id is known here");
                            case ReputeReply.Answer(var json, var expires) ->
                                    Reply.of(ReputeService.MEDIA_TYPE, json).expires(expires);
                        });
    }

    private Route domain() {
        return new Route(
                "GET",
                "/v1/domains/{subject}",
                "explainDomain",
                "All that is known of a domain or an address, with its reasons.",
                Optional.of(ApiKey.EXPLAIN),
                List.of(),
                Optional.empty(),
                told(
                        200,
                        "the explanation",
                        304,
                        "as the asker has it",
                        400,
                        "neither domain nor address",
                        404,
                        "nothing is known"),
                Reply.JSON,
                Optional.of("Subject"),
                this::explain);
    }

    private Reply explain(Request request) throws IOException {
        var subject = subject(request.required("subject"));
        if (subject.isEmpty()) {
            return Reply.problem(400, "neither a domain name nor an IP address");
        }
        var published = answers.published(subject.get());
        var explanations = answers.explain(subject.get());
        if (published.isEmpty() && explanations.isEmpty()) {
            return Reply.problem(404, "nothing is known of it");
        }
        return Reply.json(200, ReputationJson.of(subject.get(), published, explanations))
                .unlessKnown(request.ifNoneMatch());
    }

    /// As [Identity#subject]: a domain in A-labels, or the block around an address.
    static Optional<String> subject(String text) {
        if (text.indexOf('%') < 0) {
            try {
                return Optional.of(Identity.addressBlock(InetAddress.ofLiteral(text)).subject());
            } catch (IllegalArgumentException _) {
                // a name, if anything
            }
        }
        return ALabels.toDomainName(text).map(Object::toString);
    }

    private Route domains() {
        var listing = text();
        var words = listing.putArray("enum");
        for (var value : Listing.values()) {
            words.add(value.keyword());
        }
        return new Route(
                "GET",
                "/v1/domains",
                "listDomains",
                "What is published, page by page, in the order of the names.",
                Optional.of(ApiKey.EXPLAIN),
                List.of(
                        new Parameter("listed", "which list; all without it", listing),
                        new Parameter("after", "the name before the first one wanted", text()),
                        new Parameter(
                                "limit",
                                "entries on a page",
                                JsonMapper.shared()
                                        .createObjectNode()
                                        .put("type", "integer")
                                        .put("minimum", 1)
                                        .put("maximum", MAX_PAGE)
                                        .put("default", PAGE))),
                Optional.empty(),
                told(200, "a page", 400, "a parameter that cannot be understood"),
                Reply.JSON,
                Optional.of("Page"),
                this::list);
    }

    private Reply list(Request request) throws IOException {
        var listing = Listing.of(request.parameter("listed").orElse(Listing.ALL.keyword()));
        int limit = limit(request.parameter("limit"));
        if (listing.isEmpty() || limit < 1) {
            return Reply.problem(
                    400,
                    listing.isEmpty()
                            ? "listed: expected all, listed, white or young"
                            : "limit: expected 1 to " + MAX_PAGE);
        }
        var page = answers.list(listing.get(), request.parameter("after").orElse(""), limit);
        var json = JsonMapper.shared().createObjectNode();
        var entries = json.putArray("domains");
        for (Published entry : page) {
            entries.add(ReputationJson.of(entry));
        }
        json.put("next", page.size() < limit ? null : page.getLast().subject());
        return Reply.json(200, json);
    }

    /// @return 0 for anything but a number from 1 to [#MAX_PAGE]
    private static int limit(Optional<String> text) {
        if (text.isEmpty()) {
            return PAGE;
        }
        String digits = text.get();
        boolean number =
                !digits.isEmpty()
                        && digits.length() <= 4
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int limit = number ? Integer.parseInt(digits) : 0;
        return limit <= MAX_PAGE ? limit : 0;
    }

    private Route evidence() {
        return new Route(
                "POST",
                "/v1/evidence",
                "handInEvidence",
                "Takes one batch of evidence from the provider whose key it is. 202 means: durable, and counted once "
                        + "however often it comes again.",
                Optional.of(ApiKey.EVIDENCE),
                List.of(),
                Optional.of(Reply.JSON),
                told(
                        202,
                        "durable",
                        400,
                        "not JSON",
                        409,
                        "another batch came under this id",
                        413,
                        "too large",
                        415,
                        "not application/json",
                        422,
                        "not a batch of evidence",
                        503,
                        "not durable; come again with the same batch"),
                Reply.JSON,
                Optional.of("Accepted"),
                this::take);
    }

    private Reply take(Request request) throws IOException {
        String provider = request.key().flatMap(ApiKey::provider).orElseThrow();
        return switch (EvidenceJson.readBatch(request.body(), provider, clock.instant())) {
            case EvidenceJson.Reading.NotJson<EvidenceBatch>(var reason) ->
                    Reply.problem(400, reason);
            case EvidenceJson.Reading.Meaningless<EvidenceBatch>(var reason) ->
                    Reply.problem(422, reason);
            case EvidenceJson.Reading.Read<EvidenceBatch>(var batch) -> {
                if (seen.isOther(batch)) {
                    yield Reply.problem(409, "another batch has come under this id");
                }
                try {
                    sink.accept(batch);
                } catch (IllegalArgumentException _) { // it would be refused again
                    yield Reply.problem(413, "the batch is larger than is stored here");
                }
                seen.remember(batch);
                yield Reply.json(202, JsonMapper.shared().createObjectNode().put("id", batch.id()));
            }
        };
    }

    private Route health() {
        return new Route(
                "GET",
                "/health",
                "health",
                "Whether the process lives.",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Map.of(200, "it lives"),
                "text/plain",
                Optional.empty(),
                _ -> Reply.of("text/plain", "ok\n"));
    }

    private Route readiness() {
        return new Route(
                "GET",
                "/ready",
                "readiness",
                "Whether the answers are complete.",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                told(200, "they are", 503, "still reading what is stored"),
                "text/plain",
                Optional.empty(),
                _ ->
                        answers.ready()
                                ? Reply.of("text/plain", "ready\n")
                                : Reply.problem(503, "still reading what is stored")
                                        .retryAfter(STORE_AGAIN));
    }

    private static Route document(List<Route> others) {
        var itself = new java.util.concurrent.atomic.AtomicReference<>("");
        var route =
                new Route(
                        "GET",
                        "/v1/openapi.json",
                        "openApi",
                        "This interface, described for programs (OpenAPI 3.1).",
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        told(200, "the description", 304, "as the asker has it"),
                        Reply.JSON,
                        Optional.of("Document"),
                        request ->
                                Reply.of(Reply.JSON, itself.get())
                                        .unlessKnown(request.ifNoneMatch()));
        var all = Stream.concat(others.stream(), Stream.of(route)).toList();
        itself.set(OpenApi.describe(all).toString());
        return route;
    }

    private static ObjectNode text() {
        return JsonMapper.shared().createObjectNode().put("type", "string");
    }

    /// Statuses and their meanings in the order given.
    private static Map<Integer, String> told(Object... statusesAndMeanings) {
        var told = new LinkedHashMap<Integer, String>();
        for (int i = 0; i < statusesAndMeanings.length; i += 2) {
            told.put((Integer) statusesAndMeanings[i], (String) statusesAndMeanings[i + 1]);
        }
        return told;
    }

    /// The batches taken lately, so that two different ones under one id are noticed: a provider that counts its ids anew
    /// after a restart would lose evidence in silence.
    private static final class SeenBatches {
        /// Most batches remembered.
        private static final int MAX_BATCHES = 10_000;

        private final Map<List<String>, String> hashes =
                new LinkedHashMap<>(64, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<List<String>, String> eldest) {
                        return size() > MAX_BATCHES;
                    }
                };

        private static List<String> name(EvidenceBatch batch) {
            return List.of(batch.provider(), batch.node(), batch.id());
        }

        private static String hash(EvidenceBatch batch) {
            return java.util.HexFormat.of()
                    .formatHex(ApiKey.sha256(EvidenceJson.write(batch).getBytes(UTF_8)));
        }

        synchronized boolean isOther(EvidenceBatch batch) {
            String known = hashes.get(name(batch));
            return known != null && !known.equals(hash(batch));
        }

        synchronized void remember(EvidenceBatch batch) {
            hashes.put(name(batch), hash(batch));
        }
    }
}
