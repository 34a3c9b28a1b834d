package tayori.reputation;

import java.util.Arrays;
import java.util.List;

/// What one provider counted, cell by cell of [Ages], all its nodes added up. One object is filled for one provider after
/// the other.
final class Cells {
    final long[] messages = new long[Ages.CELLS];
    final long[] traps = new long[Ages.CELLS];
    final long[] unknownRecipients = new long[Ages.CELLS];

    /// As many complaints as count: of each message one at most.
    final long[] complaints = new long[Ages.CELLS];

    /// As many mails after an opt-out as count, of messages that nobody complained about.
    final long[] optOuts = new long[Ages.CELLS];

    /// Complaints and opt-outs without a date, as many as count: together no more than all messages of the provider,
    /// the newest first. By the time at which they came.
    final long[] undated = new long[Ages.CELLS];

    private final Ages ages;

    Cells(Ages ages) {
        this.ages = ages;
    }

    void load(List<Ledger> ledgers, int from, int to) {
        for (long[] numbers :
                List.of(messages, traps, unknownRecipients, complaints, optOuts, undated)) {
            Arrays.fill(numbers, 0);
        }
        for (int i = from; i < to; i++) {
            var ledger = ledgers.get(i);
            add(ledger.dated().hours(), true, true);
            add(ledger.dated().days(), false, true);
            add(ledger.undated().hours(), true, false);
            add(ledger.undated().days(), false, false);
        }
        clamp(0, Ages.HOURS, Ages.FIRST_PLAIN_DAY, Ages.CELLS);
    }

    boolean isEmpty(int cell) {
        return (messages[cell] | traps[cell] | unknownRecipients[cell] | undated[cell]) == 0;
    }

    private void add(Buckets buckets, boolean byHour, boolean dated) {
        for (int i = 0; i < buckets.size(); i++) {
            long slot = buckets.slot(i);
            int cell = byHour ? ages.cellOfHour(slot) : ages.cellOfDay(slot);
            if (cell < 0) {
                continue;
            }
            messages[cell] += buckets.count(i, Observation.MESSAGES);
            traps[cell] += buckets.count(i, Observation.TRAPS);
            unknownRecipients[cell] += buckets.count(i, Observation.INVALID_RECIPIENTS);
            long complained = buckets.count(i, Observation.COMPLAINTS);
            long optedOut = buckets.count(i, Observation.OPT_OUTS_IGNORED);
            if (dated) {
                complaints[cell] += complained;
                optOuts[cell] += optedOut;
            } else {
                undated[cell] += complained + optedOut;
            }
        }
    }

    /// Here and not when folding: a complaint may arrive before the count of its message does.
    private void clamp(int hoursFrom, int hoursTo, int daysFrom, int daysTo) {
        long all = 0;
        for (int cell = 0; cell < Ages.CELLS; cell++) {
            complaints[cell] = Math.min(complaints[cell], messages[cell]);
            optOuts[cell] = Math.min(optOuts[cell], messages[cell] - complaints[cell]);
            all += Ages.counts(cell) ? messages[cell] : 0;
        }
        long room = all;
        for (int cell = hoursFrom; cell < hoursTo; cell++) {
            undated[cell] = Math.min(undated[cell], room);
            room -= undated[cell];
        }
        for (int cell = daysFrom; cell < daysTo; cell++) {
            undated[cell] = Math.min(undated[cell], room);
            room -= undated[cell];
        }
    }
}
