package tayori.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;
import tayori.dns.DomainName;

/// Reads a `dnset` file of rbldnsd, ours or another's, line by line: the head, defaults, entries with and without wildcards,
/// exclusions, `$` in texts. A line that is wrong is named and passed over, as rbldnsd does it.
///
/// Not read: `$1` to `$9`, `$=` and `$MAXRANGE4`; lines with them are named as problems.
public final class DnsetReader {
    /// Longest line. Unit: octets; a name, an address and a text have some 530.
    public static final int MAX_LINE = 1_024;

    /// Most entries. Unit: entries; as many as the largest list we can think of.
    public static final long MAX_ENTRIES = 100_000_000;

    /// Most problems that are kept; the rest are only counted. Unit: problems.
    public static final int MAX_PROBLEMS = 100;

    /// Read at a time. Unit: octets.
    private static final int BUFFER = 1 << 16;

    private static final int DEFAULT_ADDRESS = 0x7f000002; // 127.0.0.2

    private final Sink sink;
    private final long maxEntries;
    private final List<Problem> problems = new ArrayList<>();
    private long line;
    private long entries;
    private long wrong;
    private Optional<Soa> soa = Optional.empty();
    private List<DomainName> nameServers = List.of();
    private Optional<Instant> timestamp = Optional.empty();
    private Optional<Instant> expires = Optional.empty();
    private int ttl = -1;
    private int address = DEFAULT_ADDRESS;
    private String text = "";

    private DnsetReader(Sink sink, long maxEntries) {
        this.sink = sink;
        this.maxEntries = maxEntries;
    }

    /// What one line lists.
    ///
    /// @param itself whether the name itself is listed
    /// @param below whether all names below it are
    /// @param excluded whether they are not, whatever other lines say
    /// @param text with the listed name in the place of `$`; empty for none
    public record Entry(
            DomainName name,
            boolean itself,
            boolean below,
            boolean excluded,
            int address,
            String text) {}

    /// A line that could not be read.
    ///
    /// @param line counted from 1
    /// @param wrong what was found, and what was expected
    public record Problem(long line, String wrong) {}

    /// The head and the end of a file.
    ///
    /// @param ttl of its answers in seconds; -1 where it does not say
    /// @param expires when it may no longer be answered from
    /// @param problems the first ones
    /// @param wrong how many there were in all
    /// @param whole whether it was read to its end; not, where it has too many entries
    public record Contents(
            Optional<Soa> soa,
            List<DomainName> nameServers,
            int ttl,
            Optional<Instant> timestamp,
            Optional<Instant> expires,
            long entries,
            List<Problem> problems,
            long wrong,
            boolean whole) {
        public Contents {
            nameServers = List.copyOf(nameServers);
            problems = List.copyOf(problems);
        }

        /// Whether rbldnsd would refuse to answer from it: past its time, or from the future.
        public boolean isStale(Instant now) {
            return expires.filter(now::isAfter).isPresent()
                    || timestamp.filter(now::isBefore).isPresent();
        }
    }

    /// Takes entries one by one.
    @FunctionalInterface
    public interface Sink {
        void accept(Entry entry);
    }

    /// @throws IOException only where the stream does
    public static Contents read(InputStream in, Sink sink) throws IOException {
        return read(in, sink, MAX_ENTRIES);
    }

    /// @param maxEntries after which reading ends, as a problem
    static Contents read(InputStream in, Sink sink, long maxEntries) throws IOException {
        var reader = new DnsetReader(sink, maxEntries);
        boolean whole = reader.readLines(in);
        return new Contents(
                reader.soa,
                reader.nameServers,
                reader.ttl,
                reader.timestamp,
                reader.expires,
                reader.entries,
                reader.problems,
                reader.wrong,
                whole);
    }

    private boolean readLines(InputStream in) throws IOException {
        var buffer = new byte[BUFFER];
        var octets = new byte[MAX_LINE];
        int length = 0;
        for (int filled = in.read(buffer); filled >= 0; filled = in.read(buffer)) {
            for (int i = 0; i < filled; i++) {
                if (buffer[i] == '\n') {
                    readLine(octets, length);
                    length = 0;
                    if (entries >= maxEntries) {
                        problem("entry " + maxEntries + " is the last one read");
                        return false;
                    }
                } else {
                    if (length < MAX_LINE) {
                        octets[length] = buffer[i];
                    }
                    length++;
                }
            }
        }
        if (length > 0) {
            readLine(octets, length);
        }
        return true;
    }

    private void readLine(byte[] octets, int length) {
        line++;
        if (length > MAX_LINE) {
            problem("a line of %d octets; at most %d are read".formatted(length, MAX_LINE));
        } else {
            readLine(new String(octets, 0, length, StandardCharsets.ISO_8859_1).stripTrailing());
        }
    }

    private void problem(String what) {
        wrong++;
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(new Problem(line, what));
        }
    }

    private void readLine(String text) {
        if (text.isEmpty()) {
            return;
        }
        String special = special(text);
        if (special != null) {
            readSpecial(special);
        } else if (text.charAt(0) == ':') {
            readDefault(text);
        } else if (text.charAt(0) != '#' && text.charAt(0) != ';') {
            readEntry(text);
        }
    }

    /// What follows the dollar sign of a special line; null for any other line.
    private static @Nullable String special(String text) {
        if (text.charAt(0) == '$') {
            return text.substring(1);
        }
        boolean marked = text.length() > 1 && text.charAt(1) == '$';
        return marked && "#;:".indexOf(text.charAt(0)) >= 0 ? text.substring(2) : null;
    }

    private void readSpecial(String special) {
        var words = new ArrayList<String>();
        var tokens = new StringTokenizer(special, " \t");
        while (tokens.hasMoreTokens()) {
            words.add(tokens.nextToken());
        }
        String keyword = words.isEmpty() ? "" : words.getFirst().toUpperCase(Locale.ROOT);
        switch (keyword) {
            case "SOA" -> readSoa(words);
            case "NS" -> readNameServers(words);
            case "TTL" -> readTtl(words);
            case "TIMESTAMP" -> readTimestamp(words);
            default -> problem("$" + quoted(keyword) + "; $SOA, $NS, $TTL or $TIMESTAMP expected");
        }
    }

    private void readSoa(List<String> words) {
        if (soa.isPresent()) {
            return; // only the first one counts
        }
        var primary =
                words.size() == 9 ? DomainName.parse(words.get(2)) : Optional.<DomainName>empty();
        var mailbox =
                words.size() == 9 ? DomainName.parse(words.get(3)) : Optional.<DomainName>empty();
        var numbers = new long[6];
        boolean good = primary.isPresent() && mailbox.isPresent();
        for (int i = 0; good && i < numbers.length; i++) {
            String word = words.get(i == 0 ? 1 : i + 3);
            numbers[i] = i == 1 ? number(word, SerialNumber.MAX) : seconds(word);
            good = numbers[i] >= 0;
        }
        if (!good) {
            problem("$SOA; ttl, server, mailbox, serial, refresh, retry, expire, minimum expected");
            return;
        }
        soa =
                Optional.of(
                        new Soa(
                                primary.orElseThrow(),
                                mailbox.orElseThrow(),
                                numbers[1],
                                (int) numbers[2],
                                (int) numbers[3],
                                (int) numbers[4],
                                (int) numbers[5],
                                (int) numbers[0]));
    }

    private void readNameServers(List<String> words) {
        if (!nameServers.isEmpty()) {
            return; // only the first line counts
        }
        var servers = new ArrayList<DomainName>();
        for (String word : words.subList(Math.min(2, words.size()), words.size())) {
            if (!word.startsWith("-")) { // put out of service for a while
                DomainName.parse(word).ifPresent(servers::add);
            }
        }
        if (servers.isEmpty()) {
            problem("$NS; a ttl and names of servers expected");
        }
        nameServers = servers;
    }

    private void readTtl(List<String> words) {
        long seconds = words.size() == 2 ? seconds(words.get(1)) : -1;
        if (seconds < 0) {
            problem("$TTL; a time such as 300 or 5m expected");
        } else {
            ttl = (int) seconds;
        }
    }

    private void readTimestamp(List<String> words) {
        var from = words.size() > 1 ? time(words.get(1)) : null;
        boolean given = words.size() > 2 && !isNothing(words.get(2));
        Instant to = null;
        if (given && words.get(2).startsWith("+")) {
            long seconds = seconds(words.get(2).substring(1));
            to = from == null || seconds < 0 ? null : from.plusSeconds(seconds);
        } else if (given) {
            to = time(words.get(2));
        }
        boolean badFrom = words.size() < 2 || (from == null && !isNothing(words.get(1)));
        if (badFrom || (given && to == null) || words.size() > 3) {
            problem("$TIMESTAMP; yyyy:mm:dd:hh:mi:ss twice, the second one may be +time, expected");
            return;
        }
        timestamp = Optional.ofNullable(from);
        expires = Optional.ofNullable(to);
    }

    private static boolean isNothing(String word) {
        return word.equals("0") || word.equals("-");
    }

    /// `yyyy:mm:dd[:hh[:mi[:ss]]]`, also with `-` or nothing between.
    private static @Nullable Instant time(String word) {
        var digits = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if (c != ':' && c != '-') {
                return null;
            }
        }
        if (digits.length() < 8 || digits.length() > 14 || digits.length() % 2 != 0) {
            return null;
        }
        digits.append("0".repeat(14 - digits.length()));
        try {
            return LocalDateTime.of(
                            Integer.parseInt(digits.substring(0, 4)),
                            Integer.parseInt(digits.substring(4, 6)),
                            Integer.parseInt(digits.substring(6, 8)),
                            Integer.parseInt(digits.substring(8, 10)),
                            Integer.parseInt(digits.substring(10, 12)),
                            Integer.parseInt(digits.substring(12, 14)))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null; // the 31st of a short month; told as a problem by the caller
        }
    }

    /// A number with a unit, such as `300`, `5m`, `6h`, `1d12h`; -1 where it is none.
    private static long seconds(String word) {
        long total = 0;
        int at = 0;
        while (at < word.length()) {
            int digits = at;
            while (digits < word.length()
                    && word.charAt(digits) >= '0'
                    && word.charAt(digits) <= '9') {
                digits++;
            }
            long number = number(word.substring(at, digits), Integer.MAX_VALUE);
            long unit = digits == word.length() ? 1 : unit(word.charAt(digits));
            if (number < 0 || unit < 0) {
                return -1;
            }
            total += number * unit;
            if (total > Integer.MAX_VALUE) {
                return -1;
            }
            at = digits + 1;
        }
        return word.isEmpty() ? -1 : total;
    }

    private static long unit(char c) {
        return switch (c) {
            case 's', 'S' -> 1;
            case 'm', 'M' -> 60;
            case 'h', 'H' -> 3_600;
            case 'd', 'D' -> 86_400;
            case 'w', 'W' -> 604_800;
            default -> -1;
        };
    }

    private static long number(String word, long most) {
        if (word.isEmpty() || word.length() > 10) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number <= most ? number : -1;
    }

    private void readDefault(String line) {
        int second = line.indexOf(':', 1);
        String value = second < 0 ? line.substring(1) : line.substring(1, second);
        long parsed = value.isEmpty() ? DEFAULT_ADDRESS : address(value);
        if (parsed < 0) {
            problem(quoted(value) + "; an address such as 127.0.0.2 or 2 expected");
            return;
        }
        address = (int) parsed;
        text = second < 0 ? "" : line.substring(second + 1).strip();
    }

    private void readEntry(String line) {
        int end = 0;
        while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\t') {
            end++;
        }
        String name = line.substring(0, end);
        boolean excluded = name.startsWith("!");
        name = excluded ? name.substring(1) : name;
        boolean star = name.startsWith("*.");
        boolean below = star || name.startsWith(".");
        name = name.substring(star ? 2 : below ? 1 : 0);
        var parsed = DomainName.parse(name);
        if (parsed.isEmpty()) {
            problem(quoted(name) + "; a domain name expected");
            return;
        }
        String value = line.substring(end).strip();
        if (value.startsWith("#") || value.startsWith(";")) {
            value = "";
        }
        long listed = address;
        String template = text;
        if (value.startsWith(":")) {
            int second = value.indexOf(':', 1);
            String given = second < 0 ? value.substring(1) : value.substring(1, second);
            listed = given.isEmpty() ? address : address(given);
            if (listed < 0) {
                problem(quoted(given) + "; an address such as 127.0.0.2 or 2 expected");
                return;
            }
            template = second < 0 ? text : value.substring(second + 1).strip();
        } else if (!value.isEmpty()) {
            template = value;
        }
        entries++;
        sink.accept(
                new Entry(
                        parsed.get(),
                        !star,
                        below,
                        excluded,
                        (int) listed,
                        expanded(template, parsed.get())));
    }

    /// `a.b.c.d`, or its last part alone for 127.0.0.d; -1 for anything else.
    private static long address(String word) {
        if (word.indexOf('.') < 0) {
            long last = number(word, 255);
            return last < 0 ? -1 : 0x7f000000L | last;
        }
        long address = 0;
        int parts = 0;
        var tokens = new StringTokenizer(word, ".", true);
        boolean dot = false;
        while (tokens.hasMoreTokens()) {
            String token = tokens.nextToken();
            if (token.equals(".") != dot) {
                return -1;
            }
            if (!dot) {
                long part = number(token, 255);
                if (part < 0 || ++parts > 4) {
                    return -1;
                }
                address = (address << 8) | part;
            }
            dot = !dot;
        }
        return parts == 4 && dot ? address : -1;
    }

    /// `$` is the listed name, `$$` a dollar sign.
    private static String expanded(String template, DomainName name) {
        if (template.indexOf('$') < 0) {
            return template;
        }
        var expanded = new StringBuilder();
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c != '$') {
                expanded.append(c);
            } else if (i + 1 < template.length() && template.charAt(i + 1) == '$') {
                expanded.append('$');
                i++;
            } else {
                expanded.append(name);
            }
        }
        return expanded.toString();
    }

    /// A word of the file as a message may show it: its first letters, without anything unprintable.
    private static String quoted(String word) {
        var quoted = new StringBuilder("'");
        for (int i = 0; i < Math.min(40, word.length()); i++) {
            char c = word.charAt(i);
            quoted.append(c >= ' ' && c <= '~' ? c : '?');
        }
        return quoted.append(word.length() > 40 ? "...'" : "'").toString();
    }
}
