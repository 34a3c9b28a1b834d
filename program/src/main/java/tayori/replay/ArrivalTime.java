package tayori.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tayori.message.MessageHead;

/// When a mail arrived, as its archive tells. The Date field is never asked: its sender writes it.
public final class ArrivalTime {
    /// Longest date read. Unit: characters; the longest regular one has 31.
    static final int MAX_LENGTH = 200;

    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");

    /// The zones of RFC 5322 §4.3 that have a meaning, and JST, which is not among them but in many archives.
    private static final List<String> ZONES =
            List.of(
                    "ut+0", "gmt+0", "utc+0", "z+0", "est-5", "edt-4", "cst-6", "cdt-5", "mst-7",
                    "mdt-6", "pst-8", "pdt-7", "jst+9");

    private ArrivalTime() {}

    /// By the date in the topmost Received field, which our own server wrote last (RFC 5321 §4.4); else by the name that a
    /// Maildir gave the file, which begins with seconds since 1970.
    ///
    /// @param fileName without its folder; empty for none
    /// @return nothing where neither tells, or tells a time after `now`
    public static Optional<Instant> of(MessageHead head, String fileName, Instant now) {
        return head.first("Received")
                .flatMap(field -> {
                    String text = field.unfolded();
                    int semicolon = text.lastIndexOf(';');
                    return semicolon < 0 ? Optional.empty() : parse(text.substring(semicolon + 1));
                })
                .or(() -> ofFileName(fileName))
                .filter(time -> !time.isAfter(now) && time.getEpochSecond() > 0);
    }

    private static Optional<Instant> ofFileName(String name) {
        int dot = name.indexOf('.');
        return dot >= 9 && dot <= 10
                ? number(name.substring(0, dot)).map(Instant::ofEpochSecond)
                : Optional.empty();
    }

    /// Reads a date (RFC 5322 §3.3, and §4.3: years of two digits, zones by name), comments left out.
    static Optional<Instant> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        var words = words(text);
        if (!words.isEmpty() && number(words.getFirst()).isEmpty()) {
            words.removeFirst(); // the day of the week
        }
        if (words.size() < 5) {
            return Optional.empty();
        }
        var day = number(words.get(0));
        int month =
                words.get(1).length() < 3 ? 0 : MONTHS.indexOf(words.get(1).substring(0, 3)) + 1;
        var year = number(words.get(2)).map(ArrivalTime::fullYear);
        String[] clock = words.get(3).split(":", -1);
        var hour = number(clock[0]);
        var minute = clock.length > 1 ? number(clock[1]) : Optional.<Long>empty();
        var second = clock.length > 2 ? number(clock[2]) : Optional.of(0L);
        var zone = zone(words.get(4));
        if (day.isEmpty()
                || year.isEmpty()
                || hour.isEmpty()
                || minute.isEmpty()
                || second.isEmpty()
                || zone.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    LocalDateTime.of(
                                    year.get().intValue(),
                                    month,
                                    day.get().intValue(),
                                    hour.get().intValue(),
                                    minute.get().intValue(),
                                    Math.min(59, second.get().intValue())) // a leap second
                            .toInstant(zone.get()));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// In lower case, without commas and comments.
    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        int depth = 0;
        for (char c : (text.toLowerCase(Locale.ROOT) + " ").toCharArray()) {
            if (c == '(') {
                depth++;
            }
            if (depth > 0 || c <= ' ' || c == ',') {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else {
                word.append(c);
            }
            if (c == ')' && depth > 0) {
                depth--;
            }
        }
        return words;
    }

    /// RFC 5322 §4.3: 00 to 49 are of this century, other short ones of the last.
    private static long fullYear(long year) {
        return year < 50 ? 2000 + year : year < 1_000 ? 1900 + year : year;
    }

    private static Optional<ZoneOffset> zone(String word) {
        try {
            if (word.length() == 5 && (word.charAt(0) == '+' || word.charAt(0) == '-')) {
                var digits = number(word.substring(1));
                int sign = word.charAt(0) == '-' ? -1 : 1;
                return digits.map(hhmm ->
                        ZoneOffset.ofHoursMinutes(
                                sign * (int) (hhmm / 100), sign * (int) (hhmm % 100)));
            }
            for (String known : ZONES) {
                int sign = Math.max(known.indexOf('+'), known.indexOf('-'));
                if (known.substring(0, sign).equals(word)) {
                    return Optional.of(ZoneOffset.of(known.substring(sign)));
                }
            }
            return Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<Long> number(String digits) {
        boolean number =
                !digits.isEmpty()
                        && digits.length() <= 10
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }
}
