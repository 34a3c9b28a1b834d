package tayori.simulation;

/// How one kind of sender writes and how people take it. Medians over senders; a sender keeps its own values.
///
/// @param rhythm when it writes
/// @param mails median of mails a day; of mails in all for [Rhythm#ONE_BURST]
/// @param mailsSpread standard deviation of the logarithm of that
/// @param complaints median share of mails reported as spam
/// @param complaintsSpread standard deviation of the logarithm of that
/// @param unsubscribes share of mails answered by an opt-out
/// @param unknownRecipients share of mails to recipients that do not exist
/// @param traps share of mails to addresses that nobody ever gave away
/// @param score what a content filter gives its mails on average; spam is meant to have 5 and more, honest mail less
/// @param scoreSpread how much that differs between senders: no filter knows all of them
record Habit(
        Rhythm rhythm,
        double mails,
        double mailsSpread,
        double complaints,
        double complaintsSpread,
        double unsubscribes,
        double unknownRecipients,
        double traps,
        double score,
        double scoreSpread) {

    /// When a sender writes.
    enum Rhythm {
        /// By day more than by night, on weekdays more than on weekends.
        STEADY("steady"),
        /// One to five campaigns a week, each of three hours.
        CAMPAIGNS("campaigns"),
        /// From 20 mails on the first day, twice as many every day, up to its usual number.
        RAMP("doubling daily"),
        /// In blocks of six hours, of which it uses three in five, for 5 to 25 days.
        BLOCKS("blocks of hours, 5 to 25 days"),
        /// All in 2 to 24 hours, then never again.
        ONE_BURST("once, 2 to 24 hours; mails in all"),
        /// Evenly for one to five days: a stolen account or a hole in a web form.
        ABUSE("1 to 5 days");

        private final String words;

        Rhythm(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
