package tayori.reputation;

import java.util.Arrays;
import java.util.List;

/// The lowest rate that remains when up to t providers are left out: what t bribed, broken or flooded providers say can
/// therefore not raise it above what the others show.
///
/// Choosing among all sets of t is choosing by a number: at the true minimum λ, the sum of cᵢ − λ·mᵢ over those who stay
/// is zero and nobody's removal makes it smaller, so the providers to leave out are those where cᵢ − λ·mᵢ is largest, and
/// positive. λ is found by Dinkelbach's iteration (Management Science 13, 1967), which falls strictly to the minimum in a
/// handful of rounds. Leaving out a provider that reports less than the rest never lowers the rate, so *up to t* and
/// *exactly t* differ only below the prior.
final class LeaveOut {
    private static final int[] NOBODY = {};

    private final double rate;
    private final int[] leftOut;
    private final double messages;

    private LeaveOut(double rate, int[] leftOut, double messages) {
        this.rate = rate;
        this.leftOut = leftOut;
        this.messages = messages;
    }

    /// The minimum.
    double rate() {
        return rate;
    }

    /// Names of those left out.
    List<String> leftOut(List<String> providers) {
        return Arrays.stream(leftOut).mapToObj(providers::get).toList();
    }

    /// What is left of the messages, without the prior.
    double messages() {
        return messages;
    }

    /// @param complaints by provider
    /// @param messages by provider
    static LeaveOut lowest(
            double[] complaints,
            double[] messages,
            double priorComplaints,
            double priorMessages,
            int most) {
        var best = without(NOBODY, complaints, messages, priorComplaints, priorMessages);
        while (true) {
            int[] worst = worst(complaints, messages, best.rate, most);
            var next = without(worst, complaints, messages, priorComplaints, priorMessages);
            if (next.rate >= best.rate) {
                return best;
            }
            best = next;
        }
    }

    private static LeaveOut without(
            int[] leftOut,
            double[] complaints,
            double[] messages,
            double priorComplaints,
            double priorMessages) {
        double c = priorComplaints;
        double m = 0;
        int next = 0;
        for (int i = 0; i < complaints.length; i++) {
            if (next < leftOut.length && leftOut[next] == i) {
                next++;
            } else {
                c += complaints[i];
                m += messages[i];
            }
        }
        return new LeaveOut(c / (m + priorMessages), leftOut, m);
    }

    /// Up to so many providers whose complaints exceed the rate by most.
    private static int[] worst(double[] complaints, double[] messages, double rate, int most) {
        int room = Math.min(most, complaints.length);
        var chosen = new int[room];
        var excesses = new double[room];
        int size = 0;
        for (int i = 0; i < complaints.length; i++) {
            double excess = complaints[i] - rate * messages[i];
            int place = size;
            while (place > 0 && excesses[place - 1] < excess) {
                place--;
            }
            if (excess <= 0 || place == room) {
                continue;
            }
            size = Math.min(size + 1, room);
            System.arraycopy(chosen, place, chosen, place + 1, size - place - 1);
            System.arraycopy(excesses, place, excesses, place + 1, size - place - 1);
            chosen[place] = i;
            excesses[place] = excess;
        }
        int[] sorted = size == 0 ? NOBODY : Arrays.copyOf(chosen, size);
        Arrays.sort(sorted);
        return sorted;
    }
}
