package tayori.nameserver;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import tayori.publication.ZoneKind;

/// How zones answer.
///
/// @param negativeTtl how long "not listed" may be remembered (RFC 2308 §5); 5 to 15 minutes, so that a listing is seen soon
/// @param shortTtl how long entries may be remembered that are to someone's harm or change often: `dbl`, `new`, `rep`, `sup`;
///     5 to 15 minutes
/// @param longTtl how long entries to someone's good may be remembered: `dwl`, `_vouch`; 1 to 6 hours. No entry is given for
///     longer than it is valid
/// @param zoneTtl how long SOA, NS and addresses of name servers may be remembered
/// @param explainUrl where people read why, with the domain at its end; printable ASCII, at most 80 octets; empty for none
/// @param keysOnly zones that answer nobody without a key
/// @param addressesForErrors whether who may not ask hears an address in 127.255.255.0/24, as some lists have it, in place of
///     REFUSED: 252 for a zone that is none, 254 without a good key, 255 for too many queries. Off, because software takes any
///     address for a listing
public record ZoneOptions(
        Duration negativeTtl,
        Duration shortTtl,
        Duration longTtl,
        Duration zoneTtl,
        String explainUrl,
        Set<ZoneKind> keysOnly,
        boolean addressesForErrors) {
    public static final Duration DEFAULT_NEGATIVE_TTL = Duration.ofMinutes(5);
    public static final Duration DEFAULT_SHORT_TTL = Duration.ofMinutes(5);
    public static final Duration DEFAULT_LONG_TTL = Duration.ofHours(1);
    public static final Duration DEFAULT_ZONE_TTL = Duration.ofHours(1);

    /// Longest [#explainUrl]. Unit: octets; leaves room for the reason and a domain in a text of less than 200.
    public static final int MAX_EXPLAIN_URL = 80;

    public static final ZoneOptions DEFAULTS =
            new ZoneOptions(
                    DEFAULT_NEGATIVE_TTL,
                    DEFAULT_SHORT_TTL,
                    DEFAULT_LONG_TTL,
                    DEFAULT_ZONE_TTL,
                    "",
                    Set.of(),
                    false);

    public ZoneOptions {
        keysOnly = Set.copyOf(keysOnly);
        requireWithin("negativeTtl", negativeTtl, Duration.ofMinutes(5), Duration.ofMinutes(15));
        requireWithin("shortTtl", shortTtl, Duration.ofMinutes(5), Duration.ofMinutes(15));
        requireWithin("longTtl", longTtl, Duration.ofHours(1), Duration.ofHours(6));
        requireWithin("zoneTtl", zoneTtl, Duration.ofMinutes(1), Duration.ofDays(7));
        if (explainUrl.length() > MAX_EXPLAIN_URL
                || !explainUrl
                        .chars()
                        .allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\')) {
            throw new IllegalArgumentException(
                    "explainUrl is at most %d octets of printable ASCII"
                            .formatted(MAX_EXPLAIN_URL));
        }
    }

    public ZoneOptions withExplainUrl(String url) {
        return new ZoneOptions(
                negativeTtl, shortTtl, longTtl, zoneTtl, url, keysOnly, addressesForErrors);
    }

    public ZoneOptions withKeysOnly(Set<ZoneKind> zones) {
        return new ZoneOptions(
                negativeTtl, shortTtl, longTtl, zoneTtl, explainUrl, zones, addressesForErrors);
    }

    public ZoneOptions withAddressesForErrors() {
        return new ZoneOptions(negativeTtl, shortTtl, longTtl, zoneTtl, explainUrl, keysOnly, true);
    }

    /// How long entries of a zone may be remembered. Unit: seconds.
    int ttl(ZoneKind kind) {
        return (int) (kind.isPraise() ? longTtl : shortTtl).toSeconds();
    }

    byte[] explainUrlOctets() {
        return explainUrl.getBytes(StandardCharsets.US_ASCII);
    }

    private static void requireWithin(String what, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "%s must be %s to %s, not %s".formatted(what, least, most, value));
        }
    }
}
