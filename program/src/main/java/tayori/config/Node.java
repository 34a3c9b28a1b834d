package tayori.config;

import java.util.List;

/// A YAML value that remembers where it stood. Lines and columns count from 1.
sealed interface Node {
    int line();

    int column();

    /// A word or number as written, without its quotes.
    record Scalar(String text, int line, int column) implements Node {}

    /// A key with nothing behind it.
    record Nothing(int line, int column) implements Node {}

    record Sequence(List<Node> items, int line, int column) implements Node {}

    record Mapping(List<Entry> entries, int line, int column) implements Node {}

    /// One `key: value`; line and column are the key's.
    record Entry(String key, int line, int column, Node value) {}
}
