package tayori.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.reputation.Counts;
import tayori.reputation.Evidence;
import tayori.reputation.EvidenceBatch;
import tayori.reputation.Identity;
import tayori.reputation.Observation;
import tayori.repute.ReputeSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ApiServerTest {
    private static final String OPERATOR = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    private static final String PROVIDER = "ffeeddccbbaa99887766554433221100";
    private static final ApiKeys KEYS =
            new ApiKeys(
                    List.of(
                            ApiKey.of("operator", OPERATOR, ApiKey.EXPLAIN),
                            ApiKey.of("isp", PROVIDER, "evidence:isp.example")));
    private static final String BATCH =
            """
            {"id": "b1", "node": "mx1", "evidence": [{"identity": "dkim:good.example", "hour": 497222,
             "counts": {"messages": 12, "complaints": 1}, "reporters": ["00000000000000af"]}]}\
            """;

    private final KnownSenders senders = new KnownSenders();
    private final AtomicReference<Instant> now = new AtomicReference<>(KnownSenders.NOW);
    private final List<AutoCloseable> open = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private ApiServer server = start(ApiOptions.DEFAULTS.withPort(0));

    private ApiServer start(ApiOptions options) {
        try {
            InstantSource clock = now::get;
            var started =
                    ApiServer.start(
                            options, KEYS, senders, ReputeSource.of(senders), senders, clock);
            open.add(started);
            return started;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ApiOptions limits(
            int body, int head, double perSecond, int burst, boolean dkim) {
        var defaults = ApiOptions.DEFAULTS;
        return new ApiOptions(
                "127.0.0.1",
                0,
                "z.example",
                true,
                dkim,
                body,
                head,
                perSecond,
                burst,
                10,
                10,
                defaults.readTimeout(),
                defaults.idleTimeout());
    }

    @AfterEach
    void close() throws Exception {
        http.close();
        for (var each : open) {
            each.close();
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.address().getPort() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> get(String path, String token) {
        return send(to(path).header("Authorization", "Bearer " + token));
    }

    private HttpResponse<String> post(String body, String token) {
        return send(
                to("/v1/evidence")
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    // ------------------------------------------------------------------------------------------------ Repute

    @Test
    void rfc7072_theTemplateIsTextWithCrlfAndLivesOneDay() {
        server = start(limits(1_000, 16_384, 50, 50, false));
        var response = send(to("/.well-known/repute-template"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("text/plain");
        assertThat(header(response, "Expires")).isEqualTo("Tue, 22 Sep 2026 14:13:20 GMT");
        assertThat(response.body().split("\r\n", -1))
                .hasSize(3)
                .satisfies(lines -> assertThat(lines[0]).startsWith("https://{service}/"))
                .satisfies(lines -> assertThat(lines[1]).startsWith("http://{service}/"))
                .satisfies(lines -> assertThat(lines[2]).isEmpty());
    }

    @Test
    void rfc7072_aReputonExpiresWithItsHttpHeader() {
        var response = send(to("/repute/email-id/bad.example?assertion=spam&identity=dkim"));
        assertThat(header(response, "Content-Type")).isEqualTo("application/reputon+json");
        var reputon = json(response).get("reputons").get(0);
        assertThat(reputon.get("rating").doubleValue()).isEqualTo(0.8);
        assertThat(reputon.get("rater").stringValue()).isEqualTo("localhost");
        assertThat(reputon.get("expires").longValue())
                .isEqualTo(KnownSenders.NOW.plusSeconds(900).getEpochSecond());
        assertThat(header(response, "Expires")).isEqualTo("Mon, 21 Sep 2026 14:28:20 GMT");
        assertThat(header(response, "Cache-Control")).isEmpty();
    }

    @Test
    void rfc7072_anUnknownApplicationIs404AndNoDataIsAnEmptyReputon() {
        assertThat(send(to("/repute/baseball/bad.example")).statusCode()).isEqualTo(404);
        var nobody = send(to("/repute/email-id/nobody.example?assertion="));
        assertThat(nobody.statusCode()).isEqualTo(200);
        assertThat(json(nobody).get("reputons").get(0).isEmpty()).isTrue();
        assertThat(header(nobody, "Expires")).isEqualTo("Mon, 21 Sep 2026 14:28:20 GMT");
    }

    @Test
    void rfc7073_anAddressIsRatedByItsBlock() {
        assertThat(json(send(to("/repute/email-id/192.0.2.7"))).get("reputons").get(0).toString())
                .contains("\"rated\":\"192.0.2.7\"", "\"email-id-identity\":\"ipv4\"");
    }

    // ------------------------------------------------------------------------------------------------ keys and problems

    @ParameterizedTest(name = "{0} {1} with {2} is {3}")
    @CsvSource({
        "GET,    /nothing,                  none,     404",
        "GET,    /,                         none,     404",
        "GET,    /%zz,                      none,     400",
        "DELETE, /health,                   none,     405",
        "POST,   /v1/domains,               operator, 405",
        "GET,    /v1/domains,               none,     401",
        "GET,    /v1/domains,               wrong,    401",
        "GET,    /v1/domains,               provider, 403",
        "GET,    /v1/domains?limit=0,       operator, 400",
        "GET,    /v1/domains?limit=1001,    operator, 400",
        "GET,    /v1/domains?limit=x,       operator, 400",
        "GET,    /v1/domains?listed=grey,   operator, 400",
        "GET,    /v1/domains?after=a&after=b, operator, 400",
        "GET,    /v1/domains/nobody.example, operator, 404",
        "GET,    /v1/domains/a..b,          operator, 400",
        "GET,    /v1/domains/fe80::1%251,   operator, 404",
        "POST,   /v1/evidence,              operator, 403",
        "POST,   /v1/evidence,              provider, 415",
        "GET,    /v1/domains/bad.example,   operator, 200",
        "GET,    /v1/domains/192.0.2.9,     operator, 200",
        "GET,    /health,                   none,     200",
        "GET,    /health,                   wrong,    200"
    })
    void rfc9457_everyRefusalIsAProblem(String method, String path, String who, int status) {
        var request =
                to(path.replace("%zz", "%25")).method(method, HttpRequest.BodyPublishers.noBody());
        if (path.contains("%zz")) {
            assertThat(raw("GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ");
            return;
        }
        String token =
                switch (who) {
                    case "operator" -> OPERATOR;
                    case "provider" -> PROVIDER;
                    default -> who;
                };
        if (!who.equals("none")) {
            request.header("Authorization", "bearer " + token);
        }
        var response = send(request);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(response, "Content-Security-Policy")).startsWith("default-src 'none'");
        if (status >= 400) {
            assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
            assertThat(json(response).get("status").intValue()).isEqualTo(status);
            assertThat(json(response).get("detail").stringValue()).isNotEmpty();
        }
        if (status == 401) {
            assertThat(header(response, "WWW-Authenticate")).isEqualTo("Bearer");
        }
        if (status == 405) {
            assertThat(header(response, "Allow")).isEqualTo("GET");
        }
    }

    /// Sends octets and reads until the other side hangs up.
    private String raw(String request) {
        try (var socket = new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tooManyRequestsOfOneKeyAreToldWhenToComeAgain() {
        server = start(limits(1_000, 16_384, 0.5, 2, false));
        assertThat(get("/v1/domains", OPERATOR).statusCode()).isEqualTo(200);
        assertThat(get("/v1/domains", OPERATOR).statusCode()).isEqualTo(200);
        var refused = get("/v1/domains", OPERATOR);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(header(refused, "Retry-After")).isEqualTo("2");
        assertThat(send(to("/health")).statusCode()).as("another asker").isEqualTo(200);
        now.set(now.get().plusSeconds(2));
        assertThat(get("/v1/domains", OPERATOR).statusCode()).isEqualTo(200);
    }

    @Test
    void theHeadOfARequestIsBounded() {
        server = start(limits(1_000, 2_000, 50, 50, false));
        assertThat(raw("GET /health HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(3_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json");
        assertThat(raw("GET /" + "x".repeat(3_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
    }

    // ------------------------------------------------------------------------------------------------ domains

    @Test
    void anExplanationHasSentenceCausesGapsAndRoundedProviders() {
        var answer = json(get("/v1/domains/Bad.Example", OPERATOR));
        assertThat(answer.at("/published/listed").stringValue()).isEqualTo("spam");
        var identity = answer.at("/identities/0");
        assertThat(identity.get("sentence").stringValue()).startsWith("1.8 % of 5,000 messages");
        assertThat(identity.at("/causes/0/points").intValue()).isEqualTo(-88);
        assertThat(identity.at("/whitelist/requirements/0/words").stringValue())
                .startsWith("not listed");
        assertThat(identity.at("/providers/1/complaints").isNull()).isTrue();
        assertThat(identity.at("/buckets/0/counts/complaints").intValue()).isEqualTo(60);
    }

    @Test
    void rfc9110Section13_whatTheAskerHasIsNotSentAgain() {
        var first = get("/v1/domains/bad.example", OPERATOR);
        String tag = header(first, "ETag");
        assertThat(tag).startsWith("\"").endsWith("\"");
        var second =
                send(
                        to("/v1/domains/bad.example")
                                .header("Authorization", "Bearer " + OPERATOR)
                                .header("If-None-Match", tag));
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(header(second, "ETag")).isEqualTo(tag);
    }

    @Test
    void pagesFollowOneAnother() {
        var names = new ArrayList<String>();
        String after = "";
        do {
            var page = json(get("/v1/domains?limit=3&after=" + after, OPERATOR));
            page.get("domains").forEach(entry -> names.add(entry.get("subject").stringValue()));
            after = page.get("next").isNull() ? "" : page.get("next").stringValue();
        } while (!after.isEmpty());
        assertThat(names)
                .containsExactly("192.0.2.0/24", "bad.example", "good.example", "young.example");
        assertThat(json(get("/v1/domains?listed=listed", OPERATOR)).get("domains")).hasSize(1);
        assertThat(
                        json(get("/v1/domains?listed=white", OPERATOR))
                                .at("/domains/0/white/level")
                                .intValue())
                .isEqualTo(2);
    }

    // ------------------------------------------------------------------------------------------------ evidence

    @Test
    void evidenceIsTakenInTheNameOfTheKey() {
        var response = post(BATCH, PROVIDER);
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(json(response).get("id").stringValue()).isEqualTo("b1");
        assertThat(senders.taken)
                .containsExactly(
                        new EvidenceBatch(
                                "b1",
                                "isp.example",
                                "mx1",
                                List.of(
                                        new Evidence(
                                                Identity.parse("dkim:good.example").orElseThrow(),
                                                497_222,
                                                Counts.of(Observation.MESSAGES, 12)
                                                        .plus(Observation.COMPLAINTS, 1),
                                                List.of(0xafL)))));
        assertThat(post(BATCH, PROVIDER).statusCode()).as("the same again").isEqualTo(202);
        assertThat(post(BATCH.replace("12", "13"), PROVIDER).statusCode())
                .as("another under its id")
                .isEqualTo(409);
    }

    @Test
    void whatIsNotDurableIsNotAccepted() {
        senders.broken = true;
        var refused = post(BATCH, PROVIDER);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(header(refused, "Retry-After")).isEqualTo("10");
        assertThat(refused.body()).doesNotContain("disk");
        senders.broken = false;
        assertThat(post(BATCH, PROVIDER).statusCode()).isEqualTo(202);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWithOrWithoutItsLength() {
        server = start(limits(1_000, 16_384, 50, 50, false));
        assertThat(post(BATCH + " ".repeat(1_000 - BATCH.length()), PROVIDER).statusCode())
                .isEqualTo(202);
        var head =
                "POST /v1/evidence HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + "Connection: close\r\nAuthorization: Bearer "
                        + PROVIDER
                        + "\r\n";
        assertThat(raw(head + "Content-Length: 1001\r\n\r\n" + " ".repeat(1_001)))
                .startsWith("HTTP/1.1 413 ")
                .contains("application/problem+json");
        assertThat(
                        raw(
                                head
                                        + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n"
                                        + " ".repeat(1_001)
                                        + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(senders.taken).hasSize(1);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    nonsense                                                      | 400
                    {"id":"x","id":"y","node":"n","evidence":[]}                  | 400
                    [[[[[[[[[[]]]]]]]]]]                                          | 400
                    {"id":"x","node":"n","evidence":[]} {}                        | 400
                    []                                                            | 422
                    {"id":"x","node":"n"}                                         | 422
                    {"id":"","node":"n","evidence":[]}                            | 422
                    {"id":"x y","node":"n","evidence":[]}                         | 422
                    {"id":"x","node":"n","evidence":[],"provider":"other"}        | 422
                    {"id":"x","node":"n","evidence":[1]}                          | 422
                    {"id":"x","node":"n","evidence":[{"identity":"a","counts":{}}]} | 422
                    {"id":"x","node":"n","evidence":[{"identity":"dkim:a.b","counts":{"messages":-1}}]} | 422
                    {"id":"x","node":"n","evidence":[{"identity":"dkim:a.b","counts":{"messages":1000000001}}]} | 422
                    {"id":"x","node":"n","evidence":[{"identity":"dkim:a.b","counts":{"mesages":1}}]} | 422
                    {"id":"x","node":"n","evidence":[{"identity":"dkim:a.b","counts":{},"hour":497225}]} | 422
                    {"id":"x","node":"n","evidence":[{"identity":"dkim:a.b","counts":{},"hour":-1}]} | 422
                    {"id":"x","node":"n","evidence":[{"identity":"dkim:a.b","counts":{},"reporters":[7]}]} | 422
                    {"id":"x","node":"n","evidence":[{"identity":"dkim:a.b","counts":{},"hour":null}]} | 202
                    {"id":"x","node":"n","evidence":[{"identity":"dkim:a.b","counts":{},"hour":497224}]} | 202
                    """)
    void whatIsNoBatchIsRefusedWhole(String body, int status) {
        assertThat(post(body, PROVIDER).statusCode()).isEqualTo(status);
        assertThat(senders.taken).hasSize(status == 202 ? 1 : 0);
    }

    @Test
    void theClientHandsInWhatTheServerTakes() throws IOException {
        var batch =
                new EvidenceBatch(
                        "b7",
                        "isp.example",
                        "mx2",
                        List.of(
                                new Evidence(
                                        Identity.parse("address-block:192.0.2.0/24").orElseThrow(),
                                        Evidence.UNKNOWN_HOUR,
                                        Counts.of(Observation.TRAPS, 3),
                                        List.of(-1L, 1L))));
        var operator = URI.create("http://127.0.0.1:" + server.address().getPort());
        try (var sink = new HttpEvidenceSink(operator, () -> PROVIDER)) {
            sink.accept(batch);
            assertThat(senders.taken).containsExactly(batch);
            senders.broken = true;
            assertThatThrownBy(() -> sink.accept(batch))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("503")
                    .hasMessageNotContaining(PROVIDER);
        }
        try (var sink = new HttpEvidenceSink(operator, () -> "wrong")) {
            assertThatThrownBy(() -> sink.accept(batch)).hasMessageContaining("401");
        }
    }

    @ParameterizedTest(name = "a key may go to {0}: {1}")
    @CsvSource({
        "https://reputation.example,        true",
        "https://reputation.example/base,   true",
        "http://127.0.0.1:8070,             true",
        "http://[::1]:8070/,                true",
        "http://localhost:8070/,            true",
        "http://reputation.example,         false",
        "http://192.0.2.1/,                 false",
        "http://localhost.example/,         false",
        "ftp://127.0.0.1/,                  false",
        "https://user@reputation.example/,  false",
        "https://reputation.example/?a=b,   false",
        "reputation.example,                false"
    })
    void aKeyNeverTravelsInTheClear(String address, boolean allowed) {
        if (allowed) {
            assertThat(HttpEvidenceSink.checked(URI.create(address)).toString()).endsWith("/");
        } else {
            assertThatThrownBy(() -> HttpEvidenceSink.checked(URI.create(address)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    // ------------------------------------------------------------------------------------------------ the rest

    @Test
    void readyIsNotHealthy() {
        assertThat(send(to("/ready")).body()).isEqualTo("ready\n");
        senders.ready = false;
        assertThat(send(to("/ready")).statusCode()).isEqualTo(503);
        assertThat(send(to("/health")).statusCode()).isEqualTo(200);
    }

    /// What each route answers is what the document says of it: status, media type, the members that must be there.
    @Test
    void theDocumentDescribesWhatIsAnswered() {
        var document = json(send(to("/v1/openapi.json")));
        assertThat(document.get("openapi").stringValue()).startsWith("3.1.");
        var operations = new TreeSet<String>();
        for (var path : document.get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                operations.add(operation.getValue().get("operationId").stringValue());
                String concrete =
                        path.getKey()
                                .replace("{application}", "email-id")
                                .replace("{subject}", "bad.example");
                var response =
                        operation.getKey().equals("post")
                                ? post(BATCH, PROVIDER)
                                : get(concrete, OPERATOR);
                var described =
                        operation
                                .getValue()
                                .at("/responses/" + response.statusCode() + "/content/")
                                .isMissingNode();
                assertThat(described).isTrue();
                var content =
                        operation
                                .getValue()
                                .get("responses")
                                .get(Integer.toString(response.statusCode()))
                                .get("content");
                assertThat(content.has(header(response, "Content-Type")))
                        .as(path.getKey() + " answers " + header(response, "Content-Type"))
                        .isTrue();
                var schema = content.get(header(response, "Content-Type")).get("schema");
                if (schema.has("$ref")) {
                    matches(json(response), schema, document, path.getKey());
                }
                assertThat(operation.getValue().get("security").isEmpty())
                        .isEqualTo(
                                send(to(concrete)
                                                        .method(
                                                                operation
                                                                        .getKey()
                                                                        .toUpperCase(
                                                                                java.util.Locale
                                                                                        .ROOT),
                                                                HttpRequest.BodyPublishers
                                                                        .noBody()))
                                                .statusCode()
                                        != 401);
            }
        }
        assertThat(operations)
                .containsExactlyInAnyOrder(
                        "reputeTemplate",
                        "reputons",
                        "explainDomain",
                        "listDomains",
                        "handInEvidence",
                        "health",
                        "readiness",
                        "openApi");
    }

    private static void matches(JsonNode value, JsonNode schema, JsonNode document, String where) {
        var described = schema;
        if (schema.has("$ref")) {
            described = document.at(schema.get("$ref").stringValue().substring(1));
            assertThat(described.isMissingNode()).as(where).isFalse();
        }
        if (described.has("required")) {
            var members = new TreeSet<String>();
            described.get("required").forEach(name -> members.add(name.stringValue()));
            assertThat(value.propertyNames()).as(where).containsAll(members);
            for (var property : described.get("properties").properties()) {
                if (value.has(property.getKey())) {
                    matches(
                            value.get(property.getKey()),
                            property.getValue(),
                            document,
                            where + "." + property.getKey());
                }
            }
        }
        if (described.has("items")) {
            for (var item : value) {
                matches(item, described.get("items"), document, where + "[]");
            }
        }
        if (described.has("type")) {
            var types = new TreeSet<String>();
            var type = described.get("type");
            if (type.isArray()) {
                type.forEach(word -> types.add(word.stringValue()));
            } else {
                types.add(type.stringValue());
            }
            assertThat(types).as(where + " " + value).contains(typeOf(value, types));
        }
    }

    private static String typeOf(JsonNode value, Set<String> allowed) {
        if (value.isIntegralNumber()) {
            return allowed.contains("number") ? "number" : "integer";
        }
        return value.isNumber()
                ? "number"
                : value.isBoolean()
                        ? "boolean"
                        : value.isArray()
                                ? "array"
                                : value.isObject() ? "object" : value.isNull() ? "null" : "string";
    }

    // ------------------------------------------------------------------------------------------------ OpenDKIM

    /// What OpenDKIM's client library does: the template over plain http, taken whole but for a last LF; one question;
    /// of every number, a real one must have a point and a whole one must not.
    @Test
    void openDkimsClientReadsARating() {
        server = start(limits(1_000, 16_384, 50, 50, true));
        String template = send(to("/.well-known/repute-template")).body();
        template =
                template.endsWith("\n") ? template.substring(0, template.length() - 1) : template;
        assertThat(template).doesNotContain("\n", "\r");
        String uri =
                template.replace("{service}", "127.0.0.1:" + server.address().getPort())
                        .replace("{application}", "email-id")
                        .replace("{subject}", "bad.example")
                        .replace("{?assertion,identity}", "?assertion=spam");
        var answer = json(send(HttpRequest.newBuilder(URI.create(uri)).GET()));
        assertThat(answer.get("application").stringValue()).isEqualTo("email-id");
        assertThat(answer.get("reputons")).hasSize(1);
        var reputon = answer.get("reputons").get(0);
        assertThat(reputon.get("assertion").stringValue()).isEqualTo("spam");
        assertThat(reputon.get("identity").stringValue()).isEqualTo("dkim");
        assertThat(reputon.get("rate").isIntegralNumber()).isTrue();
        assertThat(reputon.get("rating").isFloatingPointNumber()).isTrue();
        assertThat(reputon.get("confidence").isFloatingPointNumber()).isTrue();
        assertThat(reputon.get("sample-size").isIntegralNumber()).isTrue();
        assertThat(reputon.get("generated").isIntegralNumber()).isTrue();
    }

    @Test
    void anAddressThatIsTakenIsNamed() {
        assertThatThrownBy(() ->
                        ApiServer.start(
                                ApiOptions.DEFAULTS.withPort(server.address().getPort()),
                                KEYS,
                                senders,
                                ReputeSource.of(senders),
                                senders,
                                now::get))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + server.address().getPort());
    }

    @Test
    void itBindsToLoopbackUnlessToldOtherwise() {
        assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
    }
}
