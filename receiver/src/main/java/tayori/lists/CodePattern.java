package tayori.lists;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The return codes of a list that mean one thing: four octets, each a number or a range, `127.0.4-10.1-3`.
public final class CodePattern {
    private static final int OCTETS = 4;

    private final int[] lowest;
    private final int[] highest;

    private CodePattern(int[] lowest, int[] highest) {
        this.lowest = lowest;
        this.highest = highest;
    }

    /// Reads a pattern.
    ///
    /// @return nothing unless there are four octets in ascending ranges, the first of them 127 (RFC 5782 §2.1)
    public static Optional<CodePattern> parse(String text) {
        String[] parts = text.split("\\.", OCTETS + 1);
        var lowest = new int[OCTETS];
        var highest = new int[OCTETS];
        for (int i = 0; i < OCTETS && parts.length == OCTETS; i++) {
            int dash = parts[i].indexOf('-');
            lowest[i] = octet(dash < 0 ? parts[i] : parts[i].substring(0, dash));
            highest[i] = dash < 0 ? lowest[i] : octet(parts[i].substring(dash + 1));
            if (lowest[i] < 0 || highest[i] < lowest[i]) {
                return Optional.empty();
            }
        }
        return lowest[0] == ListAnswers.LIST_NETWORK && highest[0] == ListAnswers.LIST_NETWORK
                ? Optional.of(new CodePattern(lowest, highest))
                : Optional.empty();
    }

    /// A pattern that the program itself knows to be good.
    ///
    /// @throws IllegalArgumentException where [#parse] finds nothing
    public static CodePattern of(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException("no return codes: " + text));
    }

    /// A number from 0 to 255 in at most three digits; -1 for anything else.
    private static int octet(String text) {
        int number = text.isEmpty() || text.length() > 3 ? -1 : 0;
        for (int i = 0; i < text.length() && number >= 0; i++) {
            char c = text.charAt(i);
            number = c >= '0' && c <= '9' ? number * 10 + c - '0' : -1;
        }
        return number > 255 ? -1 : number;
    }

    boolean matches(byte[] code) {
        for (int i = 0; i < OCTETS; i++) {
            int octet = code[i] & 0xff;
            if (octet < lowest[i] || octet > highest[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodePattern pattern
                && Arrays.equals(lowest, pattern.lowest)
                && Arrays.equals(highest, pattern.highest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(lowest) * 31 + Arrays.hashCode(highest);
    }

    @Override
    public String toString() {
        return IntStream.range(0, OCTETS)
                .mapToObj(i ->
                        lowest[i] == highest[i]
                                ? Integer.toString(lowest[i])
                                : lowest[i] + "-" + highest[i])
                .collect(Collectors.joining("."));
    }
}
