package tayori.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A conformance suite among the test resources. Whatever is missing is an error, never a skip.
public record Suite(String folder) {
    private static final JsonMapper JSON = new JsonMapper();

    /// A case in which the suite and our reading of the RFC part; `disputed.tsv` beside the suite holds them.
    ///
    /// @param ours the result we give
    /// @param section what decides
    public record Dispute(String ours, String section) {}

    public byte[] bytes(String file) {
        String path = "/conformance/" + folder + "/" + file;
        try (@Nullable InputStream in = Suite.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new AssertionError("the suite misses " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode json(String file) {
        return JSON.readTree(bytes(file));
    }

    /// The cases of a file.
    ///
    /// @param count how many the suite's README says there are
    public List<JsonNode> cases(String file, int count) {
        return counted(json(file), file, count);
    }

    public List<JsonNode> counted(JsonNode array, String file, int count) {
        var cases = StreamSupport.stream(array.spliterator(), false).toList();
        if (cases.size() != count) {
            throw new AssertionError(
                    folder + "/" + file + " holds " + cases.size() + " cases, not " + count);
        }
        return cases;
    }

    /// The disputes by case id; an empty map where the suite has none.
    public Map<String, Dispute> disputes() {
        var disputes = new HashMap<String, Dispute>();
        for (String line :
                new String(bytes("disputed.tsv"), java.nio.charset.StandardCharsets.UTF_8)
                        .split("\n")) {
            if (!line.isBlank() && line.charAt(0) != '#') {
                var columns = line.split("\t");
                disputes.put(columns[0], new Dispute(columns[1], columns[2]));
            }
        }
        return disputes;
    }

    /// A member as text; empty where it is absent or null.
    public static String text(JsonNode node, String name) {
        var member = node.get(name);
        return member == null || member.isNull() ? "" : member.asString();
    }
}
