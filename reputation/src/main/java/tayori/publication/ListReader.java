package tayori.publication;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import tayori.publication.ImportedList.Reach;

/// Reads lists of others, line by line. A line that is no entry is counted and left out; nothing in a file makes it throw but
/// trouble with reading.
final class ListReader {
    /// Longest time in a file: a century. Unit: seconds.
    private static final long MAX_SECONDS = 100L * 366 * 86_400;

    /// Longest line. Unit: octets; a longer one is left out. A name of 253, an address, a text of 255 and some space.
    static final int MAX_LINE = 4_096;

    /// Longest text that is kept. Unit: octets; one string of a TXT record (RFC 1035 §3.3.14). The rest is cut off.
    static final int MAX_TEXT = 255;

    private static final int BUFFER = 1 << 18;

    private final InputStream in;
    private final ImportedList list = new ImportedList();
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;

    /// The line at hand: octets of the buffer.
    private int start;

    private int end;

    // State of a dnset.
    private int defaultAddress = ImportedValue.LISTED;
    private String defaultText = "";
    private final String[] substitutes = new String[10];

    /// The last value by its octets in the line: files say the same many times in a row.
    private byte[] lastSaid = {};

    private int lastNumber = -1;

    private ListReader(InputStream in) {
        this.in = in;
        Arrays.fill(substitutes, "");
    }

    static ImportedList tsv(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return tsv(in);
        }
    }

    static ImportedList dnset(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return dnset(in);
        }
    }

    static ImportedList tsv(InputStream in) throws IOException {
        var reader = new ListReader(in);
        while (reader.nextLine()) {
            if (reader.start < reader.end && !reader.tsvLine()) {
                reader.list.skip();
            }
        }
        return reader.list.complete();
    }

    static ImportedList dnset(InputStream in) throws IOException {
        var reader = new ListReader(in);
        while (reader.nextLine()) {
            if (!reader.dnsetLine()) {
                reader.list.skip();
            }
        }
        return reader.list.complete();
    }

    // ---- lines

    private boolean nextLine() throws IOException {
        boolean tooLong = false;
        int searched = from;
        while (true) {
            for (int i = searched; i < to; i++) {
                if (buffer[i] == '\n') {
                    start = from;
                    end = i > from && buffer[i - 1] == '\r' ? i - 1 : i;
                    from = i + 1;
                    if (!tooLong && end - start <= MAX_LINE) {
                        return true;
                    }
                    list.skip();
                    tooLong = false;
                }
            }
            if (to - from > MAX_LINE) {
                tooLong = true;
                from = to;
            }
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
            searched = to;
            int more = in.read(buffer, to, buffer.length - to);
            if (more < 0) {
                start = 0;
                end = to;
                to = 0;
                return end > 0 && !tooLong;
            }
            to += more;
        }
    }

    private int find(char wanted, int at) {
        while (at < end && buffer[at] != wanted) {
            at++;
        }
        return at;
    }

    private int skipSpace(int at) {
        while (at < end && (buffer[at] == ' ' || buffer[at] == '\t')) {
            at++;
        }
        return at;
    }

    private int skipWord(int at) {
        while (at < end && buffer[at] != ' ' && buffer[at] != '\t') {
            at++;
        }
        return at;
    }

    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    }

    // ---- domain<TAB>A<TAB>TXT

    private boolean tsvLine() {
        int tab = find('\t', start);
        if (tab == end) {
            return false;
        }
        int number = lastNumber;
        if (!Arrays.equals(buffer, tab, end, lastSaid, 0, lastSaid.length)) {
            int second = find('\t', tab + 1);
            int address = address(text(tab + 1, second));
            if (address == 0) {
                return false;
            }
            number = number(address, second == end ? "" : text(second + 1, end), false);
            remember(tab, number);
        }
        return number >= 0 && list.add(buffer, start, tab - start, Reach.EXACT, number);
    }

    private void remember(int at, int number) {
        lastSaid = Arrays.copyOfRange(buffer, at, end);
        lastNumber = number;
    }

    private int number(int address, String text, boolean template) {
        String cut = text.substring(0, Math.min(text.length(), MAX_TEXT));
        var value =
                new ImportedValue(
                        address,
                        cut.getBytes(StandardCharsets.ISO_8859_1),
                        template && cut.indexOf('$') >= 0);
        return list.number(value, address + "\t" + cut);
    }

    /// Four numbers, the first of them 127.
    ///
    /// @return 0 for anything else: an address elsewhere would be taken for a web site's by somebody (RFC 5782 §2.1)
    private static int address(String text) {
        String[] parts = text.strip().split("\\.", -1);
        if (parts.length != 4) {
            return 0;
        }
        int address = 0;
        for (String part : parts) {
            int octet = decimal(part);
            if (octet < 0 || octet > 255) {
                return 0;
            }
            address = address << 8 | octet;
        }
        return address >>> 24 == 127 ? address : 0;
    }

    private static int decimal(String digits) {
        if (digits.isEmpty() || digits.length() > 9) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return number;
    }

    // ---- dnset

    private boolean dnsetLine() {
        int at = skipSpace(start);
        if (at == end || buffer[at] == '#' || buffer[at] == ';') {
            return true;
        }
        return switch (buffer[at]) {
            case '$' -> directive(at + 1);
            case ':' -> defaultValue(at);
            default -> entry(at);
        };
    }

    private boolean directive(int at) {
        int wordEnd = skipWord(at);
        String word = text(at, wordEnd);
        String rest = text(skipSpace(wordEnd), end).strip();
        if (word.length() == 1 && word.charAt(0) >= '0' && word.charAt(0) <= '9') {
            substitutes[word.charAt(0) - '0'] = rest;
            return true;
        }
        return switch (word) {
            case "TTL" -> {
                long seconds = seconds(rest);
                if (seconds > 0) {
                    list.ttl(Duration.ofSeconds(seconds));
                }
                yield seconds > 0;
            }
            case "TIMESTAMP" -> timestamp(rest);
            case "SOA", "NS" -> true; // of the zone that the list was made for; ours has its own
            default -> false;
        };
    }

    /// `written [expires]`, each a time or, where it is not given, `0` or `-`; `+` before the second counts from the first.
    private boolean timestamp(String rest) {
        String words = rest.strip();
        int space = words.indexOf(' ');
        String from = space < 0 ? words : words.substring(0, space);
        String to = space < 0 ? "-" : words.substring(space).strip();
        var written = moment(from);
        if (written.isEmpty() && !isNothing(from)) {
            return false;
        }
        if (isNothing(to)) {
            return true;
        }
        Optional<Instant> until;
        if (to.startsWith("+")) {
            long seconds = seconds(to.substring(1));
            until =
                    seconds < 0
                            ? Optional.empty()
                            : written.map(instant -> instant.plusSeconds(seconds));
        } else {
            until = moment(to);
        }
        until.ifPresent(list::expires);
        return until.isPresent();
    }

    private static boolean isNothing(String word) {
        return word.equals("0") || word.equals("-");
    }

    /// `yyyy:mm:dd[:hh[:mi[:ss]]]` in UTC, also with `-` or nothing between (rbldnsd(8)).
    private static Optional<Instant> moment(String word) {
        var digits = new StringBuilder(14);
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if (c != ':' && c != '-') {
                return Optional.empty();
            }
        }
        if (digits.length() < 8 || digits.length() > 14 || digits.length() % 2 != 0) {
            return Optional.empty();
        }
        digits.append("0".repeat(14 - digits.length()));
        try {
            return Optional.of(
                    LocalDateTime.of(
                                    Integer.parseInt(digits.substring(0, 4)),
                                    Integer.parseInt(digits.substring(4, 6)),
                                    Integer.parseInt(digits.substring(6, 8)),
                                    Integer.parseInt(digits.substring(8, 10)),
                                    Integer.parseInt(digits.substring(10, 12)),
                                    Integer.parseInt(digits.substring(12, 14)))
                            .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException _) {
            return Optional.empty(); // such as the 31st of a short month
        }
    }

    /// Numbers with a unit of rbldnsd each, the last perhaps without: `300`, `5m`, `1d12h`.
    ///
    /// @return -1 for anything else, and beyond [#MAX_SECONDS]
    private static long seconds(String text) {
        long total = 0;
        long number = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                number = Math.max(number, 0) * 10 + c - '0';
            } else {
                long unit = unit(c);
                if (number < 0 || unit < 0) {
                    return -1;
                }
                total += number * unit;
                number = -1;
            }
            if (number > MAX_SECONDS || total > MAX_SECONDS) {
                return -1;
            }
        }
        return text.isEmpty() ? -1 : total + Math.max(number, 0);
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

    /// `:A:TXT` on a line of its own: what names say that say nothing.
    private boolean defaultValue(int at) {
        int colon = find(':', at + 1);
        int address = shortAddress(text(at + 1, colon), ImportedValue.LISTED);
        if (address == 0) {
            return false;
        }
        defaultAddress = address;
        defaultText = colon == end ? "" : text(colon + 1, end).strip();
        lastNumber = -1;
        lastSaid = new byte[] {'\n'};
        return true;
    }

    /// `127.0.0.4`, or its last octet alone.
    private static int shortAddress(String text, int fallback) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return fallback;
        }
        int octet = decimal(stripped);
        return octet >= 0 ? (octet > 0 && octet < 256 ? 0x7f000000 | octet : 0) : address(stripped);
    }

    private boolean entry(int at) {
        var reach = Reach.EXACT;
        int name = at;
        if (buffer[name] == '!') {
            reach = Reach.EXCLUDED;
            name++;
        }
        if (name + 1 < end && buffer[name] == '*' && buffer[name + 1] == '.') {
            reach = reach == Reach.EXCLUDED ? reach : Reach.SUBDOMAINS;
            name += 2;
        } else if (name < end && buffer[name] == '.') {
            reach = reach == Reach.EXCLUDED ? reach : Reach.WITH_SUBDOMAINS;
            name++;
        }
        int nameEnd = skipWord(name);
        int value = skipSpace(nameEnd);
        int length = nameEnd - name;
        if (length > 1 && buffer[nameEnd - 1] == '.') {
            length--;
        }
        int number = lastNumber;
        if (number < 0 || !Arrays.equals(buffer, value, end, lastSaid, 0, lastSaid.length)) {
            number = valueOf(value);
            remember(value, number);
        }
        return number >= 0 && list.add(buffer, name, length, reach, number);
    }

    private int valueOf(int at) {
        if (at == end || buffer[at] == '#') {
            return number(defaultAddress, substituted(defaultText), true);
        }
        if (buffer[at] != ':') {
            return number(defaultAddress, substituted(text(at, end).strip()), true);
        }
        int colon = find(':', at + 1);
        int address = shortAddress(text(at + 1, colon), defaultAddress);
        if (address == 0) {
            return -1;
        }
        String text = colon == end ? "" : text(colon + 1, end).strip();
        return number(address, substituted(text.isEmpty() ? defaultText : text), true);
    }

    /// `$0` to `$9` are put in here; a `$` alone waits for the name that is asked for.
    private String substituted(String text) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        var whole = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            if (text.charAt(i) == '$' && next >= '0' && next <= '9') {
                whole.append(substitutes[next - '0']);
                i++;
            } else {
                whole.append(text.charAt(i));
            }
            if (whole.length() > MAX_LINE) {
                break;
            }
        }
        return whole.toString();
    }
}
