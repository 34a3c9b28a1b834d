package tayori.feedback;

import java.time.Instant;
import java.util.random.RandomGenerator;

/// Names for complaints: 48 bits of time and 80 of chance, in 26 letters and digits that a person can read out, so that
/// names sort by time and nobody guesses one.
final class ComplaintIds {
    /// Without I, L, O and U, which are misread.
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int TIME_LETTERS = 10;
    private static final int CHANCE_LETTERS = 16;

    private final RandomGenerator random;

    ComplaintIds(RandomGenerator random) {
        this.random = random;
    }

    String next(Instant now) {
        var id = new StringBuilder(TIME_LETTERS + CHANCE_LETTERS);
        long millis = now.toEpochMilli();
        for (int i = TIME_LETTERS - 1; i >= 0; i--) {
            id.append(LETTERS.charAt((int) (millis >>> (5 * i)) & 31));
        }
        for (int i = 0; i < CHANCE_LETTERS; i++) {
            id.append(LETTERS.charAt(random.nextInt(32)));
        }
        return id.toString();
    }
}
