package tayori.dkim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tayori.dns.ALabels;
import tayori.dns.DomainName;
import tayori.message.HeaderField;

/// A DKIM-Signature field that can be verified: everything in it is well-formed and something we know. RFC 6376 §3.5.
///
/// @param keyName where its key is: `s._domainkey.d`
record DkimSignature(
        HeaderField field,
        TagList tags,
        SignatureFacts facts,
        SignatureAlgorithm algorithm,
        Canonicalization.Pair canonicalization,
        DomainName keyName,
        boolean identityBelowDomain) {
    /// Most names in `h=`. Unit: names. Real ones have 10 to 40.
    static final int MAX_SIGNED_NAMES = 1024;

    private static final int SIGNATURE_START = 8;

    /// Most digits of `l=`. RFC 6376 §3.5.
    private static final int MAX_LENGTH_DIGITS = 76;

    /// Most digits of `t=` and `x=` that we take for a time; RFC 6376 §3.5 asks for 12.
    private static final int MAX_TIME_DIGITS = 12;

    /// What a field turned out to be.
    sealed interface Reading {
        record Good(DkimSignature signature) implements Reading {}

        record Bad(DkimResult result) implements Reading {}
    }

    /// `bh=`, decoded.
    byte[] bodyHash() {
        return tags.base64("bh").orElseThrow();
    }

    /// `b=`, decoded.
    byte[] signature() {
        return tags.base64("b").orElseThrow();
    }

    /// Reads a field and checks all that needs neither key nor body. RFC 6376 §6.1.1.
    static Reading read(HeaderField field, DkimOptions options, Instant now) {
        return new Reader(field, options).read(now);
    }

    /// One reading: looks at the tags in turn and stops at the first that is wrong.
    private static final class Reader {
        private final HeaderField field;
        private final DkimOptions options;
        private final TagList tags;
        private final Optional<DomainName> domain;
        private final Optional<Long> signedAt;
        private final Optional<Long> expiresAt;
        private final OptionalLong limit;
        private final List<String> names;
        private final SignatureFacts facts;

        Reader(HeaderField field, DkimOptions options) {
            this.field = field;
            this.options = options;
            this.tags = TagList.parse(field.raw(), field.colon() + 1);
            String domainText = tags.utf8("d").orElse("");
            this.domain = ALabels.toDomainName(domainText);
            this.signedAt = tags.get("t").flatMap(text -> number(text, MAX_TIME_DIGITS));
            this.expiresAt = tags.get("x").flatMap(text -> number(text, MAX_TIME_DIGITS));
            var length = tags.get("l").flatMap(text -> number(text, MAX_LENGTH_DIGITS));
            this.limit = length.isPresent() ? OptionalLong.of(length.get()) : OptionalLong.empty();
            this.names = names(tags.get("h").orElse(""));
            String signature = tags.compact("b").orElse("");
            this.facts =
                    new SignatureFacts(
                            domainText,
                            domain,
                            tags.utf8("i").orElse("@" + domainText),
                            tags.utf8("s").orElse(""),
                            tags.get("a").orElse(""),
                            signature.substring(0, Math.min(SIGNATURE_START, signature.length())),
                            OptionalInt.empty(),
                            false,
                            limit,
                            0,
                            signedAt.map(Instant::ofEpochSecond),
                            expiresAt.map(Instant::ofEpochSecond),
                            names);
        }

        Reading read(Instant now) {
            var fault = tags.fault();
            if (fault.isPresent()) {
                return neutral(DkimReason.SIGNATURE_SYNTAX, fault.get());
            }
            var missing = missingTag();
            if (missing != null) {
                return neutral(DkimReason.TAG_MISSING, missing + "= is missing");
            }
            if (!options.legacyAlgorithms() && !tags.get("v").equals(Optional.of("1"))) {
                return neutral(DkimReason.UNKNOWN_VERSION, "v= is not 1");
            }
            var algorithm = SignatureAlgorithm.parse(facts.algorithm());
            if (algorithm.isEmpty()) {
                return neutral(DkimReason.UNKNOWN_ALGORITHM, "unknown algorithm");
            }
            var canonicalization =
                    tags.has("c")
                            ? tags.compact("c").flatMap(Canonicalization.Pair::parse)
                            : Optional.of(Canonicalization.Pair.SIMPLE_SIMPLE);
            if (canonicalization.isEmpty()) {
                return neutral(DkimReason.UNKNOWN_CANONICALIZATION, "unknown canonicalization");
            }
            if (!knowsQuery()) {
                return neutral(DkimReason.UNKNOWN_QUERY, "unknown query method");
            }
            var invalid = invalidTag();
            if (invalid != null) {
                return neutral(DkimReason.TAG_INVALID, invalid);
            }
            var keyName =
                    ALabels.toDomainName(facts.selector())
                            .flatMap(selector ->
                                    domain.flatMap(name -> name.below(selector + "._domainkey")));
            if (domain.isEmpty() || keyName.isEmpty()) {
                return neutral(DkimReason.TAG_INVALID, "d= and s= make no domain name");
            }
            if (tags.base64("bh").isEmpty() || tags.base64("b").isEmpty()) {
                return neutral(DkimReason.TAG_INVALID, "b= or bh= is not base64");
            }
            if (!facts.covers("from")) {
                return permError(DkimReason.FROM_NOT_SIGNED, "From is not signed");
            }
            var identity = identityDomain();
            if (identity.isEmpty()) {
                return neutral(DkimReason.TAG_INVALID, "i= is no address");
            }
            if (!identity.get().isWithin(domain.get())) {
                return permError(
                        DkimReason.IDENTITY_OUTSIDE_DOMAIN, "i= is not within the domain of d=");
            }
            if (algorithm.get() == SignatureAlgorithm.RSA_SHA1 && !options.legacyAlgorithms()) {
                return permError(DkimReason.HISTORIC_ALGORITHM, "rsa-sha1 proves nothing");
            }
            if (isExpired(now)) {
                return permError(DkimReason.EXPIRED, "signature expired");
            }
            return new Reading.Good(
                    new DkimSignature(
                            field,
                            tags,
                            facts,
                            algorithm.get(),
                            canonicalization.get(),
                            keyName.get(),
                            !identity.get().equals(domain.get())));
        }

        private @Nullable String missingTag() {
            if (!options.legacyAlgorithms() && !tags.has("v")) {
                return "v";
            }
            for (String name : List.of("a", "b", "bh", "d", "h", "s")) {
                if (!tags.has(name)) {
                    return name;
                }
            }
            return null;
        }

        private @Nullable String invalidTag() {
            if (names.isEmpty() || names.size() > MAX_SIGNED_NAMES) {
                return "h= has no name or more than " + MAX_SIGNED_NAMES;
            }
            if (tags.has("l") && limit.isEmpty()) {
                return "l= is no number";
            }
            if (tags.has("t") && signedAt.isEmpty()) {
                return "t= is no time";
            }
            if (tags.has("x") && expiresAt.isEmpty()) {
                return "x= is no time";
            }
            if (signedAt.isPresent()
                    && expiresAt.isPresent()
                    && expiresAt.get() <= signedAt.get()) {
                return "x= is not later than t=";
            }
            return null;
        }

        /// `q=` lists the ways to the key in order of preference; one that we know will do. RFC 6376 §3.5.
        private boolean knowsQuery() {
            if (!tags.has("q")) {
                return true;
            }
            for (String method : TagList.colonList(tags.get("q").orElse(""))) {
                if (method.equalsIgnoreCase("dns/txt")
                        || (options.legacyAlgorithms() && method.equals("dns"))) {
                    return true;
                }
            }
            return false;
        }

        /// The domain of `i=`, which is DKIM-Quoted-Printable; that of `d=` where it is missing.
        private Optional<DomainName> identityDomain() {
            var identity = tags.compact("i");
            if (identity.isEmpty()) {
                return domain;
            }
            return QuotedPrintable.decode(identity.get())
                    .map(TagList::utf8Of)
                    .filter(address -> address.indexOf('@') >= 0)
                    .map(address -> address.substring(address.lastIndexOf('@') + 1))
                    .flatMap(ALabels::toDomainName);
        }

        private boolean isExpired(Instant now) {
            Duration skew = options.clockSkew();
            return expiresAt.isPresent() && now.minus(skew).getEpochSecond() > expiresAt.get();
        }

        private Reading neutral(DkimReason reason, String text) {
            return new Reading.Bad(new DkimResult.Neutral(facts, reason, text));
        }

        private Reading permError(DkimReason reason, String text) {
            return new Reading.Bad(new DkimResult.PermError(facts, reason, text));
        }

        /// The names of `h=`; empty ones are passed over, as they can name no field.
        private static List<String> names(String value) {
            var names = new ArrayList<String>();
            for (String name : TagList.colonList(value)) {
                if (!name.isEmpty()) {
                    names.add(name);
                }
            }
            return names;
        }

        /// A number; one too big for us is the biggest we know.
        private static Optional<Long> number(String text, int maxDigits) {
            if (text.isEmpty() || text.length() > maxDigits) {
                return Optional.empty();
            }
            long number = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < '0' || c > '9') {
                    return Optional.empty();
                }
                int digit = c - '0';
                number =
                        number > (Long.MAX_VALUE - 1 - digit) / 10
                                ? Long.MAX_VALUE - 1
                                : number * 10 + digit;
            }
            return Optional.of(number);
        }
    }
}
