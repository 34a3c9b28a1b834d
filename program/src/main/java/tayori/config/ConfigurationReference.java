package tayori.config;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tayori.config.Schema.Setting;
import tayori.config.Schema.Shape;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// What every setting means, made from the records themselves.
public final class ConfigurationReference {
    /// Widest comment line in the sample file. Unit: characters.
    private static final int WIDTH = 100;

    private ConfigurationReference() {}

    /// The reference page, `docs/configuration.md`.
    public static String markdown() {
        var out = new StringBuilder();
        out.append(
                """
                # Configuration

                <!-- Made by `./tayori config reference`; a test fails when it differs. Change the records in `tayori.config`. -->

                One YAML file, in UTF-8. Every key may be left out; then its default holds. A key that does not exist, a value
                that does not fit and a key file that strangers can read are refused, all of them at once, with line and
                column: `./tayori config check FILE`. `./tayori config show FILE` prints every setting in force.
                A sample file with all defaults is [tayori.sample.yaml](tayori.sample.yaml).

                Times are written `500ms`, `5s`, `2m`, `1h` or `7d`; sizes `4096`, `64KiB`, `1MiB` or `2GiB`; addresses to wait
                at `127.0.0.1:8891`, `"[::1]:8891"` or `unix:/path`; blocks of addresses `192.0.2.0/24`. Keys and passwords never
                stand in this file: a setting names the file that holds them, and a relative name starts at the folder of
                this file.
                """);
        for (var key : Schema.of(Configuration.class).keys()) {
            markdownSection(out, key, key.name());
        }
        return out.toString();
    }

    private static void markdownSection(StringBuilder out, Setting section, String path) {
        out.append("\n## `").append(path).append("`\n\n").append(section.doc().value());
        if (section.shape() == Shape.LIST) {
            out.append(" A list; each item has these keys, and all of them must be given.");
        } else if (section.shape() == Shape.OPTIONAL) {
            out.append(" All of these keys must be given, or none.");
        }
        out.append("\n\n| key | default | what it means |\n| --- | --- | --- |\n");
        Schema schema = Schema.of(section.type());
        for (var key : schema.keys()) {
            out.append("| `").append(key.name()).append("` | ");
            out.append(defaultCell(schema, key, path)).append(" | ").append(key.doc().value());
            if (!key.isSection()) {
                out.append(limits(key));
                if (!key.doc().example().isEmpty()) {
                    out.append(" Example: `").append(key.doc().example()).append("`.");
                }
            }
            out.append(" |\n");
        }
        for (var key : schema.keys()) {
            if (key.isSection()) {
                markdownSection(out, key, path + "." + key.name());
            }
        }
    }

    private static String defaultCell(Schema schema, Setting key, String path) {
        if (key.isSection()) {
            return key.shape() == Shape.ONE
                    ? "[below](#" + anchor(path + "." + key.name()) + ")"
                    : "none, [below](#" + anchor(path + "." + key.name()) + ")";
        }
        return schema.defaults()
                .map(key::of)
                .map(value ->
                        value instanceof Optional<?> optional && optional.isEmpty()
                                ? "unset"
                                : "`" + ConfigurationPrinter.inline(value) + "`")
                .orElse("must be given");
    }

    /// The anchor that GitHub and most others give a heading.
    private static String anchor(String path) {
        return path.toLowerCase(Locale.ROOT).replace(".", "");
    }

    private static String limits(Setting key) {
        if (key.range().isPresent()) {
            return " From `%s` to `%s`."
                    .formatted(key.range().get().min(), key.range().get().max());
        }
        return key.type().isEnum()
                ? " One of `" + Values.keywords(key.type()).replace(", ", "`, `") + "`."
                : "";
    }

    /// The sample file, `docs/tayori.sample.yaml`: every key with its default.
    public static String sampleYaml() {
        var out = new StringBuilder();
        out.append(
                """
                # Tayori's settings with their defaults; docs/configuration.md tells more.
                # Made by `./tayori config reference --sample`. Keep what you change, delete the rest.
                """);
        sampleSection(out, Schema.of(Configuration.class), 0);
        return out.toString();
    }

    private static void sampleSection(StringBuilder out, Schema schema, int depth) {
        String indent = "  ".repeat(depth);
        for (var key : schema.keys()) {
            out.append(depth == 0 || key.isSection() ? "\n" : "");
            comment(out, indent, key.doc().value() + (key.isSection() ? "" : limits(key)));
            if (key.isSection() && key.shape() == Shape.ONE) {
                out.append(indent).append(key.name()).append(":\n");
                sampleSection(out, Schema.of(key.type()), depth + 1);
            } else if (key.isSection()) {
                for (var inner : Schema.of(key.type()).keys()) {
                    comment(
                            out,
                            indent,
                            "- " + inner.name() + ": " + inner.doc().value() + limits(inner));
                }
                sampleValue(out, indent, key, schema);
            } else {
                sampleValue(out, indent, key, schema);
            }
        }
    }

    private static void sampleValue(StringBuilder out, String indent, Setting key, Schema schema) {
        if (!key.doc().example().isEmpty()) {
            comment(out, indent, "Example: " + key.name() + ": " + key.doc().example());
        }
        Object value = schema.defaults().map(key::of).orElse(Optional.empty());
        if (value instanceof Optional<?>) {
            out.append(indent).append(key.name()).append(":\n");
        } else {
            out.append(indent)
                    .append(key.name())
                    .append(": ")
                    .append(ConfigurationPrinter.inline(value))
                    .append('\n');
        }
    }

    private static void comment(StringBuilder out, String indent, String words) {
        var line = new StringBuilder(indent + "#");
        for (String word : words.split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH) {
                out.append(line).append('\n');
                line = new StringBuilder(indent + "#");
            }
            line.append(' ').append(word);
        }
        out.append(line).append('\n');
    }

    /// Every key as a JSON object from path to `default`, `expected`, `meaning`, one a line.
    public static String json() {
        var text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            jsonKeys(json, Schema.of(Configuration.class), "");
            json.writeEndObject();
        }
        return text + "\n";
    }

    private static void jsonKeys(JsonGenerator json, Schema schema, String prefix) {
        for (var key : schema.keys()) {
            String path =
                    prefix
                            + key.name()
                            + (key.shape() == Shape.LIST && key.isSection() ? "[]" : "");
            if (key.isSection()) {
                jsonKeys(json, Schema.of(key.type()), path + ".");
                continue;
            }
            json.writeObjectPropertyStart(path);
            json.writeStringProperty("meaning", key.doc().value());
            json.writeStringProperty(
                    "expected",
                    (key.shape() == Shape.LIST ? "a list, each " : "")
                            + Values.expectation(key.type()));
            key.range()
                    .ifPresent(range -> {
                        json.writeStringProperty("min", range.min());
                        json.writeStringProperty("max", range.max());
                    });
            schema.defaults()
                    .map(key::of)
                    .filter(value -> !(value instanceof Optional<?>))
                    .ifPresent(value ->
                            json.writeStringProperty(
                                    "default", ConfigurationPrinter.inline(value)));
            json.writeEndObject();
        }
    }

    /// Paths of all settings, for tests and completion.
    public static List<String> paths() {
        return paths(Schema.of(Configuration.class), "");
    }

    private static List<String> paths(Schema schema, String prefix) {
        return schema.keys().stream()
                .flatMap(key ->
                        key.isSection()
                                ? paths(Schema.of(key.type()), prefix + key.name() + ".").stream()
                                : Stream.of(prefix + key.name()))
                .toList();
    }
}
