package tayori.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tayori.simulation.Trace.Complaint;

/// The arithmetic of the report and of the models that Tayori is compared with.
class FiguresTest {
    @Test
    void estimateIsMeanAndStudentsInterval() {
        var estimate = Estimate.of(List.of(.1, .2, .3));
        assertThat(estimate.mean()).isCloseTo(.2, within(1e-12));
        assertThat(estimate.halfWidth()).isCloseTo(4.303 * .1 / StrictMath.sqrt(3), within(1e-9));
        assertThat(estimate.percent()).isEqualTo("20.0 ± 24.8");
        assertThat(estimate.clear()).isFalse();
    }

    @Test
    void rocOfFourScores() {
        var roc = new Roc();
        roc.add(-1, 1, 0);
        roc.add(.001, 0, 1);
        roc.add(.002, 1, 0);
        roc.add(.004, 0, 1);
        assertThat(roc.area()).isCloseTo(.75, within(1e-12));
        assertThat(roc.truePositivesAt(0)).isCloseTo(.5, within(1e-12));
        assertThat(roc.truePositivesAt(.5)).isCloseTo(1, within(1e-12));
        assertThat(roc.averagePrecision()).isCloseTo((1 + 2 / 3.0) / 2, within(1e-12));
    }

    @Test
    void quantileOfTimesThatMayNeverCome() {
        var hours = new java.util.ArrayList<>(Collections.nCopies(80, 2.0));
        hours.addAll(Collections.nCopies(20, Double.POSITIVE_INFINITY));
        assertThat(Quantile.of(.5, hours)).isEqualTo("2 (2–2)");
        assertThat(Quantile.of(.9, hours)).isEqualTo("never (never–never)");
    }

    private static HourSeen seen(int hour, int mails, int complaints, int arrived) {
        var seen = new HourSeen(2);
        seen.hour = hour;
        seen.messages[0] = mails;
        for (int i = 0; i < complaints; i++) {
            seen.complaints.add(new Complaint(hour, arrived, 0, false, i, 0));
        }
        return seen;
    }

    /// (C + 0.3) / (M + 300) by hand, one hour's mail half an hour old.
    @Test
    void smoothedRateIsWhatItsFormulaSays() {
        var rates = new DecayedRates(2);
        rates.see(seen(0, 1_000, 5, 0));
        double fresh = StrictMath.pow(2, -.5 / 96);
        assertThat(rates.rate(1, false, 0))
                .isCloseTo((5 * fresh + .3) / (1_000 * fresh + 300), within(1e-12));
        double timely = 1_000 * fresh * DecayedRates.complainedWithin(.5);
        assertThat(rates.rate(1, true, 0))
                .isCloseTo((5 * fresh + .3) / (timely + 300), within(1e-9));
        assertThat(rates.rate(1, true, 1))
                .as("nobody but one provider knows it")
                .isCloseTo(.001, within(1e-9));
    }

    /// From an average of 0, score 20 all day: the sign changes after 7.6 days, whatever the volume.
    @Test
    void rspamdsAverageFollowsTheClock() {
        var average = new MovingAverage();
        for (int hour = 0; hour < 24; hour++) {
            average.see(seen(hour, 100, 0, 0));
        }
        int hour = 24;
        while (!average.look(hour).listed()) {
            var seen = seen(hour, 100, 0, 0);
            seen.scores = 2_000;
            average.see(seen);
            hour++;
        }
        assertThat((hour - 24) / 24.0).isCloseTo(7.6, within(.1));
    }

    @Test
    void ratioForgetsAfterThirtyDays() {
        var ratio = new ThirtyDayRatio();
        ratio.see(seen(0, 100, 1, 0));
        assertThat(ratio.look(1).listed()).isTrue();
        assertThat(ratio.look(721).score()).isZero();
    }

    @Test
    void oneProviderAloneCannotReachTheLimitOfTheLikelihood() {
        var rates = new DecayedRates(2);
        var likelihood = new LogLikelihood(rates);
        rates.see(seen(0, 1_000, 900, 0));
        assertThat(likelihood.look(1).listed()).isFalse();
        assertThat(likelihood.look(1).score()).isCloseTo(5, within(.01));
    }
}
