package tayori.simulation;

/// Complaints made in 30 days by mails of 30 days: what large receivers show their senders.
final class ThirtyDayRatio implements Judge {
    private static final int WINDOW_HOURS = 30 * 24;

    private final int[] mails = new int[Scenario.HOURS + 1];
    private final int[] complaints = new int[Scenario.HOURS + 1];

    @Override
    public void see(HourSeen seen) {
        mails[seen.hour] = seen.total();
        complaints[seen.hour] = seen.complaints.size();
    }

    @Override
    public Verdict look(int hour) {
        long ofMails = 0;
        long ofComplaints = 0;
        for (int past = Math.max(0, hour - WINDOW_HOURS); past < hour; past++) {
            ofMails += mails[past];
            ofComplaints += complaints[past];
        }
        double ratio = ofMails == 0 ? 0 : (double) ofComplaints / ofMails;
        return new Verdict(ratio, ratio > SmoothedRate.LIMIT);
    }
}
