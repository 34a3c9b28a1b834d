package tayori.reputation;

/// The same counters twice, by hour for what is recent and by day for all: so days need not be made out of hours when
/// the hours are forgotten, and forgetting commutes with merging.
///
/// @param hours by hour since 1970-01-01T00:00Z
/// @param days by day since 1970-01-01 (UTC)
record Timeline(Buckets hours, Buckets days) {
    /// Hours in a day.
    static final int DAY = 24;

    /// Days whose hours are known one by one: today and the two before, so 49 to 72 hours.
    static final int DAYS_BY_HOUR = 3;

    /// Days that are known at all, today included.
    static final int DAYS = 60;

    /// How far the clocks of two machines may be apart before one forgets an hour that the other still reads. Unit: hours.
    static final int CLOCK_GRACE = 1;

    Timeline() {
        this(new Buckets(), new Buckets());
    }

    static long dayOf(long hour) {
        return Math.floorDiv(hour, DAY);
    }

    /// The first hour that is read by hour.
    static long firstHour(long nowHour) {
        return (dayOf(nowHour) - DAYS_BY_HOUR + 1) * DAY;
    }

    /// The first day that is read at all.
    static long firstDay(long nowHour) {
        return dayOf(nowHour) - DAYS + 1;
    }

    void add(long hour, Counts counts, long nowHour) {
        if (hour >= firstHour(nowHour)) {
            hours.add(hour, counts);
        }
        days.add(dayOf(hour), counts);
    }

    static Timeline merge(Timeline a, Timeline b) {
        return new Timeline(Buckets.merge(a.hours, b.hours), Buckets.merge(a.days, b.days));
    }

    void compact(long nowHour) {
        hours.dropBefore(firstHour(nowHour - CLOCK_GRACE));
        days.dropBefore(firstDay(nowHour - CLOCK_GRACE));
    }

    boolean isEmpty() {
        return hours.size() == 0 && days.size() == 0;
    }

    void write(OctetWriter out, long baseHour) {
        hours.write(out, baseHour);
        days.write(out, dayOf(baseHour));
    }

    static Timeline read(OctetReader in, long baseHour) {
        return new Timeline(Buckets.read(in, baseHour), Buckets.read(in, dayOf(baseHour)));
    }
}
