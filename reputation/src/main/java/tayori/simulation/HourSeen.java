package tayori.simulation;

import java.util.ArrayList;
import java.util.List;
import tayori.simulation.Trace.Complaint;

/// What all providers report about one sender at the end of an hour. Filled anew for every hour.
final class HourSeen {
    int hour;
    final int[] messages;
    final int[] unsubscribes;
    final int[] unknownRecipients;
    final int[] traps;
    final int[] contentBad;

    /// Sum of the content filter's scores over all messages.
    double scores;

    /// Made in this hour, about mail of this or an earlier one.
    final List<Complaint> complaints = new ArrayList<>();

    HourSeen(int providers) {
        messages = new int[providers];
        unsubscribes = new int[providers];
        unknownRecipients = new int[providers];
        traps = new int[providers];
        contentBad = new int[providers];
    }

    /// Nobody received or complained.
    boolean isEmpty() {
        return total() == 0 && complaints.isEmpty();
    }

    int total() {
        int total = 0;
        for (int count : messages) {
            total += count;
        }
        return total;
    }

    /// Takes what the trace has of an hour, complaints aside.
    ///
    /// @param accepted whether the mail was let in; mail turned away is seen by nobody
    void fill(Trace trace, int at, boolean accepted) {
        hour = at;
        complaints.clear();
        scores = accepted ? trace.scores[at] : 0;
        for (int provider = 0; provider < messages.length; provider++) {
            int cell = trace.cell(at, provider);
            messages[provider] =
                    accepted ? trace.honest(at, provider) + trace.spam(at, provider) : 0;
            unsubscribes[provider] = accepted ? trace.unsubscribes[cell] : 0;
            unknownRecipients[provider] = accepted ? trace.unknownRecipients[cell] : 0;
            traps[provider] = accepted ? trace.traps[cell] : 0;
            contentBad[provider] = accepted ? trace.contentBad[cell] : 0;
        }
    }
}
