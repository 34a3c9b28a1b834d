package tayori.nameserver;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Counts outcomes. Any number of threads may count and read.
sealed interface Tally {
    void count(Outcome outcome);

    long counted(Outcome outcome);

    /// For the one thread of a UDP loop: a plain addition, seen by readers in time.
    final class OfLoop implements Tally {
        private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
        private final long[] counts = new long[Outcome.values().length];

        @Override
        public void count(Outcome outcome) {
            COUNT.setOpaque(counts, outcome.code(), counts[outcome.code()] + 1);
        }

        @Override
        public long counted(Outcome outcome) {
            return (long) COUNT.getOpaque(counts, outcome.code());
        }
    }

    /// For all TCP connections together.
    final class Shared implements Tally {
        private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
        private final long[] counts = new long[Outcome.values().length];

        @Override
        public void count(Outcome outcome) {
            COUNT.getAndAdd(counts, outcome.code(), 1L);
        }

        @Override
        public long counted(Outcome outcome) {
            return (long) COUNT.getOpaque(counts, outcome.code());
        }
    }
}
