package tayori.reputation;

import java.util.Arrays;
import java.util.List;

/// Whether an identity suddenly sends much more than it ever did: its last 24 hours against the busiest of the days
/// before. Like the rate, it is read without the t providers that count most, so that t liars cannot sound it.
final class VolumeAlarm {
    /// Today and yesterday are what is looked at, not what it is compared with.
    private static final int FIRST_DAY = 2;

    private VolumeAlarm() {}

    /// @param firstLedger where the ledgers of each provider begin
    /// @param volume messages of the last 24 hours, by provider
    static boolean sounds(
            ScoreOptions.Alarm alarm,
            List<Ledger> ledgers,
            int[] firstLedger,
            long[] volume,
            int trim,
            Ages ages) {
        boolean[] leftOut = largest(volume, trim);
        long now = 0;
        for (int provider = 0; provider < volume.length; provider++) {
            now += leftOut[provider] ? 0 : volume[provider];
        }
        if (now <= alarm.more()) {
            return false;
        }
        var days = new long[alarm.days()];
        for (int provider = 0; provider < volume.length; provider++) {
            for (int i = firstLedger[provider];
                    !leftOut[provider] && i < firstLedger[provider + 1];
                    i++) {
                add(ledgers.get(i).dated().days(), ages, days);
            }
        }
        return now > alarm.times() * Arrays.stream(days).max().orElse(0) + alarm.more();
    }

    private static void add(Buckets buckets, Ages ages, long[] days) {
        for (int i = 0; i < buckets.size(); i++) {
            int day = ages.cellOfDay(buckets.slot(i)) - Ages.HOURS - FIRST_DAY;
            if (day >= 0 && day < days.length) {
                days[day] += buckets.count(i, Observation.MESSAGES);
            }
        }
    }

    private static boolean[] largest(long[] volume, int most) {
        var chosen = new boolean[volume.length];
        for (int n = 0; n < Math.min(most, volume.length); n++) {
            int largest = -1;
            for (int i = 0; i < volume.length; i++) {
                if (!chosen[i] && (largest < 0 || volume[i] > volume[largest])) {
                    largest = i;
                }
            }
            chosen[largest] = true;
        }
        return chosen;
    }
}
