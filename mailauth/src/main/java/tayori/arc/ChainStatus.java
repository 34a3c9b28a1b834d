package tayori.arc;

import java.util.Locale;
import java.util.Optional;

/// The chain validation status: the value of `cv=` (RFC 8617 §4.4).
public enum ChainStatus {
    NONE,
    PASS,
    FAIL;

    /// As `cv=` and Authentication-Results have it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ChainStatus> parse(String text) {
        for (var status : values()) {
            if (status.name().equalsIgnoreCase(text)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
