package tayori.authres;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The IANA registry "Email Authentication Result Names" (RFC 8601 §6.6), deprecated ones included because old mail has
/// them; `bimi` from draft-brand-indicators-for-message-identification-14.
final class RegisteredResults {
    private static final Set<String> SIGNATURE =
            Set.of("none", "pass", "fail", "policy", "neutral", "temperror", "permerror");
    private static final Set<String> PLAIN =
            Set.of("none", "pass", "fail", "temperror", "permerror");
    private static final Set<String> SENDER =
            Set.of(
                    "none",
                    "pass",
                    "fail",
                    "softfail",
                    "policy",
                    "neutral",
                    "temperror",
                    "permerror",
                    "hardfail");

    private static final Map<String, Set<String>> RESULTS =
            Map.ofEntries(
                    Map.entry("arc", Set.of("none", "pass", "fail")),
                    Map.entry("auth", PLAIN),
                    Map.entry(
                            "bimi",
                            Set.of("none", "pass", "fail", "temperror", "declined", "skipped")),
                    Map.entry("dkim", SIGNATURE),
                    Map.entry(
                            "dkim-adsp",
                            Set.of(
                                    "none",
                                    "pass",
                                    "unknown",
                                    "fail",
                                    "discard",
                                    "nxdomain",
                                    "temperror",
                                    "permerror")),
                    Map.entry("dkim-atps", PLAIN),
                    Map.entry("dmarc", PLAIN),
                    Map.entry("dnswl", Set.of("none", "pass", "temperror", "permerror")),
                    Map.entry("domainkeys", SIGNATURE),
                    Map.entry(
                            "iprev",
                            Set.of(
                                    "pass",
                                    "fail",
                                    "temperror",
                                    "permerror",
                                    "hardfail",
                                    "softfail")),
                    Map.entry(
                            "rrvs",
                            Set.of("none", "pass", "fail", "unknown", "temperror", "permerror")),
                    Map.entry("sender-id", SENDER),
                    Map.entry("smime", SIGNATURE),
                    Map.entry("spf", SENDER),
                    Map.entry("vbr", PLAIN));

    private RegisteredResults() {}

    /// Whether the result may stand with the method; an unknown method may say anything (RFC 8601 §2.7.6).
    static boolean allow(String method, String result) {
        var registered = RESULTS.get(method.toLowerCase(Locale.ROOT));
        // RFC 5234 §2.3: literal strings are case-insensitive; RFC 4408 wrote "Pass"
        return registered == null || registered.contains(result.toLowerCase(Locale.ROOT));
    }
}
