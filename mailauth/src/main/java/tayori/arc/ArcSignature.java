package tayori.arc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tayori.dkim.Canonicalization;
import tayori.dkim.SignatureAlgorithm;
import tayori.dkim.TagList;
import tayori.dns.ALabels;
import tayori.dns.DomainName;
import tayori.message.HeaderField;

/// An ARC-Message-Signature or ARC-Seal that can be verified.
///
/// @param canonicalizations to try; a seal is always relaxed (RFC 8617 §4.1.3)
/// @param signedNames `h=` of a message signature, in lower case; empty for a seal
record ArcSignature(
        HeaderField field,
        TagList tags,
        SignatureAlgorithm algorithm,
        List<Canonicalization.Pair> canonicalizations,
        DomainName keyName,
        List<String> signedNames,
        OptionalLong bodyLimit,
        OptionalLong expiresAt) {
    /// Most names in `h=`. Unit: names.
    static final int MAX_SIGNED_NAMES = 1024;

    private static final List<Canonicalization.Pair> RELAXED =
            List.of(Canonicalization.Pair.RELAXED_RELAXED);

    /// Most digits of a number in a tag.
    private static final int MAX_DIGITS = 18;

    /// `b=`, decoded.
    byte[] signature() {
        return tags.base64("b").orElseThrow();
    }

    /// `bh=` of a message signature, decoded.
    byte[] bodyHash() {
        return tags.base64("bh").orElseThrow();
    }

    /// What a field turned out to be.
    sealed interface Reading {
        record Good(ArcSignature signature) implements Reading {}

        record Bad(ArcReason reason, String text) implements Reading {}
    }

    /// Reads an ARC-Message-Signature: DKIM's tags with three differences (RFC 8617 §4.1.2).
    static Reading readMessageSignature(HeaderField field, TagList tags) {
        var fault = fault(tags, List.of("a", "b", "bh", "d", "h", "s"));
        if (fault != null) {
            return fault;
        }
        var names = names(tags.get("h").orElse(""));
        if (names.size() > MAX_SIGNED_NAMES) {
            return syntax("h= names more than " + MAX_SIGNED_NAMES + " fields");
        }
        if (names.contains("arc-seal")) {
            return new Reading.Bad(
                    ArcReason.FORBIDDEN_COVERAGE, "the message signature covers seals");
        }
        var canonicalizations = canonicalizations(tags);
        if (canonicalizations.isEmpty()) {
            return syntax("unknown canonicalization");
        }
        if (tags.base64("bh").isEmpty()) {
            return syntax("bh= is not base64");
        }
        return common(field, tags, canonicalizations, names);
    }

    /// Reads an ARC-Seal, its `cv=` aside (RFC 8617 §4.1.3).
    static Reading readSeal(HeaderField field, TagList tags) {
        var fault = fault(tags, List.of("a", "b", "cv", "d", "s"));
        if (fault != null) {
            return fault;
        }
        if (tags.has("h")) {
            return new Reading.Bad(ArcReason.FORBIDDEN_COVERAGE, "a seal with h=");
        }
        return common(field, tags, RELAXED, List.of());
    }

    /// What `c=` says. Without it RFC 6376 §3.5 means simple/simple, but RFC 8617 §4.1.2 does not repeat that, sealers
    /// and the common test suite take relaxed/relaxed: either will do, both need the sealer's key.
    private static List<Canonicalization.Pair> canonicalizations(TagList tags) {
        if (!tags.has("c")) {
            return List.of(
                    Canonicalization.Pair.SIMPLE_SIMPLE, Canonicalization.Pair.RELAXED_RELAXED);
        }
        return tags.compact("c").flatMap(Canonicalization.Pair::parse).stream().toList();
    }

    /// The domain that a field names, whether it is valid otherwise or not.
    static Optional<DomainName> domain(TagList tags) {
        return tags.utf8("d").flatMap(ALabels::toDomainName);
    }

    private static Reading.@Nullable Bad fault(TagList tags, List<String> required) {
        if (tags.fault().isPresent()) {
            return syntax(tags.fault().get());
        }
        for (String name : required) {
            if (!tags.has(name)) {
                return syntax(name + "= is missing");
            }
        }
        for (String name : List.of("t", "x", "l")) {
            if (tags.has(name) && number(tags, name).isEmpty()) {
                return syntax(name + "= is no number");
            }
        }
        return null;
    }

    private static Reading common(
            HeaderField field,
            TagList tags,
            List<Canonicalization.Pair> canonicalizations,
            List<String> names) {
        var algorithm = tags.get("a").flatMap(SignatureAlgorithm::parse);
        if (algorithm.isEmpty() || algorithm.get() == SignatureAlgorithm.RSA_SHA1) {
            return syntax("unknown or historic algorithm");
        }
        var keyName =
                tags.utf8("s")
                        .flatMap(ALabels::toDomainName)
                        .flatMap(s -> domain(tags).flatMap(d -> d.below(s + "._domainkey")));
        if (keyName.isEmpty()) {
            return syntax("d= and s= make no domain name");
        }
        if (tags.base64("b").isEmpty()) {
            return syntax("b= is not base64");
        }
        return new Reading.Good(
                new ArcSignature(
                        field,
                        tags,
                        algorithm.get(),
                        canonicalizations,
                        keyName.get(),
                        names,
                        number(tags, "l"),
                        number(tags, "x")));
    }

    private static Reading.Bad syntax(String text) {
        return new Reading.Bad(ArcReason.SIGNATURE_SYNTAX, text);
    }

    private static OptionalLong number(TagList tags, String name) {
        String text = tags.get(name).orElse("");
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            return OptionalLong.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    /// The names of `h=` in lower case; empty ones are passed over, as they can name no field.
    private static List<String> names(String value) {
        var names = new ArrayList<String>();
        for (var name : value.split(":", -1)) {
            String trimmed = name.strip();
            if (!trimmed.isEmpty()) {
                names.add(trimmed.toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}
