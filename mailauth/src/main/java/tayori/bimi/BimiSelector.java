package tayori.bimi;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tayori.dkim.TagList;
import tayori.dns.DomainName;
import tayori.message.MessageHead;

/// The selector that a sender names in the header field BIMI-Selector.
public final class BimiSelector {
    /// What is asked for without the field.
    public static final String DEFAULT = "default";

    /// Longest selector, dots included. Unit: octets. A name in the DNS has no room for more.
    static final int MAX_LENGTH = 200;

    private BimiSelector() {}

    /// The selector of the only BIMI-Selector field.
    ///
    /// Use it only where an aligned DKIM signature covers the field; anyone on the way can add one.
    ///
    /// @return nothing without the field, with several, or where it cannot be read: then [#DEFAULT] counts
    public static Optional<String> of(MessageHead head) {
        var fields = head.all("BIMI-Selector");
        if (fields.size() != 1) {
            return Optional.empty();
        }
        var field = fields.getFirst();
        var tags =
                TagList.parse(
                        new String(
                                field.raw(),
                                field.colon() + 1,
                                field.raw().length - field.colon() - 1,
                                StandardCharsets.ISO_8859_1));
        if (tags.fault().isPresent()
                || !tags.get("v").map(v -> v.equalsIgnoreCase("BIMI1")).orElse(false)) {
            return Optional.empty();
        }
        return tags.get("s")
                .filter(s -> s.length() <= MAX_LENGTH)
                .flatMap(DomainName::parse)
                .map(DomainName::toString);
    }
}
