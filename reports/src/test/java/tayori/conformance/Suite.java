package tayori.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A conformance suite among the test resources. Whatever is missing is an error, never a skip.
public record Suite(Path folder) {
    private static final JsonMapper JSON = new JsonMapper();

    /// A case in which the suite and our reading part; `disputed.tsv` beside the suite holds them.
    ///
    /// @param ours the result we give
    /// @param section what decides
    public record Dispute(String ours, String section) {}

    /// A suite of this module.
    public static Suite of(String name) {
        return new Suite(Path.of("src/test/resources/conformance", name));
    }

    /// A suite that another module keeps.
    public static Suite of(String module, String name) {
        return new Suite(Path.of("..", module, "src/test/resources/conformance", name));
    }

    public byte[] bytes(String file) {
        try {
            return Files.readAllBytes(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the suite misses " + file, e);
        }
    }

    public JsonNode json(String file) {
        return JSON.readTree(bytes(file));
    }

    /// The cases of a file.
    ///
    /// @param count how many the suite's README says there are
    public List<JsonNode> cases(String file, int count) {
        var cases = StreamSupport.stream(json(file).spliterator(), false).toList();
        if (cases.size() != count) {
            throw new AssertionError(
                    folder + "/" + file + " holds " + cases.size() + " cases, not " + count);
        }
        return cases;
    }

    /// Lines of three columns by their first; empty lines and those that begin with `#` are left out.
    public Map<String, Dispute> disputes() {
        return table("disputed.tsv");
    }

    /// As [#disputes], from another file.
    public Map<String, Dispute> table(String file) {
        var table = new HashMap<String, Dispute>();
        new String(bytes(file), java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                .forEach(line -> {
                    var columns = line.split("\t", -1);
                    table.put(columns[0], new Dispute(columns[1], columns[2]));
                });
        return table;
    }

    /// A member as text; empty where it is absent or null.
    public static String text(JsonNode node, String name) {
        var member = node.get(name);
        return member == null || member.isNull() ? "" : member.asString();
    }
}
