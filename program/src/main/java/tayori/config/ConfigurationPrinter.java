package tayori.config;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes settings down as they are in force. A key is the name of its file.
public final class ConfigurationPrinter {
    private ConfigurationPrinter() {}

    /// The settings as a file that would set exactly these.
    public static String asYaml(Configuration configuration) {
        var out = new StringBuilder();
        yaml(out, configuration, 0);
        return out.toString();
    }

    /// The settings as one JSON object, in the same words as the file.
    public static String asJson(Configuration configuration) {
        var text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json(json, configuration);
        }
        return text.toString();
    }

    /// What came of checking a file: `file`, `accepted`, `problems`.
    public static String checkedAsJson(Path file, Loaded loaded) {
        var text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("file", file.toString());
            json.writeBooleanProperty("accepted", loaded instanceof Loaded.Accepted);
            json.writeArrayPropertyStart("problems");
            if (loaded instanceof Loaded.Refused(var problems)) {
                for (var problem : problems) {
                    json.writeStartObject();
                    json.writeNumberProperty("line", problem.line());
                    json.writeNumberProperty("column", problem.column());
                    json.writeStringProperty("key", problem.key());
                    json.writeStringProperty("found", problem.found());
                    json.writeStringProperty("expected", problem.expected());
                    problem.advice()
                            .ifPresent(advice -> json.writeStringProperty("advice", advice));
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void json(JsonGenerator json, Object section) {
        json.writeStartObject();
        for (var key : Schema.of(section.getClass()).keys()) {
            json.writeName(key.name());
            jsonValue(json, key, key.of(section));
        }
        json.writeEndObject();
    }

    private static void jsonValue(JsonGenerator json, Schema.Setting key, Object value) {
        switch (value) {
            case Optional<?> optional when optional.isEmpty() -> json.writeNull();
            case Optional<?> optional -> jsonValue(json, key, optional.get());
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(item -> jsonValue(json, key, item));
                json.writeEndArray();
            }
            case Boolean truth -> json.writeBoolean(truth);
            case Integer number -> json.writeNumber(number);
            default -> {
                if (key.isSection()) {
                    json(json, value);
                } else {
                    json.writeString(Values.write(value));
                }
            }
        }
    }

    private static void yaml(StringBuilder out, Object section, int depth) {
        for (var key : Schema.of(section.getClass()).keys()) {
            Object value = key.of(section);
            if (value instanceof Optional<?> optional) {
                if (optional.isEmpty()) {
                    indent(out, depth).append(key.name()).append(":\n");
                    continue;
                }
                value = optional.get();
            }
            indent(out, depth).append(key.name()).append(':');
            if (value instanceof List<?> list && !list.isEmpty() && key.isSection()) {
                out.append('\n');
                for (Object item : list) {
                    var lines = new StringBuilder();
                    yaml(lines, item, depth + 2);
                    lines.setCharAt(2 * (depth + 1), '-');
                    out.append(lines);
                }
            } else if (key.isSection() && !(value instanceof List<?>)) {
                out.append('\n');
                yaml(out, value, depth + 1);
            } else {
                out.append(' ').append(inline(value)).append('\n');
            }
        }
    }

    /// A value or a list of values on one line.
    static String inline(Object value) {
        if (value instanceof List<?> list) {
            return "["
                    + String.join(", ", list.stream().map(ConfigurationPrinter::inline).toList())
                    + "]";
        }
        String text = Values.write(value);
        return plain(text) || value instanceof Boolean || value instanceof Integer
                ? text
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /// Whether YAML takes the text for itself without quotes, inside a list as well.
    private static boolean plain(String text) {
        if (text.isEmpty() || !Character.isLetterOrDigit(text.charAt(0))) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean word =
                    c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '/');
            if (!word) {
                return false;
            }
        }
        return !text.equals("true") && !text.equals("false") && !text.equals("null");
    }

    private static StringBuilder indent(StringBuilder out, int depth) {
        return out.append("  ".repeat(depth));
    }
}
