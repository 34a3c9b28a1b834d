package tayori.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tayori.config.Schema.Setting;
import tayori.config.Schema.Shape;

/// Puts YAML [Node]s into the settings records and collects everything that does not fit.
final class Binder {
    private final String file;
    private final Path folder;
    private final RetiredKeys retired;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Node> places = new HashMap<>();

    /// @param folder relative file names in the configuration start here
    Binder(String file, Path folder, RetiredKeys retired) {
        this.file = file;
        this.folder = folder;
        this.retired = retired;
    }

    /// Reads a section.
    ///
    /// @return nothing where a value that has no default is missing or wrong; [#problems] says what
    Optional<Object> section(Class<?> type, Node node, String path) {
        Schema schema = Schema.of(type);
        List<Node.Entry> entries;
        switch (node) {
            case Node.Mapping mapping -> entries = mapping.entries();
            case Node.Nothing _ -> entries = List.of();
            default -> {
                problem(
                        node,
                        path,
                        found(node),
                        "keys and values: " + names(schema),
                        Optional.empty());
                return schema.defaults();
            }
        }
        Map<String, Node> given = new HashMap<>();
        for (var entry : entries) {
            String keyPath = path.isEmpty() ? entry.key() : path + "." + entry.key();
            if (schema.keys().stream().anyMatch(key -> key.name().equals(entry.key()))) {
                given.put(entry.key(), entry.value());
            } else {
                unknown(schema, entry, keyPath);
            }
        }
        @Nullable Object[] values = new Object[schema.keys().size()];
        boolean whole = true;
        for (int i = 0; i < values.length; i++) {
            Setting key = schema.keys().get(i);
            String keyPath = path.isEmpty() ? key.name() : path + "." + key.name();
            Node value = given.get(key.name());
            Optional<Object> bound = Optional.empty();
            if (value != null && !(value instanceof Node.Nothing && !isPlainSection(key))) {
                places.put(keyPath, value);
                bound = value(key, value, keyPath);
            } else if (schema.defaults().isEmpty() && key.shape() == Shape.ONE) {
                problem(
                        value == null ? node : value,
                        keyPath,
                        "nothing",
                        key.isSection() ? "a section" : Values.expectation(key.type()),
                        Optional.empty());
            }
            values[i] = bound.or(() -> fallback(schema, key)).orElse(null);
            whole &= values[i] != null;
        }
        return whole ? Optional.of(schema.make(values)) : Optional.empty();
    }

    /// A section that is always there: `dns:` with nothing behind it is all defaults.
    private static boolean isPlainSection(Setting key) {
        return key.isSection() && key.shape() == Shape.ONE;
    }

    private static Optional<Object> fallback(Schema schema, Setting key) {
        return schema.defaults()
                .map(key::of)
                .or(() ->
                        switch (key.shape()) {
                            case OPTIONAL -> Optional.of(Optional.empty());
                            case LIST -> Optional.of(List.of());
                            case ONE -> Optional.empty();
                        });
    }

    private Optional<Object> value(Setting key, Node node, String path) {
        return switch (key.shape()) {
            case ONE -> one(key, node, path);
            case OPTIONAL -> one(key, node, path).map(Optional::of);
            case LIST -> list(key, node, path);
        };
    }

    private Optional<Object> one(Setting key, Node node, String path) {
        return key.isSection() ? section(key.type(), node, path) : scalar(key, node, path);
    }

    private Optional<Object> list(Setting key, Node node, String path) {
        if (!(node instanceof Node.Sequence sequence)) {
            problem(
                    node,
                    path,
                    found(node),
                    "a list",
                    node instanceof Node.Scalar(var text, _, _)
                            ? Optional.of("write it as [" + Quoted.safely(text) + "]")
                            : Optional.empty());
            return Optional.empty();
        }
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            one(key, sequence.items().get(i), path + "[" + i + "]").ifPresent(items::add);
        }
        return Optional.of(List.copyOf(items));
    }

    private Optional<Object> scalar(Setting key, Node node, String path) {
        String expected =
                Values.expectation(key.type())
                        + key.range()
                                .map(range -> " from " + range.min() + " to " + range.max())
                                .orElse("");
        if (!(node instanceof Node.Scalar(var text, _, _))) {
            problem(node, path, found(node), expected, Optional.empty());
            return Optional.empty();
        }
        if (key.type() == KeyFile.class) {
            return keyFile(node, text, path);
        }
        Optional<? extends Object> parsed =
                Values.parse(key.type(), text).map(value -> fromFolder(value));
        if (parsed.isEmpty()) {
            problem(node, path, Quoted.of(text), expected, Values.advice(key.type(), text));
            return Optional.empty();
        }
        if (key.range().isPresent() && !within(key.range().get(), key.type(), parsed.get())) {
            problem(node, path, Quoted.of(text), expected, Optional.empty());
            return Optional.empty();
        }
        return Optional.of(parsed.get());
    }

    private Object fromFolder(Object value) {
        return value instanceof FilePath(var path) ? new FilePath(folder.resolve(path)) : value;
    }

    private Optional<Object> keyFile(Node node, String text, String path) {
        return switch (KeyFileCheck.check(folder, text)) {
            case KeyFileCheck.Good(var good) -> Optional.of(good);
            case KeyFileCheck.Bad(var found, var expected, var advice) -> {
                problem(node, path, found, expected, advice);
                yield Optional.empty();
            }
        };
    }

    /// The limits are written in the same words as the file, so one reader serves both.
    @SuppressWarnings(
            "unchecked") // both bounds and the value are of one Comparable type: Values made all
    // three
    private static boolean within(Range range, Class<?> type, Object value) {
        var comparator = (Comparator<Object>) (Comparator<?>) Comparator.naturalOrder();
        return comparator.compare(value, limit(type, range.min())) >= 0
                && comparator.compare(value, limit(type, range.max())) <= 0;
    }

    private static Object limit(Class<?> type, String text) {
        return Values.parse(type, text)
                .orElseThrow(() -> new IllegalStateException("no limit: " + text));
    }

    private void unknown(Schema schema, Node.Entry entry, String path) {
        var advice = retired.adviceFor(path);
        if (advice.isPresent()) {
            problem(entry.line(), entry.column(), path, "a retired key", "it to be gone", advice);
            return;
        }
        List<String> known = schema.keys().stream().map(Setting::name).toList();
        problem(
                entry.line(),
                entry.column(),
                Quoted.safely(path),
                "an unknown key",
                names(schema),
                Nearest.to(entry.key(), known).map(word -> "did you mean " + word + "?"));
    }

    private static String names(Schema schema) {
        return "one of " + String.join(", ", schema.keys().stream().map(Setting::name).toList());
    }

    private static String found(Node node) {
        return switch (node) {
            case Node.Scalar(var text, _, _) -> Quoted.of(text);
            case Node.Nothing _ -> "nothing";
            case Node.Sequence _ -> "a list";
            case Node.Mapping _ -> "keys and values";
        };
    }

    /// Adds a problem that only shows when settings are looked at together.
    void crossProblem(String path, String found, String expected) {
        Node node = places.get(path);
        problem(
                node == null ? 0 : node.line(),
                node == null ? 0 : node.column(),
                path,
                found,
                expected,
                Optional.empty());
    }

    private void problem(
            Node at, String path, String found, String expected, Optional<String> advice) {
        problem(at.line(), at.column(), path, found, expected, advice);
    }

    private void problem(
            int line,
            int column,
            String path,
            String found,
            String expected,
            Optional<String> advice) {
        problems.add(new Problem(file, line, column, path, found, expected, advice));
    }

    /// Everything that did not fit, in the order of the file.
    List<Problem> problems() {
        return problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }
}
