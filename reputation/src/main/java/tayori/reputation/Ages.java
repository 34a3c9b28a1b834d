package tayori.reputation;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// One moment's view of the past: cells of one hour for today and the two days before, then cells of one day; how old
/// each is, what it weighs, and how many of its complaints have come in.
///
/// Cells `0` to `71` are the hours, from the present one back; cell `72 + j` is the day j days ago. The days of the hours
/// exist as cells too, for sums over days, but the rate passes them over.
final class Ages {
    static final int HOURS = Timeline.DAYS_BY_HOUR * Timeline.DAY;
    static final int CELLS = HOURS + Timeline.DAYS;

    /// The first cell of a day whose hours are not cells.
    static final int FIRST_PLAIN_DAY = HOURS + Timeline.DAYS_BY_HOUR;

    private static final double SECONDS_PER_HOUR = 3_600;

    final long nowHour;
    final long nowDay;

    /// By half-life, then by cell; behind the half-lives one more that never fades.
    final double[][] weights;

    /// Share of complaints that have come in, by cell.
    final double[] within = new double[CELLS];

    private final double[] hours = new double[CELLS];
    private final long firstHour;

    Ages(List<Duration> halfLives, DelayCurve curve, Instant now) {
        nowHour = Evidence.hourOf(now);
        nowDay = Timeline.dayOf(nowHour);
        firstHour = Timeline.firstHour(nowHour);
        double elapsed = now.getEpochSecond() / SECONDS_PER_HOUR - nowHour;
        // A mail of the present hour came half-way through what has passed of it, others in the
        // middle of their cell.
        hours[0] = elapsed / 2;
        for (int cell = 1; cell < HOURS; cell++) {
            hours[cell] = cell + elapsed - 0.5;
        }
        double today = Math.floorMod(nowHour, Timeline.DAY) + elapsed;
        hours[HOURS] = today / 2;
        for (int cell = HOURS + 1; cell < CELLS; cell++) {
            hours[cell] = (cell - HOURS) * Timeline.DAY + today - Timeline.DAY / 2.0;
        }
        for (int cell = 0; cell < CELLS; cell++) {
            within[cell] = curve.within(hours[cell]);
        }
        weights = new double[halfLives.size() + 1][CELLS];
        for (int i = 0; i < halfLives.size(); i++) {
            fade(weights[i], halfLives.get(i).toSeconds() / SECONDS_PER_HOUR);
        }
        Arrays.fill(weights[halfLives.size()], 1);
    }

    /// Powers by multiplication: neighbours differ by one factor.
    private void fade(double[] weight, double halfLife) {
        double anHour = Math.pow(2, -1 / halfLife);
        double aDay = Math.pow(2, -Timeline.DAY / halfLife);
        for (int cell = 0; cell < CELLS; cell++) {
            boolean afresh = cell < 2 || cell == HOURS || cell == HOURS + 1;
            weight[cell] =
                    afresh
                            ? Math.pow(2, -hours[cell] / halfLife)
                            : weight[cell - 1] * (cell < HOURS ? anHour : aDay);
        }
    }

    /// Hours since the middle of a cell.
    double hours(int cell) {
        return hours[cell];
    }

    /// The cell of an hour, -1 for one that is not read by hour. An hour to come counts as the present one.
    int cellOfHour(long hour) {
        return hour < firstHour ? -1 : (int) Math.max(0, nowHour - hour);
    }

    /// The cell of a day, -1 for one that is not read. A day to come counts as today.
    int cellOfDay(long day) {
        long ago = Math.max(0, nowDay - day);
        return ago < Timeline.DAYS ? HOURS + (int) ago : -1;
    }

    /// Whether the rate reads a cell: it does not read a day and its hours both.
    static boolean counts(int cell) {
        return cell < HOURS || cell >= FIRST_PLAIN_DAY;
    }

    Instant start(int cell) {
        long hour = cell < HOURS ? nowHour - cell : (nowDay - (cell - HOURS)) * Timeline.DAY;
        return Instant.ofEpochSecond(hour * 3_600);
    }

    static Duration length(int cell) {
        return cell < HOURS ? Duration.ofHours(1) : Duration.ofDays(1);
    }
}
