package tayori.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The record syntax that MTA-STS (RFC 8461 §3.1) and TLS reporting (RFC 8460 §3) share: a version, then fields
/// `name=value` with semicolons between them.
///
/// @param fields those after the version
/// @param problem the first thing that is no such syntax; then `fields` hold what came before it
record FieldList(List<Field> fields, Optional<String> problem) {
    /// Longest record that is read, in characters; both RFCs expect some dozens.
    static final int MAX_CHARS = 8_192;

    /// Longest name of an extension, in characters: one and 31 more, in both RFCs.
    private static final int MAX_NAME = 32;

    record Field(String name, String value) {}

    FieldList {
        fields = List.copyOf(fields);
    }

    /// Reads a record.
    ///
    /// @param version e.g. `v=STSv1`, case-sensitive in both RFCs
    /// @param separated a field whose value may hold white space around commas: `rua`
    /// @return nothing where the record is of another kind
    static Optional<FieldList> parse(String text, String version, String separated) {
        if (!text.startsWith(version) || text.length() > MAX_CHARS) {
            return Optional.empty();
        }
        int at = skipSpace(text, version.length());
        if (at < text.length() && text.charAt(at) != ';') {
            return Optional.empty();
        }
        var fields = new ArrayList<Field>(2);
        while (at < text.length()) {
            int begin = skipSpace(text, at + 1);
            int end = text.indexOf(';', begin);
            end = end < 0 ? text.length() : end;
            String field = text.substring(begin, end).stripTrailing();
            if (field.isEmpty()) {
                return Optional.of(
                        end == text.length()
                                ? new FieldList(fields, Optional.empty())
                                : new FieldList(fields, Optional.of("an empty field")));
            }
            int equals = field.indexOf('=');
            if (equals < 0 || !isName(field, equals)) {
                return Optional.of(
                        new FieldList(fields, Optional.of("a field without a proper name")));
            }
            String name = field.substring(0, equals);
            String value = field.substring(equals + 1);
            if (!name.equals(separated) && !isValue(value)) {
                return Optional.of(
                        new FieldList(
                                fields, Optional.of("field " + name + " without a proper value")));
            }
            fields.add(new Field(name, value));
            at = end;
        }
        return Optional.of(new FieldList(fields, Optional.empty()));
    }

    private static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private static boolean isName(String field, int length) {
        if (length < 1 || length > MAX_NAME) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = field.charAt(i);
            if (!isAlphanumeric(c) && (i == 0 || (c != '_' && c != '-' && c != '.'))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '=') {
                return false;
            }
        }
        return !value.isEmpty();
    }

    static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
