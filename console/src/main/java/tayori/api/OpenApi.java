package tayori.api;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Describes the routes as an OpenAPI 3.1 document.
final class OpenApi {
    /// What any request may come to, beside what its route says.
    static final List<Integer> ALWAYS = List.of(429, 500, 503);

    private static final String SCHEMAS =
            """
            {
              "Problem": {"type": "object", "description": "RFC 9457",
                "required": ["type", "title", "status", "detail"],
                "properties": {"type": {"type": "string"}, "title": {"type": "string"},
                  "status": {"type": "integer"}, "detail": {"type": "string"}}},
              "Reputons": {"type": "object", "description": "RFC 7071",
                "required": ["application", "reputons"],
                "properties": {"application": {"type": "string"},
                  "reputons": {"type": "array", "items": {"type": "object"}}}},
              "Published": {"type": "object",
                "required": ["subject", "withSubdomains", "listed", "white", "score", "rate", "confidence",
                  "messages", "allowance", "volumeAlarm", "firstSeen", "expires"],
                "properties": {"subject": {"type": "string"}, "withSubdomains": {"type": "boolean"},
                  "listed": {"type": ["string", "null"]}, "white": {"type": ["object", "null"]},
                  "score": {"type": ["integer", "null"], "minimum": 1, "maximum": 100},
                  "rate": {"type": "number"}, "confidence": {"type": "number"},
                  "messages": {"type": "integer"}, "allowance": {"type": ["integer", "null"]},
                  "volumeAlarm": {"type": "boolean"}, "firstSeen": {"type": ["string", "null"]},
                  "expires": {"type": "string", "format": "date-time"}}},
              "Identity": {"type": "object",
                "required": ["identity", "sentence", "score", "rate", "untrimmedRate", "providersLeftOut",
                  "confidence", "messages", "complaints", "reporters", "activeDays", "firstSeen", "listed",
                  "volumeAlarm", "allowance", "causes", "whitelist", "providers", "responsiveness", "buckets"],
                "properties": {"identity": {"type": "string"}, "sentence": {"type": "string"},
                  "score": {"type": ["integer", "null"]}, "rate": {"type": "number"},
                  "untrimmedRate": {"type": "number"}, "providersLeftOut": {"type": "integer"},
                  "confidence": {"type": "number"}, "messages": {"type": "integer"},
                  "complaints": {"type": "integer"}, "reporters": {"type": "integer"},
                  "activeDays": {"type": "integer"}, "firstSeen": {"type": ["string", "null"]},
                  "listed": {"type": ["string", "null"]}, "volumeAlarm": {"type": "boolean"},
                  "allowance": {"type": ["integer", "null"]},
                  "causes": {"type": "array", "items": {"type": "object"}},
                  "whitelist": {"type": "object"},
                  "providers": {"type": "array", "items": {"type": "object"}},
                  "responsiveness": {"type": "object"},
                  "buckets": {"type": "array", "items": {"type": "object"}}}},
              "Subject": {"type": "object", "required": ["subject", "published", "identities"],
                "properties": {"subject": {"type": "string"},
                  "published": {"oneOf": [{"$ref": "#/components/schemas/Published"}, {"type": "null"}]},
                  "identities": {"type": "array", "items": {"$ref": "#/components/schemas/Identity"}}}},
              "Page": {"type": "object", "required": ["domains", "next"],
                "properties": {
                  "domains": {"type": "array", "items": {"$ref": "#/components/schemas/Published"}},
                  "next": {"type": ["string", "null"], "description": "the value for after; null on the last page"}}},
              "Batch": {"type": "object", "required": ["id", "node", "evidence"],
                "additionalProperties": false,
                "properties": {"id": {"type": "string", "maxLength": 128},
                  "node": {"type": "string", "maxLength": 128},
                  "evidence": {"type": "array", "maxItems": 20000, "items": {
                    "type": "object", "required": ["identity", "counts"], "additionalProperties": false,
                    "properties": {"identity": {"type": "string"}, "hour": {"type": ["integer", "null"]},
                      "counts": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
                      "reporters": {"type": "array",
                        "items": {"type": "string", "minLength": 16, "maxLength": 16}}}}}}},
              "Accepted": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
              "Heard": {"type": "object", "required": ["id", "status"],
                "properties": {"id": {"type": "string"}, "status": {"enum": ["accepted", "repeated"]}}},
              "Document": {"type": "object", "required": ["openapi"], "properties": {"openapi": {"type": "string"}}}
            }
            """;

    private OpenApi() {}

    static ObjectNode describe(List<Route> routes) {
        var json = JsonMapper.shared();
        var document = json.createObjectNode().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Tayori reputation")
                .put("version", "1")
                .put("description", "What is known of those who send mail.");
        var paths = document.putObject("paths");
        routes.forEach(route -> describe(route, paths));
        var components = document.putObject("components");
        components.set("schemas", json.readTree(SCHEMAS));
        components
                .putObject("securitySchemes")
                .putObject("key")
                .put("type", "http")
                .put("scheme", "bearer");
        return document;
    }

    private static void describe(Route route, ObjectNode paths) {
        var path =
                paths.get(route.path()) instanceof ObjectNode known
                        ? known
                        : paths.putObject(route.path());
        var operation =
                path.putObject(route.method().toLowerCase(java.util.Locale.ROOT))
                        .put("operationId", route.name())
                        .put("summary", route.summary());
        var parameters = operation.putArray("parameters");
        for (String name : route.pathParameters()) {
            parameters
                    .addObject()
                    .put("name", name)
                    .put("in", "path")
                    .put("required", true)
                    .putObject("schema")
                    .put("type", "string");
        }
        for (var parameter : route.query()) {
            parameters
                    .addObject()
                    .put("name", parameter.name())
                    .put("in", "query")
                    .put("required", false)
                    .put("description", parameter.description())
                    .set("schema", parameter.schema());
        }
        route.body()
                .ifPresent(mediaType -> {
                    var body = operation.putObject("requestBody").put("required", true);
                    if (mediaType.equals(Reply.JSON)) {
                        reference(body, mediaType, "Batch");
                    } else {
                        body.putObject("content").putObject(mediaType);
                    }
                });
        var security = operation.putArray("security");
        route.scope().ifPresent(_ -> security.addObject().putArray("key"));
        var responses = operation.putObject("responses");
        route.answers()
                .forEach((status, meaning) -> {
                    var response =
                            responses
                                    .putObject(Integer.toString(status))
                                    .put("description", meaning);
                    if (status >= 400) {
                        reference(response, Reply.PROBLEM, "Problem");
                    } else if (status != 304) {
                        if (route.schema().isPresent()) {
                            reference(response, route.mediaType(), route.schema().get());
                        } else {
                            response.putObject("content")
                                    .putObject(route.mediaType())
                                    .putObject("schema")
                                    .put("type", "string");
                        }
                    }
                });
        route.scope()
                .ifPresent(_ -> {
                    problem(responses, 401, "no key, or none that is known");
                    problem(responses, 403, "the key does not open this");
                });
        problem(responses, 429, "too many requests; see Retry-After");
        problem(responses, 500, "a bug of ours");
        problem(responses, 503, "not now; see Retry-After");
    }

    private static void problem(ObjectNode responses, int status, String meaning) {
        String key = Integer.toString(status);
        if (!responses.has(key)) {
            reference(
                    responses.putObject(key).put("description", meaning), Reply.PROBLEM, "Problem");
        }
    }

    private static void reference(ObjectNode owner, String mediaType, String schema) {
        owner.putObject("content")
                .putObject(mediaType)
                .putObject("schema")
                .put("$ref", "#/components/schemas/" + schema);
    }
}
