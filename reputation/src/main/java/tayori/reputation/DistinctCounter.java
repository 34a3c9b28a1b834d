package tayori.reputation;

import java.util.Arrays;

/// Tells how many different numbers it has seen, from 256 octets: HyperLogLog (Flajolet, Fusy, Gandouet, Meunier 2007)
/// with linear counting for few. Standard error 1.04/√256 = 6.5 %; three are told apart in 99 of 100 cases. Merged by
/// the larger of two registers.
final class DistinctCounter {
    private static final int BITS = 8;
    private static final int REGISTERS = 1 << BITS;
    private static final int MAX_RANK = Long.SIZE - BITS + 1;

    /// The correction for 256 registers of the paper's figure 3.
    private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

    /// Below this many registers in use, stored one by one: two octets each instead of one for all.
    private static final int SPARSE = REGISTERS / 2;

    private final byte[] registers = new byte[REGISTERS];

    void add(long hash) {
        long mixed = mix(hash);
        int register = (int) (mixed >>> (Long.SIZE - BITS));
        int rank = Math.min(Long.numberOfLeadingZeros(mixed << BITS) + 1, MAX_RANK);
        if (rank > registers[register]) {
            registers[register] = (byte) rank;
        }
    }

    /// Spreads numbers that somebody may have counted up (the last step of SplitMix64).
    private static long mix(long hash) {
        long z = hash + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    void raise(DistinctCounter other) {
        for (int i = 0; i < REGISTERS; i++) {
            registers[i] = (byte) Math.max(registers[i], other.registers[i]);
        }
    }

    long estimate() {
        double sum = 0;
        int zeros = 0;
        for (byte rank : registers) {
            sum += Math.scalb(1.0, -rank);
            zeros += rank == 0 ? 1 : 0;
        }
        double raw = ALPHA * REGISTERS * REGISTERS / sum;
        return Math.round(
                raw <= 2.5 * REGISTERS && zeros > 0
                        ? REGISTERS * Math.log((double) REGISTERS / zeros)
                        : raw);
    }

    void write(OctetWriter out) {
        int used = used();
        out.unsigned(used);
        for (int i = 0; i < REGISTERS; i++) {
            if (used > SPARSE) {
                out.octet(registers[i]);
            } else if (registers[i] > 0) {
                out.octet(i);
                out.octet(registers[i]);
            }
        }
    }

    private int used() {
        int used = 0;
        for (byte rank : registers) {
            used += rank == 0 ? 0 : 1;
        }
        return used;
    }

    static DistinctCounter read(OctetReader in) {
        var counter = new DistinctCounter();
        int used = (int) in.unsigned(REGISTERS);
        int before = -1;
        for (int i = 0; i < (used > SPARSE ? REGISTERS : used); i++) {
            int register = used > SPARSE ? i : in.octet();
            int rank = in.octet();
            in.require(register > before, "registers out of order");
            in.require(rank <= MAX_RANK && (rank > 0 || used > SPARSE), "a rank out of range");
            counter.registers[register] = (byte) rank;
            before = register;
        }
        in.require(counter.used() == used, "a wrong number of registers");
        return counter;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DistinctCounter counter
                && Arrays.equals(registers, counter.registers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(registers);
    }
}
