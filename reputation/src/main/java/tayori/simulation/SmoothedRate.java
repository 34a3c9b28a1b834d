package tayori.simulation;

import java.util.HashSet;
import java.util.Set;
import tayori.simulation.Trace.Complaint;

/// The fading complaint rate, pulled towards 0.1 % while there is little data.
final class SmoothedRate implements Judge {
    /// The usual limit of large receivers: 0.3 % of mails reported as spam.
    static final double LIMIT = .003;

    private final DecayedRates rates;
    private final boolean nowcast;
    private final int leftOut;
    private final int reporters;
    private final Set<Long> seen = new HashSet<>();

    /// @param rates kept up to date by whoever made them
    /// @param nowcast see [DecayedRates#rate]
    /// @param leftOut see [DecayedRates#rate]
    /// @param reporters how many different people must have complained
    SmoothedRate(DecayedRates rates, boolean nowcast, int leftOut, int reporters) {
        this.rates = rates;
        this.nowcast = nowcast;
        this.leftOut = leftOut;
        this.reporters = reporters;
    }

    @Override
    public void see(HourSeen hour) {
        if (seen.size() < reporters) {
            hour.complaints.stream().map(Complaint::reporter).forEach(seen::add);
        }
    }

    @Override
    public Verdict look(int hour) {
        double rate = rates.rate(hour, nowcast, leftOut);
        return new Verdict(rate, rate > LIMIT && seen.size() >= reporters);
    }
}
