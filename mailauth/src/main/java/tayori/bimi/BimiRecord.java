package tayori.bimi;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tayori.dkim.TagList;

/// An assertion record, read (draft-brand-indicators-for-message-identification-14).
public sealed interface BimiRecord {
    /// Longest record read. Unit: octets. The draft sets none; two URIs fit in well.
    int MAX_LENGTH = 8 * 1024;

    /// Longest URI taken. Unit: octets.
    int MAX_URI = 2048;

    /// The domain names a logo.
    ///
    /// @param location where the logo is; always https
    /// @param evidence where the proof is; always https
    record Indicator(URI location, Optional<URI> evidence) implements BimiRecord {}

    /// The domain declares that it takes no part: `l=` and `a=` are both there and empty.
    record Declined() implements BimiRecord {}

    /// It claims to be a record of this version but breaks the rules.
    record Invalid(String reason) implements BimiRecord {}

    /// It is no record of this version and must be ignored.
    record Foreign(String reason) implements BimiRecord {}

    /// Reads a record.
    ///
    /// The version is compared without regard to case: the draft asks for a precise match, but published records and
    /// the other implementations do not care, and nothing is lost by reading them.
    ///
    /// @param text one char per octet
    static BimiRecord parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return new Foreign("longer than " + MAX_LENGTH + " octets");
        }
        var tags = TagList.parse(text);
        if (!tags.firstName().map(name -> name.equalsIgnoreCase("v")).orElse(false)) {
            return new Foreign("v= is not the first tag");
        }
        String first = tags.firstName().orElse("v");
        String version = tags.get(first).orElse("");
        if (!version.equalsIgnoreCase("BIMI1")) {
            return new Foreign(version.isEmpty() ? "v= is empty" : "v= is not BIMI1");
        }
        if (tags.fault().isPresent()) {
            return new Invalid(tags.fault().get());
        }
        var location = tags.get("l");
        if (location.isEmpty()) {
            return new Invalid("l= is missing");
        }
        String evidence = tags.get("a").orElse("");
        if (location.get().isEmpty()) {
            return tags.has("a") && evidence.isEmpty()
                    ? new Declined()
                    : new Invalid("l= is empty");
        }
        var logo = uri(location.get());
        if (logo.isEmpty()) {
            return new Invalid("l= is no https URI");
        }
        if (!hasLogoSuffix(logo.get())) {
            return new Invalid("l= names another format than SVG");
        }
        if (evidence.isEmpty()) {
            return new Indicator(logo.get(), Optional.empty());
        }
        // "self" was an early draft's word for "no evidence"
        if (evidence.equalsIgnoreCase("self")) {
            return new Indicator(logo.get(), Optional.empty());
        }
        var proof = uri(evidence);
        return proof.isPresent()
                ? new Indicator(logo.get(), proof)
                : new Invalid("a= is no https URI");
    }

    /// An https URI with a host and nothing that could send us elsewhere: no user, no raw comma (a list of early
    /// drafts; a comma within a URI has to be escaped).
    private static Optional<URI> uri(String text) {
        if (text.length() > MAX_URI || text.indexOf(',') >= 0) {
            return Optional.empty();
        }
        try {
            var uri = new URI(text);
            boolean good =
                    "https".equalsIgnoreCase(uri.getScheme())
                            && uri.getHost() != null
                            && uri.getRawUserInfo() == null;
            return good ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /// By the draft a suffix of another format is an error; no suffix is none.
    private static boolean hasLogoSuffix(URI uri) {
        String path = uri.getRawPath().toLowerCase(Locale.ROOT);
        int dot = path.lastIndexOf('.');
        return dot <= path.lastIndexOf('/')
                || Set.of("svg", "svgz", "gz").contains(path.substring(dot + 1));
    }
}
