package tayori.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads `301-312` or `11,12,20-23`.
final class Seeds {
    /// Most seeds of one run; nobody waits for more.
    static final int MOST = 1_000;

    static final String PUBLISHED = "301-312";

    private Seeds() {}

    /// @return nothing for what is not that, and for more than [#MOST]
    static Optional<List<Long>> parse(String text) {
        var seeds = new ArrayList<Long>();
        for (String part : text.split(",", -1)) {
            int dash = part.indexOf('-');
            var first = number(dash < 0 ? part : part.substring(0, dash));
            var last = dash < 0 ? first : number(part.substring(dash + 1));
            if (first < 0 || last < first || last - first >= MOST - seeds.size()) {
                return Optional.empty();
            }
            for (long seed = first; seed <= last; seed++) {
                seeds.add(seed);
            }
        }
        return Optional.of(seeds);
    }

    /// -1 for what is no whole number.
    private static int number(String digits) {
        try {
            return Integer.parseUnsignedInt(digits);
        } catch (NumberFormatException _) {
            return -1;
        }
    }
}
