package tayori.dmarc;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A DMARC record that can be used, by RFC 9989 §4.7, with every default filled in.
///
/// @param text the record as published
/// @param policy `p`; none where `p`, `sp` or `np` was missing or broken but `rua` told where to report (§4.10.1)
/// @param subdomainPolicy `sp`, if given
/// @param nonexistentPolicy `np`, if given
/// @param dkimAlignment `adkim`
/// @param spfAlignment `aspf`
/// @param publicSuffix `psd`
/// @param testing `t=y`: the policy to apply is one step weaker
/// @param failureOptions `fo`; only worth something with `ruf`
/// @param aggregateReports `rua`, those that are URIs
/// @param failureReports `ruf`, those that are URIs
/// @param flaws what was wrong and read over (§4.8), for the owner to mend
public record DmarcRecord(
        String text,
        Policy policy,
        Optional<Policy> subdomainPolicy,
        Optional<Policy> nonexistentPolicy,
        AlignmentMode dkimAlignment,
        AlignmentMode spfAlignment,
        PublicSuffix publicSuffix,
        boolean testing,
        Set<FailureOption> failureOptions,
        List<ReportUri> aggregateReports,
        List<ReportUri> failureReports,
        List<Flaw> flaws) {
    /// Most characters of a TXT record that are read as a DMARC record. The longest we know of have some 1,000; a
    /// longer one is not DMARC.
    public static final int MAX_RECORD_CHARS = 8_192;

    /// Most URIs of `rua` and of `ruf` that are kept. RFC 9989 §4.7 asks to report to each; more than this is abuse
    /// of the reporter.
    public static final int MAX_REPORT_URIS = 20;

    /// Most flaws that are kept; the rest would say the same.
    static final int MAX_FLAWS = 20;

    public DmarcRecord {
        failureOptions = Set.copyOf(failureOptions);
        aggregateReports = List.copyOf(aggregateReports);
        failureReports = List.copyOf(failureReports);
        flaws = List.copyOf(flaws);
    }

    /// `sp` where given, else `p` (§4.7).
    public Policy effectiveSubdomainPolicy() {
        return subdomainPolicy.orElse(policy);
    }

    /// `np` where given, else `sp`, else `p` (§4.7).
    public Policy effectiveNonexistentPolicy() {
        return nonexistentPolicy.orElse(effectiveSubdomainPolicy());
    }

    /// How close an identifier must be to the author's domain (§4.4).
    public enum AlignmentMode {
        /// The same organizational domain.
        RELAXED,
        /// The same domain.
        STRICT
    }

    /// What the owner says about the place of the name in the tree (§4.7 `psd`).
    public enum PublicSuffix {
        /// `psd=y`: a public suffix; those below are organizations of their own.
        YES,
        /// `psd=n`: an organizational domain, whatever stands above.
        NO,
        /// `psd=u` or nothing: the walk goes on.
        UNKNOWN
    }

    /// When a failure report is wanted (§4.7 `fo`).
    public enum FailureOption {
        /// `0`: nothing aligned passed.
        ALL_FAILED,
        /// `1`: one of them did not pass aligned.
        ANY_FAILED,
        /// `d`: a DKIM signature failed, aligned or not.
        DKIM_FAILED,
        /// `s`: SPF failed, aligned or not.
        SPF_FAILED
    }

    /// Something wrong with one tag.
    ///
    /// @param tag its name in lower case
    /// @param value as written; at most [#MAX_SHOWN_CHARS] characters of it
    /// @param expected what would have been right
    public record Flaw(String tag, String value, String expected) {
        /// Most characters of a stranger's value that a flaw repeats.
        static final int MAX_SHOWN_CHARS = 80;

        public Flaw {
            value =
                    value.length() <= MAX_SHOWN_CHARS
                            ? value
                            : value.substring(0, MAX_SHOWN_CHARS) + "…";
        }

        @Override
        public String toString() {
            return value.isEmpty()
                    ? "tag " + tag + " is missing, expected " + expected
                    : "tag " + tag + "=" + value + ", expected " + expected;
        }
    }

    /// What a TXT record turned out to be.
    public sealed interface Outcome {
        /// A record that can be used.
        record Usable(DmarcRecord record) implements Outcome {}

        /// A DMARC record with `p`, `sp` or `np` missing or broken and no valid `rua`: no DMARC processing for mail
        /// under it (§4.10.1). It still ends a tree walk where its `psd` says so.
        record NoPolicy(List<Flaw> flaws, PublicSuffix publicSuffix) implements Outcome {
            public NoPolicy {
                flaws = List.copyOf(flaws);
            }
        }

        /// A DMARC record with a tag twice. RFC 9989 §4.8 takes the tag-list syntax of RFC 6376 §3.2, by which the
        /// whole list is invalid then.
        record Malformed(Flaw flaw) implements Outcome {}

        /// Something else: its first tag is not `v=DMARC1` (§4.10). Treated as if it were not there.
        record NotDmarc(String reason) implements Outcome {}
    }

    /// Reads a TXT record.
    public static Outcome parse(String text) {
        return new RecordParser(text).parse();
    }

    static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    /// Collects the tags of one record. Lives for one [#parse].
    private static final class RecordParser {
        private static final String POLICIES = "none, quarantine or reject";
        private static final List<String> KNOWN =
                List.of("v", "p", "sp", "np", "adkim", "aspf", "psd", "t", "fo", "rua", "ruf");

        private final String text;
        private final List<Flaw> flaws = new ArrayList<>();
        private int seen;
        private Optional<Flaw> duplicate = Optional.empty();

        private Optional<Policy> p = Optional.empty();
        private Optional<Policy> sp = Optional.empty();
        private Optional<Policy> np = Optional.empty();

        /// Whether `sp` or `np` is there and broken; a missing `p` counts for itself.
        private boolean policyBroken;

        private AlignmentMode adkim = AlignmentMode.RELAXED;
        private AlignmentMode aspf = AlignmentMode.RELAXED;
        private PublicSuffix psd = PublicSuffix.UNKNOWN;
        private boolean testing;
        private Set<FailureOption> fo = Set.of(FailureOption.ALL_FAILED);
        private List<ReportUri> rua = List.of();
        private List<ReportUri> ruf = List.of();

        RecordParser(String text) {
            this.text = text;
        }

        Outcome parse() {
            if (text.length() > MAX_RECORD_CHARS) {
                return new Outcome.NotDmarc("more than " + MAX_RECORD_CHARS + " characters");
            }
            int end = endOfTag(0);
            if (!isVersion(end)) {
                return new Outcome.NotDmarc("the first tag is not v=DMARC1");
            }
            seen = 1;
            for (int begin = end + 1; begin < text.length(); begin = end + 1) {
                end = endOfTag(begin);
                tag(begin, end);
            }
            if (duplicate.isPresent()) {
                return new Outcome.Malformed(duplicate.get());
            }
            boolean usable = p.isPresent() && !policyBroken;
            if (!usable && p.isEmpty() && (seen & bit("p")) == 0) {
                flaw("p", "", POLICIES);
            }
            if (!usable && rua.isEmpty()) {
                return new Outcome.NoPolicy(flaws, psd);
            }
            // §4.10.1: with somewhere to report to, act as if the record said p=none, and nothing
            // of sp and np.
            return new Outcome.Usable(
                    new DmarcRecord(
                            text,
                            usable ? p.get() : Policy.NONE,
                            usable ? sp : Optional.empty(),
                            usable ? np : Optional.empty(),
                            adkim,
                            aspf,
                            psd,
                            testing,
                            fo,
                            rua,
                            ruf,
                            flaws));
        }

        private int endOfTag(int from) {
            int semicolon = text.indexOf(';', from);
            return semicolon < 0 ? text.length() : semicolon;
        }

        /// §4.8 `dmarc-version`: white space around the equals sign, the value case-sensitive.
        private boolean isVersion(int end) {
            if (text.isEmpty() || (text.charAt(0) != 'v' && text.charAt(0) != 'V')) {
                return false;
            }
            int equals = skipSpace(text, 1);
            if (equals >= end || text.charAt(equals) != '=') {
                return false;
            }
            int value = skipSpace(text, equals + 1);
            return text.startsWith("DMARC1", value) && skipSpace(text, value + 6) >= end;
        }

        private void tag(int begin, int end) {
            int equals = text.indexOf('=', begin);
            if (equals < 0 || equals >= end) {
                var rest = text.substring(begin, end).strip();
                if (!rest.isEmpty()) {
                    flaw("?", rest, "name=value");
                }
                return; // §4.8: a syntax error is read over
            }
            String name = lowerCase(text.substring(begin, equals).strip());
            String value = text.substring(equals + 1, end).strip();
            int bit = bit(name);
            if (bit == 0) {
                return; // §4.7: unknown tags are ignored; pct, rf and ri are among them now
            }
            if ((seen & bit) != 0 && duplicate.isEmpty()) {
                duplicate = Optional.of(new Flaw(name, value, "the tag once"));
            }
            seen |= bit;
            switch (name) {
                case "p" -> p = policy(name, value);
                case "sp" -> sp = policy(name, value);
                case "np" -> np = policy(name, value);
                case "adkim" -> adkim = alignment(name, value);
                case "aspf" -> aspf = alignment(name, value);
                case "psd" -> psd = publicSuffix(value);
                case "t" -> testing = testing(value);
                case "fo" -> fo = failureOptions(value);
                case "rua" -> rua = uris(name, value);
                case "ruf" -> ruf = uris(name, value);
                default -> {} // v again: a duplicate, noted above
            }
        }

        private static int bit(String name) {
            int index = KNOWN.indexOf(name);
            return index < 0 ? 0 : 1 << index;
        }

        private void flaw(String tag, String value, String expected) {
            if (flaws.size() < MAX_FLAWS) {
                flaws.add(new Flaw(tag, value, expected));
            }
        }

        private Optional<Policy> policy(String tag, String value) {
            var policy = Policy.parse(value);
            if (policy.isEmpty()) {
                flaw(tag, value.isEmpty() ? "(empty)" : value, POLICIES);
                policyBroken = true;
            }
            return policy;
        }

        private AlignmentMode alignment(String tag, String value) {
            if (value.equalsIgnoreCase("s")) {
                return AlignmentMode.STRICT;
            }
            if (!value.equalsIgnoreCase("r")) {
                flaw(tag, value, "r or s");
            }
            return AlignmentMode.RELAXED;
        }

        private PublicSuffix publicSuffix(String value) {
            return switch (lowerCase(value)) {
                case "y" -> PublicSuffix.YES;
                case "n" -> PublicSuffix.NO;
                case "u" -> PublicSuffix.UNKNOWN;
                default -> {
                    flaw("psd", value, "y, n or u");
                    yield PublicSuffix.UNKNOWN;
                }
            };
        }

        private boolean testing(String value) {
            if (value.equalsIgnoreCase("y")) {
                return true;
            }
            if (!value.equalsIgnoreCase("n")) {
                flaw("t", value, "y or n");
            }
            return false;
        }

        private Set<FailureOption> failureOptions(String value) {
            var options = EnumSet.noneOf(FailureOption.class);
            for (String option : value.split(":", -1)) {
                switch (lowerCase(option.strip())) {
                    case "0" -> options.add(FailureOption.ALL_FAILED);
                    case "1" -> options.add(FailureOption.ANY_FAILED);
                    case "d" -> options.add(FailureOption.DKIM_FAILED);
                    case "s" -> options.add(FailureOption.SPF_FAILED);
                    default -> {
                        flaw("fo", value, "0 or 1, d, s with colons between them");
                        return Set.of(FailureOption.ALL_FAILED);
                    }
                }
            }
            if (options.contains(FailureOption.ALL_FAILED)
                    && options.contains(FailureOption.ANY_FAILED)) {
                flaw("fo", value, "either 0 or 1");
                return Set.of(FailureOption.ALL_FAILED);
            }
            return options;
        }

        private List<ReportUri> uris(String tag, String value) {
            var uris = new ArrayList<ReportUri>(2);
            for (String one : value.split(",", -1)) {
                var uri = ReportUri.parse(one.strip());
                if (uri.isEmpty()) {
                    flaw(
                            tag,
                            one.isBlank() ? "(empty)" : one.strip(),
                            "a URI such as mailto:reports@example.com");
                } else if (uris.size() == MAX_REPORT_URIS) {
                    flaw(tag, one.strip(), "at most " + MAX_REPORT_URIS + " URIs");
                    break;
                } else {
                    uris.add(uri.get());
                }
            }
            return uris;
        }
    }
}
