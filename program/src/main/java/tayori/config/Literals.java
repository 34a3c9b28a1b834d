package tayori.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/// Numbers, addresses and times as written, in the configuration and on the command line.
public final class Literals {
    private static final int MAX_DIGITS = 18;

    private Literals() {}

    /// A time with its unit: `500ms`, `5s`, `2m`, `1h`, `7d`.
    public static Optional<Duration> time(String text) {
        return Values.parse(Duration.class, text).map(Duration.class::cast);
    }

    /// Digits only, no sign, at most 18 of them.
    static Optional<Long> wholeNumber(String text) {
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return Optional.empty();
            }
        }
        return Optional.of(Long.parseLong(text));
    }

    /// An IP address literal; never asks the DNS.
    public static Optional<InetAddress> address(String text) {
        boolean digitsAndDots = text.indexOf('.') >= 0 && text.indexOf(':') < 0;
        if (digitsAndDots && text.chars().filter(c -> c == '.').count() != 3) {
            return Optional.empty(); // 10.1 is an address to the C library, and a mistake here
        }
        if ((!digitsAndDots && text.indexOf(':') < 0) || text.indexOf('%') >= 0) {
            return Optional
                    .empty(); // an interface (`%eth0`) is no part of what a stranger can have
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
