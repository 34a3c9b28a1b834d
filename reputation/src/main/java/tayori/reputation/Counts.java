package tayori.reputation;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/// One number for each [Observation]. Immutable; never negative.
public final class Counts {
    public static final Counts NONE = new Counts(new long[Observation.values().length]);

    /// How many numbers there are.
    static final int SIZE = Observation.values().length;

    private final long[] numbers;

    private Counts(long[] numbers) {
        this.numbers = numbers;
    }

    public static Counts of(Observation observation, long number) {
        return NONE.plus(observation, number);
    }

    public long get(Observation observation) {
        return numbers[observation.code()];
    }

    /// @throws IllegalArgumentException for a negative number: nothing that was seen is ever unseen
    public Counts plus(Observation observation, long number) {
        if (number < 0) {
            throw new IllegalArgumentException(observation + " cannot shrink by " + -number);
        }
        var sum = numbers.clone();
        sum[observation.code()] += number;
        return new Counts(sum);
    }

    public Counts plus(Counts other) {
        var sum = numbers.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.numbers[i];
        }
        return new Counts(sum);
    }

    /// The numbers that stand in an array from an index on, by [Observation#code].
    static Counts copyOf(long[] counters, int from) {
        return new Counts(Arrays.copyOfRange(counters, from, from + SIZE));
    }

    /// Adds each number to the counter of its [Observation#code], which stays at `most` at most.
    void addTo(long[] counters, int from, long most) {
        for (int i = 0; i < numbers.length; i++) {
            long number = numbers[i];
            if (number != 0) {
                long room = most - counters[from + i];
                counters[from + i] =
                        number > 0 && number < room ? counters[from + i] + number : most;
            }
        }
    }

    public boolean isEmpty() {
        return equals(NONE);
    }

    /// Those that are not zero.
    public Map<Observation, Long> toMap() {
        var map = new EnumMap<Observation, Long>(Observation.class);
        for (var observation : Observation.values()) {
            if (get(observation) > 0) {
                map.put(observation, get(observation));
            }
        }
        return map;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Counts counts && Arrays.equals(numbers, counts.numbers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        return toMap().toString();
    }
}
