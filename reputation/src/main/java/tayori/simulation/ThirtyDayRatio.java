package tayori.simulation;

/// Complaints made in 30 days by mails of 30 days: what large receivers show their senders.
final class ThirtyDayRatio implements Judge {
    private static final int WINDOW_HOURS = 30 * 24;

    private final int[] mails = new int[Scenario.HOURS];
    private final int[] complaints = new int[Scenario.HOURS];
    private long ofMails;
    private long ofComplaints;
    private int oldest;

    @Override
    public void see(HourSeen seen) {
        mails[seen.hour] = seen.total();
        complaints[seen.hour] = seen.complaints.size();
        ofMails += mails[seen.hour];
        ofComplaints += complaints[seen.hour];
    }

    @Override
    public Verdict look(int hour) {
        for (; oldest < hour - WINDOW_HOURS; oldest++) {
            ofMails -= mails[oldest];
            ofComplaints -= complaints[oldest];
        }
        double ratio = ofMails == 0 ? 0 : (double) ofComplaints / ofMails;
        return new Verdict(ratio, ratio > SmoothedRate.LIMIT);
    }
}
