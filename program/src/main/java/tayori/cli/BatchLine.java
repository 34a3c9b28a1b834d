package tayori.cli;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tayori.config.Literals;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One line of a batch: a JSON object whose fields are asked for by name and type. What nobody asked for is known in the
/// end.
final class BatchLine {
    /// Deepest nesting read; the fields we know need three levels.
    private static final int MAX_DEPTH = 32;

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxStringLength(Integer.MAX_VALUE)
                                                    .maxNumberLength(100)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /// Why a line cannot be answered; caught where its error is written.
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        /// @param reason for people
        Refused(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private final ObjectNode fields;
    private final String within;
    private final Set<String> asked = new HashSet<>();

    private BatchLine(ObjectNode fields, String within) {
        this.fields = fields;
        this.within = within;
    }

    static BatchLine read(byte[] line) throws Refused {
        JsonNode root;
        try {
            root = JSON.readTree(line);
        } catch (JacksonException e) {
            var where = e.getLocation();
            throw new Refused(
                    "not JSON: "
                            + firstLine(e.getOriginalMessage())
                            + (where == null ? "" : ", column " + where.getColumnNr()));
        }
        if (!(root instanceof ObjectNode object)) {
            throw new Refused("not a JSON object");
        }
        return new BatchLine(object, "");
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }

    private Optional<JsonNode> field(String name) {
        asked.add(name);
        var node = fields.get(name);
        return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    /// Any value, e.g. to hand it back.
    Optional<Object> any(String name) {
        return field(name).map(BatchLine::plain);
    }

    private static Object plain(JsonNode node) {
        if (node.isNull()) {
            return Optional.empty();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (node instanceof ObjectNode object) {
            var copy = new JsonObject();
            object.properties().forEach(field -> copy.put(field.getKey(), plain(field.getValue())));
            return copy;
        }
        if (node.isArray()) {
            return node.valueStream().map(BatchLine::plain).toList();
        }
        return node.isString() ? node.stringValue() : node.toString();
    }

    Optional<String> text(String name) throws Refused {
        var node = field(name);
        if (node.isPresent() && !node.get().isString()) {
            throw expected(name, "text");
        }
        return node.map(JsonNode::stringValue);
    }

    Optional<Long> wholeNumber(String name) throws Refused {
        var node = field(name);
        if (node.isPresent() && !(node.get().isIntegralNumber() && node.get().canConvertToLong())) {
            throw expected(name, "a whole number");
        }
        return node.map(JsonNode::longValue);
    }

    Optional<InetAddress> address(String name) throws Refused {
        var text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var address = Literals.address(text.get());
        if (address.isEmpty()) {
            throw expected(name, "an IP address");
        }
        return address;
    }

    /// Objects in a list; a single one may stand without the list.
    List<BatchLine> objects(String name) throws Refused {
        var node = field(name);
        if (node.isEmpty()) {
            return List.of();
        }
        var objects = new ArrayList<BatchLine>();
        for (var item : node.get().isArray() ? node.get() : List.of(node.get())) {
            if (!(item instanceof ObjectNode object)) {
                throw expected(name, "an object or a list of objects");
            }
            objects.add(new BatchLine(object, within + name + "."));
        }
        return objects;
    }

    /// Texts in a list; a single one may stand without the list.
    List<String> texts(String name) throws Refused {
        var node = field(name);
        if (node.isEmpty()) {
            return List.of();
        }
        var texts = new ArrayList<String>();
        for (var item : node.get().isArray() ? node.get() : List.of(node.get())) {
            if (!item.isString()) {
                throw expected(name, "text or a list of texts");
            }
            texts.add(item.stringValue());
        }
        return texts;
    }

    Refused expected(String name, String what) {
        return new Refused("field " + within + name + ": expected " + what);
    }

    Refused missing(String name) {
        return new Refused("field " + within + name + " is missing");
    }

    /// The fields that nobody asked for, perhaps misspelt.
    List<String> unknown() {
        return fields.propertyNames().stream().filter(name -> !asked.contains(name)).toList();
    }
}
