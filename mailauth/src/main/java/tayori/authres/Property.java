package tayori.authres;

/// What was looked at to come to a result: `ptype.property=value` (RFC 8601 §2.2).
///
/// @param ptype `smtp`, `header`, `body` or `policy` (RFC 8601 §2.3); empty where a stranger left it out, and such a
///     property is never written
/// @param property e.g. `mailfrom`; for `header`, the name of a field or, with DKIM, of a tag (`header.d`, and
///     `header.b` of RFC 6008)
/// @param value without quotes, as text; U-labels stay U-labels (RFC 8616 §3)
public record Property(String ptype, String property, String value) {
    /// `ptype.property`, as people name it.
    public String name() {
        return ptype.isEmpty() ? property : ptype + "." + property;
    }
}
