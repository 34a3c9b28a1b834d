package tayori.dmarc;

import java.util.Locale;
import java.util.Optional;

/// What a domain owner asks for when a mail fails (RFC 9989 §4.7), weakest first.
public enum Policy {
    NONE,
    QUARANTINE,
    REJECT;

    /// One step weaker, as `t=y` asks (RFC 9989 §4.7): reject becomes quarantine, the rest none.
    Policy weaker() {
        return this == REJECT ? QUARANTINE : NONE;
    }

    static Optional<Policy> parse(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "none" -> Optional.of(NONE);
            case "quarantine" -> Optional.of(QUARANTINE);
            case "reject" -> Optional.of(REJECT);
            default -> Optional.empty();
        };
    }

    /// As it stands in a record.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
