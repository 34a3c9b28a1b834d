package tayori.reputation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// A rate in words.
final class Sentence {
    private static final List<String> NUMBERS =
            List.of("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

    private Sentence() {}

    /// "1.8 % of 4,120 messages in the last day were reported; without the two providers that report most, 1.2 %; limit
    /// 0.3 %."
    ///
    /// @param messages that arrived within one half-life
    static String of(Standing standing, long messages, ScoreOptions options) {
        String mail =
                String.format(
                        Locale.ROOT,
                        "%,d messages in the last %s",
                        messages,
                        days(standing.halfLife()));
        if (!standing.known()) {
            return "Too little is known to judge: "
                    + mail
                    + without(standing.leftOut().size())
                    + ".";
        }
        if (standing.complaints() == 0 && standing.untrimmedRate() <= options.prior().rate()) {
            return "none of %s was reported, which is taken for %s; limit %s."
                    .formatted(mail, percent(standing.rate()), percent(options.listing().enter()));
        }
        String trimmed =
                standing.leftOut().isEmpty()
                        ? ""
                        : ";"
                                + without(standing.leftOut().size())
                                + ", "
                                + percent(standing.rate());
        return "%s of %s were reported%s; limit %s."
                .formatted(
                        percent(standing.untrimmedRate()),
                        mail,
                        trimmed,
                        percent(options.listing().enter()));
    }

    private static String without(int providers) {
        return switch (providers) {
            case 0 -> "";
            case 1 -> " without the provider that reports most";
            default -> " without the " + number(providers) + " providers that report most";
        };
    }

    private static String days(Duration halfLife) {
        long hours = halfLife.toHours();
        if (hours % Timeline.DAY != 0) {
            return hours + " hours";
        }
        long days = hours / Timeline.DAY;
        return days == 1 ? "day" : number(days) + " days";
    }

    private static String number(long number) {
        return number < NUMBERS.size() ? NUMBERS.get((int) number) : Long.toString(number);
    }

    /// Two digits, and what stands before the point in full: 1.8 %, 0.052 %, 100 %.
    static String percent(double share) {
        var percent = BigDecimal.valueOf(100 * share);
        int before = percent.precision() - percent.scale();
        return percent.round(new MathContext(Math.max(2, before)))
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }
}
