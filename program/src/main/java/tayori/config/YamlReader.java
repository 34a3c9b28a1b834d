package tayori.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// YAML text to [Node]s. Of YAML's riches a configuration needs maps, lists and words: anchors, aliases, a second
/// document and a key given twice are refused.
final class YamlReader {
    /// Deepest nesting. Unit: levels; the settings themselves need five.
    static final int MAX_DEPTH = 20;

    /// Where a place in the file is wrong as YAML.
    static final class NotYaml extends Exception {
        private static final long serialVersionUID = 1;
        private final int line;
        private final int column;

        NotYaml(String problem, int line, int column) {
            super(problem);
            this.line = line;
            this.column = column;
        }

        int line() {
            return line;
        }

        int column() {
            return column;
        }

        String problem() {
            return String.valueOf(getMessage());
        }
    }

    private final YAMLParser parser;

    private YamlReader(YAMLParser parser) {
        this.parser = parser;
    }

    /// @return the root; nothing for a file that is empty or only holds comments
    static Optional<Node> read(String text) throws NotYaml {
        try (YAMLParser parser =
                (YAMLParser) new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
            return new YamlReader(parser).document();
        } catch (JacksonException e) {
            throw withoutSnippet(e);
        }
    }

    /// The parser's own message quotes the line, which may hold a secret.
    private static NotYaml withoutSnippet(JacksonException thrown) {
        Throwable cause = thrown.getCause();
        if (cause instanceof MarkedYamlEngineException marked) {
            var mark = marked.getProblemMark();
            return new NotYaml(
                    String.valueOf(marked.getProblem()),
                    mark.map(m -> m.getLine() + 1).orElse(1),
                    mark.map(m -> m.getColumn() + 1).orElse(1));
        }
        var location = thrown.getLocation();
        return location == null
                ? new NotYaml("not YAML", 1, 1)
                : new NotYaml("not YAML", location.getLineNr(), location.getColumnNr());
    }

    private Optional<Node> document() throws NotYaml {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return Optional.empty();
        }
        Node root = value(first, 0);
        if (parser.nextToken() != null) {
            throw problem("a second document in the file");
        }
        return Optional.of(root);
    }

    private Node value(@Nullable JsonToken token, int depth) throws NotYaml {
        if (depth > MAX_DEPTH) {
            throw problem("nesting deeper than " + MAX_DEPTH + " levels");
        }
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            throw problem("an anchor or alias, which this file may not use");
        }
        int line = line();
        int column = column();
        return switch (token) {
            case START_OBJECT -> mapping(depth, line, column);
            case START_ARRAY -> sequence(depth, line, column);
            case VALUE_NULL -> new Node.Nothing(line, column);
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                    new Node.Scalar(parser.getString(), line, column);
            case null, default -> throw problem("an unfinished value");
        };
    }

    private Node mapping(int depth, int line, int column) throws NotYaml {
        List<Node.Entry> entries = new ArrayList<>();
        var seen = new HashMap<String, Integer>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            int keyLine = line();
            int keyColumn = column();
            Integer before = seen.putIfAbsent(key, keyLine);
            if (before != null) {
                throw problem(
                        "the key '"
                                + Quoted.safely(key)
                                + "' again, first given in line "
                                + before);
            }
            entries.add(
                    new Node.Entry(key, keyLine, keyColumn, value(parser.nextToken(), depth + 1)));
        }
        return new Node.Mapping(List.copyOf(entries), line, column);
    }

    private Node sequence(int depth, int line, int column) throws NotYaml {
        List<Node> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            items.add(value(token, depth + 1));
        }
        return new Node.Sequence(List.copyOf(items), line, column);
    }

    private NotYaml problem(String words) {
        return new NotYaml(words, line(), column());
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private int column() {
        return parser.currentTokenLocation().getColumnNr();
    }
}
