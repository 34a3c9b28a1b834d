package tayori.authres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One statement: a method and what it came to (`resinfo` of RFC 8601 §2.2).
///
/// @param method in lower case, e.g. `dkim`
/// @param version of the method; 1 where none is written (RFC 8601 §2.2)
/// @param result in lower case, e.g. `pass` (RFC 8601 §2.7)
/// @param reason why, as free text
/// @param comments in the order they stand, without the outer parentheses; for people only
/// @param properties in the order they stand
public record MethodResult(
        String method,
        int version,
        String result,
        Optional<String> reason,
        List<String> comments,
        List<Property> properties) {
    public MethodResult {
        method = method.toLowerCase(Locale.ROOT);
        result = result.toLowerCase(Locale.ROOT);
        comments = List.copyOf(comments);
        properties = List.copyOf(properties);
    }

    /// A statement without reason, of version 1 of its method.
    public static MethodResult of(String method, String result, Property... properties) {
        return new MethodResult(
                method, 1, result, Optional.empty(), List.of(), List.of(properties));
    }

    /// The same with one comment more.
    public MethodResult withComment(String comment) {
        var more = new ArrayList<>(comments);
        more.add(comment);
        return new MethodResult(method, version, result, reason, more, properties);
    }

    /// The same with a reason.
    public MethodResult withReason(String because) {
        return new MethodResult(
                method, version, result, Optional.of(because), comments, properties);
    }

    /// The value of the first property of this name, e.g. `smtp` and `mailfrom`; case does not matter.
    public Optional<String> property(String ptype, String property) {
        for (var candidate : properties) {
            if (candidate.ptype().equalsIgnoreCase(ptype)
                    && candidate.property().equalsIgnoreCase(property)) {
                return Optional.of(candidate.value());
            }
        }
        return Optional.empty();
    }
}
