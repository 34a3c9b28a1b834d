package tayori.simulation;

/// The average of the content filter's own scores as rspamd's reputation module keeps it: it fades with time, whatever
/// the number of mails. Said to be bad where the module would add to the score of the next mail.
final class MovingAverage implements Judge {
    /// Unit: hours.
    private static final double TIME_CONSTANT = 30 * 24;

    /// The score that mails are refused at.
    private static final double REJECT = 15;

    /// Fewer mails than this say nothing.
    private static final int FEWEST_MAILS = 10;

    private double average;
    private long mails;
    private int last;

    @Override
    public void see(HourSeen seen) {
        int count = seen.total();
        if (count == 0) {
            return;
        }
        double score = seen.scores / count;
        double part = mails == 0 ? 1 : 1 - StrictMath.exp(-(seen.hour - last) / TIME_CONSTANT);
        average = part * score + (1 - part) * average;
        mails += count;
        last = seen.hour;
    }

    @Override
    public Verdict look(int hour) {
        if (mails < FEWEST_MAILS) {
            return new Verdict(0, false);
        }
        double added = StrictMath.tanh(average / REJECT * 1.83178 - .5493);
        return new Verdict(added, added > 0);
    }
}
