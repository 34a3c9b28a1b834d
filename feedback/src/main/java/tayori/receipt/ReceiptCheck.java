package tayori.receipt;

/// What became of the check of a receipt.
public sealed interface ReceiptCheck {
    /// The mail was delivered to this reader here.
    record Valid(Receipt receipt) implements ReceiptCheck {}

    /// It proves nothing.
    record Refused(Refusal reason) implements ReceiptCheck {}

    /// Why a receipt proves nothing; a closed list for counting.
    enum Refusal {
        UNREADABLE("unreadable", "it is no receipt of ours"),
        UNKNOWN_KEY("unknown-key", "no key of its name is known here"),
        FORGED("forged", "it was not made with the key it names"),
        OTHER_READER("other-reader", "the mail was delivered to somebody else"),
        OTHER_MESSAGE("other-message", "it belongs to another mail"),
        TOO_OLD("too-old", "the mail is older than complaints may be"),
        FROM_THE_FUTURE("from-the-future", "it says the mail arrived later than now");

        private final String keyword;
        private final String sentence;

        Refusal(String keyword, String sentence) {
            this.keyword = keyword;
            this.sentence = sentence;
        }

        /// The word for it in answers, logs and counters.
        public String keyword() {
            return keyword;
        }

        /// The same for people, in one clause.
        public String sentence() {
            return sentence;
        }
    }
}
