package tayori.domainkeys;

/// What became of one DomainKey-Signature. Informational only: see the sign on the door.
///
/// @param outcome the word of RFC 8601 §2.7.1
/// @param domain `d=` as written, empty where it is missing
/// @param selector `s=` as written, empty where it is missing
/// @param text why, for people
public record DomainKeyResult(Outcome outcome, String domain, String selector, String text) {
    /// The results of RFC 8601 §2.7.1 that we give.
    public enum Outcome {
        PASS("pass"),
        FAIL("fail"),
        NEUTRAL("neutral"),
        TEMPERROR("temperror"),
        PERMERROR("permerror");

        private final String keyword;

        Outcome(String keyword) {
            this.keyword = keyword;
        }

        /// The word as Authentication-Results has it.
        public String keyword() {
            return keyword;
        }
    }
}
