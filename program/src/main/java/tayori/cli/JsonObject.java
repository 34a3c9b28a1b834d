package tayori.cli;

import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// An answer for programs, field by field in the order they are put. An absent value is written as `null`, so that a
/// field that is documented is always there.
final class JsonObject {
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, Optional<Object>> fields = new LinkedHashMap<>();

    /// @param value text, number, truth, [JsonObject], a list of these, or null
    JsonObject put(String name, @Nullable Object value) {
        fields.put(name, Optional.ofNullable(value));
        return this;
    }

    /// The value's text, or `null`.
    JsonObject put(String name, Optional<?> value) {
        fields.put(name, value.map(Object::toString));
        return this;
    }

    /// All fields of another object, behind those of this one.
    JsonObject putAll(JsonObject other) {
        fields.putAll(other.fields);
        return this;
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    /// All on one line.
    @Override
    public String toString() {
        var text = new StringWriter(256);
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            write(json, this);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Object value) {
        switch (value) {
            case JsonObject object -> {
                json.writeStartObject();
                object.fields.forEach((name, field) -> {
                    json.writeName(name);
                    if (field.isPresent()) {
                        write(json, field.get());
                    } else {
                        json.writeNull();
                    }
                });
                json.writeEndObject();
            }
            case List<?> list -> {
                json.writeStartArray();
                for (Object item : list) {
                    write(json, item);
                }
                json.writeEndArray();
            }
            case Optional<?> absent when absent.isEmpty() -> json.writeNull();
            case Boolean truth -> json.writeBoolean(truth);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            default -> json.writeString(value.toString());
        }
    }
}
