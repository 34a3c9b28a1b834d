package tayori.simulation;

/// The mean of the content filter's own scores as SpamAssassin's TxRep keeps it, old mails fading with every new one.
final class MeanScore implements Judge {
    private static final double DILUTION = .98;

    /// A mail is spam from here on.
    private static final double LIMIT = 5;

    private double total;
    private double count;

    @Override
    public void see(HourSeen seen) {
        int mails = seen.total();
        if (mails > 0) {
            double kept = StrictMath.pow(DILUTION, mails);
            double added = (1 - kept) / (1 - DILUTION);
            total = kept * total + added * seen.scores / mails;
            count = kept * count + added;
        }
    }

    @Override
    public Verdict look(int hour) {
        double mean = count == 0 ? 0 : total / count;
        return new Verdict(mean, mean > LIMIT);
    }
}
