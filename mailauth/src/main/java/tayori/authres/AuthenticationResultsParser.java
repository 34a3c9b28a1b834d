package tayori.authres;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tayori.message.HeaderField;

/// Reads Authentication-Results. Bounded, never throws, in one pass.
///
/// Comments before the first statement are skipped; those inside a statement are kept with it.
public final class AuthenticationResultsParser {
    /// Longest field read. Unit: characters. No RFC sets one; real fields stay below 4 KiB.
    public static final int MAX_LENGTH = 64 * 1024;

    /// Most comments inside one another. RFC 5322 §3.2.2 sets no limit.
    public static final int MAX_COMMENT_DEPTH = 20;

    /// Most statements kept of one field; one more makes it malformed.
    public static final int MAX_RESULTS = 200;

    /// How closely the field must follow RFC 8601 §2.2.
    public enum Reading {
        /// The grammar, in ASCII; results of registered methods must be registered (RFC 8601 §2.7.7 wants fields with
        /// others ignored).
        STRICT,
        /// The same grammar with UTF-8, as in internationalized mail (RFC 6532 §3, RFC 8616 §3).
        INTERNATIONALIZED,
        /// What providers really write: values with `/` or `:` unquoted, properties without ptype, any result, a
        /// semicolon at the end, no authserv-id. A statement that makes no sense is skipped.
        LENIENT
    }

    /// What came of it.
    public sealed interface Outcome {
        /// The results, where it could be read.
        default Optional<AuthenticationResults> results() {
            return this instanceof Parsed(var parsed) ? Optional.of(parsed) : Optional.empty();
        }
    }

    /// It could be read.
    public record Parsed(AuthenticationResults parsed) implements Outcome {}

    /// It could not.
    ///
    /// @param reason for people
    /// @param position in the value handed over, in characters
    public record Malformed(String reason, int position) implements Outcome {}

    private final Reading reading;

    public AuthenticationResultsParser(Reading reading) {
        this.reading = reading;
    }

    /// Reads the value of a field; its name is not looked at.
    public Outcome parse(HeaderField field) {
        return parse(field.value());
    }

    /// Reads an `authres-payload`, folds and all.
    public Outcome parse(String value) {
        if (value.length() > MAX_LENGTH) {
            return new Malformed("longer than " + MAX_LENGTH + " characters", MAX_LENGTH);
        }
        return new Run(value, reading).payload();
    }

    /// One reading of one value.
    private static final class Run {
        private final String text;
        private final Reading reading;
        private final boolean lenient;
        private final Cursor cursor;

        Run(String text, Reading reading) {
            this.text = text;
            this.reading = reading;
            this.lenient = reading == Reading.LENIENT;
            this.cursor = new Cursor(text);
        }

        Outcome payload() {
            if (reading == Reading.STRICT) {
                for (int i = 0; i < text.length(); i++) {
                    if (text.charAt(i) > 0x7e) {
                        return new Malformed("not ASCII", i);
                    }
                }
            }
            if (!cursor.skipCfws()) {
                return malformed();
            }
            int start = cursor.position();
            String id = authservId();
            if (id == null) {
                return malformed();
            }
            int version = AuthenticationResults.VERSION;
            if (lenient && id.isEmpty() && cursor.position() == start) {
                // Outlook: the statements begin at once
            } else {
                if (!cursor.skipCfws()) {
                    return malformed();
                }
                int written = cursor.number();
                if (written >= 0) {
                    version = written;
                    if (!cursor.skipCfws()) {
                        return malformed();
                    }
                }
                if (lenient && !cursor.at(';')) {
                    cursor.skipTo(';');
                }
                if (cursor.atEnd() && lenient) {
                    return new Parsed(new AuthenticationResults(id, version, List.of()));
                }
                if (!cursor.take(';')) {
                    return fail("no semicolon after the authserv-id");
                }
            }
            return statements(id, version);
        }

        /// The id; null where there is none that the grammar knows; empty without moving where it is left out.
        private @Nullable String authservId() {
            if (cursor.at('"')) {
                return cursor.quotedString(lenient);
            }
            int start = cursor.position();
            String id = cursor.run();
            if (lenient) {
                if (id.indexOf('=') >= 0) {
                    cursor.moveTo(start);
                    return "";
                }
                return id;
            }
            if (Grammar.isToken(id)
                    || (reading == Reading.INTERNATIONALIZED && Grammar.isAddress(id))) {
                return id;
            }
            fail("the authserv-id is neither token nor quoted string");
            return null;
        }

        private Outcome statements(String id, int version) {
            var results = new ArrayList<MethodResult>(6);
            boolean none = false;
            while (true) {
                cursor.forgetComments();
                if (!cursor.skipCfws()) {
                    return malformed();
                }
                if (cursor.atEnd() && lenient) {
                    break;
                }
                int start = cursor.position();
                var result = none ? null : statement();
                if (result != null) {
                    if (results.size() == MAX_RESULTS) {
                        return fail("more than " + MAX_RESULTS + " results");
                    }
                    results.add(result);
                } else if (results.isEmpty() && !none && isNone(start)) {
                    none = true;
                } else if (lenient) {
                    cursor.skipTo(';');
                } else {
                    return none ? fail("a result beside none") : malformed();
                }
                if (cursor.atEnd()) {
                    break;
                }
                if (!cursor.take(';')) {
                    return fail("no semicolon between results");
                }
            }
            return new Parsed(new AuthenticationResults(id, version, results));
        }

        /// `none` and nothing else up to the end or, leniently, the next semicolon.
        private boolean isNone(int start) {
            cursor.moveTo(start);
            return cursor.keyword().equalsIgnoreCase("none")
                    && cursor.skipCfws()
                    && (cursor.atEnd() || (lenient && cursor.at(';')));
        }

        private @Nullable MethodResult statement() {
            String method = lenient ? cursor.token() : cursor.keyword();
            if (!isName(method) || !cursor.skipCfws()) {
                fail("no method");
                return null;
            }
            int version = 1;
            if (cursor.take('/')) {
                if (!cursor.skipCfws() || (version = cursor.number()) < 0 || !cursor.skipCfws()) {
                    fail("no method version");
                    return null;
                }
            }
            if (!cursor.take('=') || !cursor.skipCfws()) {
                fail("no equals sign after the method");
                return null;
            }
            String result = lenient ? cursor.token() : cursor.keyword();
            if (!isName(result)) {
                fail("no result");
                return null;
            }
            if (!lenient && !RegisteredResults.allow(method, result)) {
                fail("not a registered result of " + method);
                return null;
            }
            if (!cursor.skipCfws()) {
                return null;
            }
            return supporting(method, version, result);
        }

        /// `reasonspec` and `propspec`s up to the semicolon.
        private @Nullable MethodResult supporting(String method, int version, String result) {
            var properties = new ArrayList<Property>(4);
            Optional<String> reason = Optional.empty();
            while (!cursor.atEnd() && !cursor.at(';')) {
                int start = cursor.position();
                String name = lenient ? cursor.tokenToDot() : cursor.keyword();
                if (!isName(name) || !cursor.skipCfws()) {
                    fail("neither reason nor property");
                    return lenient && cursor.skipTo(';')
                            ? built(method, version, result, reason, properties)
                            : null;
                }
                if (cursor.take('=')) {
                    String value = value();
                    boolean isReason = name.equalsIgnoreCase("reason");
                    if (value == null
                            || (!lenient
                                    && (!isReason
                                            || reason.isPresent()
                                            || !properties.isEmpty()))) {
                        cursor.moveTo(start);
                        fail("a property without its ptype, or a reason out of place");
                        return null;
                    }
                    if (isReason) {
                        reason = Optional.of(value);
                    } else {
                        properties.add(new Property("", name, value));
                    }
                } else {
                    var property = property(name);
                    if (property == null) {
                        return lenient && cursor.skipTo(';')
                                ? built(method, version, result, reason, properties)
                                : null;
                    }
                    properties.add(property);
                }
                if (!cursor.skipCfws()) {
                    return null;
                }
            }
            return built(method, version, result, reason, properties);
        }

        private MethodResult built(
                String method,
                int version,
                String result,
                Optional<String> reason,
                List<Property> properties) {
            return new MethodResult(method, version, result, reason, cursor.comments(), properties);
        }

        private @Nullable Property property(String ptype) {
            if (!cursor.take('.') || !cursor.skipCfws()) {
                fail("no dot after the ptype");
                return null;
            }
            String name = lenient ? cursor.token() : cursor.keyword();
            if (!isName(name) || !cursor.skipCfws() || !cursor.take('=')) {
                fail("no property");
                return null;
            }
            if (!cursor.skipCfws()) {
                return null;
            }
            String value = propertyValue();
            return value == null ? null : new Property(ptype, name, value);
        }

        /// `value` of RFC 2045 §5.1, after a reason.
        private @Nullable String value() {
            if (!cursor.skipCfws()) {
                return null;
            }
            if (cursor.at('"')) {
                return cursor.quotedString(lenient);
            }
            String value = cursor.run();
            return lenient || Grammar.isToken(value) ? value : null;
        }

        private @Nullable String propertyValue() {
            if (cursor.at('"')) {
                String quoted = cursor.quotedString(lenient);
                if (quoted == null || !cursor.at('@')) {
                    return quoted;
                }
                String domain = cursor.run();
                if (lenient || Grammar.isAddress(domain)) {
                    return quoted + domain;
                }
                fail("no domain after a quoted local part");
                return null;
            }
            String value = cursor.run();
            if (lenient || Grammar.isToken(value) || Grammar.isAddress(value)) {
                return value;
            }
            fail("a value that should be quoted");
            return null;
        }

        private boolean isName(String name) {
            return lenient ? !name.isEmpty() : Grammar.isKeyword(name);
        }

        private Malformed fail(String reason) {
            cursor.fail(reason);
            return malformed();
        }

        private Malformed malformed() {
            return cursor.trouble();
        }
    }
}
