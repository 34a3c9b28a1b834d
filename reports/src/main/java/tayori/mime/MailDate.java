package tayori.mime;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// A date in a header field (RFC 5322 §3.3), obsolete forms (§4.3) included.
///
/// A zone nobody knows counts as UTC, as §4.3 has it. A day of the week is not compared with the date: mail has many
/// wrong ones.
public final class MailDate {
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    /// Longest text looked at. Unit: characters; the longest well-formed date has about 40.
    static final int MAX_LENGTH = 200;

    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH);

    private final String text;
    private int at;

    private MailDate(String text) {
        this.text = text;
    }

    /// Reads a date.
    public static Optional<Instant> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return new MailDate(text).read();
        } catch (DateTimeException e) {
            return Optional.empty(); // 31 February
        }
    }

    /// Writes a date as RFC 5322 §3.3 wants it, in UTC.
    public static String write(Instant instant) {
        return WRITTEN.format(instant.atOffset(ZoneOffset.UTC));
    }

    private Optional<Instant> read() {
        skip();
        if (at < text.length() && !isDigit(text.charAt(at))) {
            word(); // the day of the week
            skip();
        }
        int day = number();
        skip();
        int month = month(word());
        skip();
        int year = number();
        skip();
        int hour = number();
        int minute = afterColon();
        int second = afterColon();
        if (day < 0 || month < 1 || year < 0 || hour < 0 || minute < 0) {
            return Optional.empty();
        }
        skip();
        var offset = zone();
        var date = LocalDate.of(fullYear(year), month, day);
        // A leap second is the second before it: no time of a mail is that exact.
        var time = LocalTime.of(hour, minute, Math.clamp(second, 0, 59));
        return Optional.of(date.atTime(time).toInstant(offset));
    }

    /// RFC 5322 §4.3: two digits below 50 are of this century, others and three digits count from 1900.
    private static int fullYear(int year) {
        if (year < 50) {
            return 2000 + year;
        }
        return year < 1000 ? 1900 + year : year;
    }

    private ZoneOffset zone() {
        if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
            int sign = text.charAt(at) == '-' ? -1 : 1;
            at++;
            int hhmm = number();
            return hhmm < 0
                    ? ZoneOffset.UTC
                    : ZoneOffset.ofHoursMinutes(sign * (hhmm / 100), sign * (hhmm % 100));
        }
        return switch (word().toUpperCase(Locale.ROOT)) {
            case "EDT" -> ZoneOffset.ofHours(-4);
            case "EST", "CDT" -> ZoneOffset.ofHours(-5);
            case "CST", "MDT" -> ZoneOffset.ofHours(-6);
            case "MST", "PDT" -> ZoneOffset.ofHours(-7);
            case "PST" -> ZoneOffset.ofHours(-8);
            default -> ZoneOffset.UTC;
        };
    }

    private static int month(String word) {
        if (word.length() < 3) {
            return 0;
        }
        int index = MONTHS.indexOf(word.substring(0, 3).toLowerCase(Locale.ROOT));
        return index < 0 || index % 3 != 0 ? 0 : index / 3 + 1;
    }

    private int afterColon() {
        skip();
        if (at == text.length() || text.charAt(at) != ':') {
            return -1;
        }
        at++;
        skip();
        return number();
    }

    private int number() {
        int from = at;
        int value = 0;
        while (at < text.length() && isDigit(text.charAt(at)) && at - from < 6) {
            value = 10 * value + text.charAt(at) - '0';
            at++;
        }
        return at == from ? -1 : value;
    }

    private String word() {
        int from = at;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    /// White space, commas, hyphens between day and month, and comments.
    private void skip() {
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '(') {
                depth++;
            } else if (c == ')' && depth > 0) {
                depth--;
            } else if (depth == 0 && c > ' ' && c != ',') {
                return;
            }
            at++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
