package tayori.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The word that was probably meant.
final class Nearest {
    /// Most letters that may differ, as a share of the longer word: one in three.
    private static final int LETTERS_PER_MISTAKE = 3;

    /// A longer word is no slip of a key we have. Unit: letters.
    private static final int LONGEST_WORD = 60;

    private Nearest() {}

    static Optional<String> to(String word, List<String> known) {
        Optional<String> nearest = Optional.empty();
        int least = Integer.MAX_VALUE;
        if (word.length() > LONGEST_WORD) {
            return nearest;
        }
        for (String candidate : known) {
            int distance = distance(plain(word), plain(candidate));
            int allowed =
                    Math.max(1, Math.max(word.length(), candidate.length()) / LETTERS_PER_MISTAKE);
            if (distance <= allowed && distance < least) {
                least = distance;
                nearest = Optional.of(candidate);
            }
        }
        return nearest;
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /// Letters to put in, take out, change, or swap with their neighbour (Damerau's distance without overlaps).
    private static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                boolean same = from.charAt(i - 1) == to.charAt(j - 1);
                cost[i][j] =
                        Math.min(
                                cost[i - 1][j - 1] + (same ? 0 : 1),
                                Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean swapped =
                        i > 1
                                && j > 1
                                && from.charAt(i - 1) == to.charAt(j - 2)
                                && from.charAt(i - 2) == to.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[from.length()][to.length()];
    }
}
