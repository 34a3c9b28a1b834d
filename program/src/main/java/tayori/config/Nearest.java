package tayori.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The word that was probably meant.
final class Nearest {
    /// Most letters that may differ, as a share of the longer word: one in three.
    private static final int LETTERS_PER_MISTAKE = 3;

    private Nearest() {}

    static Optional<String> to(String word, List<String> known) {
        Optional<String> nearest = Optional.empty();
        int least = Integer.MAX_VALUE;
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

    /// Levenshtein's distance: letters to put in, take out or change.
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
