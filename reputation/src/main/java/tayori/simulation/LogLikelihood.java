package tayori.simulation;

/// How much better "spammer" explains the complaints than "honest" does, each provider having its say up to a cap.
final class LogLikelihood implements Judge {
    private static final double SPAM_RATE = .01;
    private static final double HONEST_RATE = .001;

    /// Most that one provider can add. Unit: nats.
    private static final double CAP = 5;

    /// More than one provider can bring about alone. Unit: nats.
    private static final double LIMIT = 6;

    private final DecayedRates rates;

    LogLikelihood(DecayedRates rates) {
        this.rates = rates;
    }

    @Override
    public void see(HourSeen seen) {
        // all it needs stands in the sums
    }

    @Override
    public Verdict look(int hour) {
        double sum =
                rates.highestSum(
                        hour,
                        (complaints, mails) ->
                                CAP
                                        * StrictMath.tanh(
                                                (complaints
                                                                        * StrictMath.log(
                                                                                SPAM_RATE
                                                                                        / HONEST_RATE)
                                                                - mails * (SPAM_RATE - HONEST_RATE))
                                                        / CAP));
        return new Verdict(sum, sum > LIMIT);
    }
}
