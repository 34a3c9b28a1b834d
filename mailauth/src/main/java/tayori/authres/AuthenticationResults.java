package tayori.authres;

import java.util.List;
import tayori.message.HeaderField;

/// What one authentication service says about one mail (RFC 8601 §2).
///
/// @param authservId who says it: usually a host or domain name (RFC 8601 §2.5); empty only where a stranger's field
///     had none and was read leniently
/// @param version of the header field's format; 1 is the only one there is
/// @param results empty stands for `none`: nothing was tried
public record AuthenticationResults(String authservId, int version, List<MethodResult> results) {
    /// The only version defined, written by leaving it out (RFC 8601 §2.2).
    public static final int VERSION = 1;

    /// The name of the header field.
    public static final String FIELD_NAME = "Authentication-Results";

    public AuthenticationResults {
        results = List.copyOf(results);
    }

    /// Results in the current version.
    public AuthenticationResults(String authservId, List<MethodResult> results) {
        this(authservId, VERSION, results);
    }

    /// The results of one method, in the order they stand.
    public List<MethodResult> of(String method) {
        return results.stream().filter(r -> r.method().equalsIgnoreCase(method)).toList();
    }

    /// The whole header field, folded, ready to be added on top of the message.
    ///
    /// What the grammar of RFC 8601 §2.2 cannot hold is left out, never bent: see [#payload].
    public HeaderField toField() {
        return HeaderField.of(
                FIELD_NAME, AuthenticationResultsWriter.write(this, FIELD_NAME.length() + 2));
    }

    /// The `authres-payload` alone, folded with CRLF and a tab, without CRLF at its end; ARC-Authentication-Results
    /// carries it after its `i=` (RFC 8617 §4.1.1).
    ///
    /// Lines stay within 78 columns where a word allows it and within 998 octets always (RFC 5322 §2.1.1). Control
    /// characters and lone surrogates become `?`, so no value can end the field or start another. A method, result or
    /// property name that is no keyword, or a value too long for one line, is left out with all that belongs to it.
    ///
    /// @param column where the payload begins on its first line
    public String payload(int column) {
        return AuthenticationResultsWriter.write(this, column);
    }
}
