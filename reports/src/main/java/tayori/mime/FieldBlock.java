package tayori.mime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A block of header fields: the head of a part, or the body of a report that is written as fields (RFC 5965 §3,
/// RFC 3464 §2).
///
/// Holds offsets only; a value becomes text when it is asked for.
public final class FieldBlock {
    /// No fields.
    public static final FieldBlock EMPTY = new FieldBlock(new byte[0], new int[0], 0, 0);

    private static final int START = 0;
    private static final int NAME_END = 1;
    private static final int COLON = 2;
    private static final int END = 3;

    /// Offsets kept of one field.
    private static final int WIDTH = 4;

    private final byte[] octets;
    private final int[] at;
    private final int start;
    private final int end;

    private FieldBlock(byte[] octets, int[] at, int start, int end) {
        this.octets = octets;
        this.at = at;
        this.start = start;
        this.end = end;
    }

    /// Reads fields until an empty line, a line that is no field, `to`, or the most fields that are taken.
    ///
    /// @param octets held from here on; must not change
    public static FieldBlock read(byte[] octets, int from, int to, int maxFields) {
        var offsets = new int[16 * WIDTH];
        int count = 0;
        int line = from;
        while (line < to) {
            int next = nextLine(octets, line, to);
            int end = withoutLineEnd(octets, line, next);
            if (end == line) {
                break;
            }
            if ((octets[line] == ' ' || octets[line] == '\t') && count > 0) {
                offsets[(count - 1) * WIDTH + END] = end;
                line = next;
                continue;
            }
            int nameEnd = nameEnd(octets, line, end);
            if (nameEnd < 0 || count == maxFields) {
                break;
            }
            if ((count + 1) * WIDTH > offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * offsets.length);
            }
            int field = count++ * WIDTH;
            offsets[field + START] = line;
            offsets[field + NAME_END] = nameEnd;
            offsets[field + COLON] = colon(octets, nameEnd);
            offsets[field + END] = end;
            line = next;
        }
        return new FieldBlock(octets, Arrays.copyOf(offsets, count * WIDTH), from, line);
    }

    /// Reads a block that stands alone.
    public static FieldBlock read(byte[] octets) {
        return read(octets, 0, octets.length, MimeLimits.DEFAULT_MAX_FIELDS);
    }

    /// Eight octets at once: most of the time of reading a report is spent looking for line ends.
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LINE_FEEDS = '\n' * ONES;

    /// Where the line after the one at `line` begins.
    static int nextLine(byte[] octets, int line, int to) {
        int i = line;
        while (i + Long.BYTES <= to) {
            long other = (long) EIGHT.get(octets, i) ^ LINE_FEEDS;
            // The lowest octet that is zero here is the first line feed; those above it may be
            // wrong.
            long found = (other - ONES) & ~other & HIGH_BITS;
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3) + 1;
            }
            i += Long.BYTES;
        }
        while (i < to && octets[i] != '\n') {
            i++;
        }
        return i < to ? i + 1 : to;
    }

    /// Where a line ends, its CRLF or LF left out.
    static int withoutLineEnd(byte[] octets, int line, int next) {
        int end = next;
        if (end > line && octets[end - 1] == '\n') {
            end--;
            if (end > line && octets[end - 1] == '\r') {
                end--;
            }
        }
        return end;
    }

    /// Where the name of a field ends that begins at `line`; below 0 where no field begins there. Decided as `message`
    /// does: printable ASCII (RFC 5322 §2.2), white space perhaps (§4.5), a colon.
    static int nameEnd(byte[] octets, int line, int end) {
        int i = line;
        while (i < end && octets[i] > ' ' && octets[i] < 0x7f && octets[i] != ':') {
            i++;
        }
        int nameEnd = i;
        while (i < end && (octets[i] == ' ' || octets[i] == '\t')) {
            i++;
        }
        return nameEnd > line && i < end && octets[i] == ':' ? nameEnd : -1;
    }

    private static int colon(byte[] octets, int nameEnd) {
        int i = nameEnd;
        while (octets[i] != ':') {
            i++;
        }
        return i;
    }

    /// How many fields there are.
    public int size() {
        return at.length / WIDTH;
    }

    public boolean isEmpty() {
        return at.length == 0;
    }

    /// The name of a field as written.
    ///
    /// @param field counted from 0, topmost first
    public String name(int field) {
        int offset = field * WIDTH;
        return new String(
                octets,
                at[offset + START],
                at[offset + NAME_END] - at[offset + START],
                StandardCharsets.US_ASCII);
    }

    /// The value of a field: folds undone (RFC 5322 §2.2.3), without white space at either end. UTF-8 (RFC 6532); what is
    /// not UTF-8 is read as ISO 8859-1, so that every octet shows.
    public String value(int field) {
        int offset = field * WIDTH;
        int from = at[offset + COLON] + 1;
        int to = at[offset + END];
        while (from < to && isSpace(octets[from])) {
            from++;
        }
        while (to > from && isSpace(octets[to - 1])) {
            to--;
        }
        return unfolded(Texts.utf8OrLatin1(octets, from, to));
    }

    private static String unfolded(String text) {
        if (text.indexOf('\n') < 0) {
            return text;
        }
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean lineEnd =
                    c == '\n' || (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n');
            if (!lineEnd) {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }

    /// Whether a field has this name, in any case (RFC 5322 §1.2.2).
    public boolean isNamed(int field, String name) {
        int offset = field * WIDTH;
        int from = at[offset + START];
        if (at[offset + NAME_END] - from != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            int octet = octets[from + i];
            char wanted = name.charAt(i);
            if (octet != wanted && lower(octet) != lower(wanted)) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }

    /// Where the topmost field of a name stands, below 0 where there is none.
    public int indexOf(String name) {
        for (int i = 0; i < size(); i++) {
            if (isNamed(i, name)) {
                return i;
            }
        }
        return -1;
    }

    public boolean has(String name) {
        return indexOf(name) >= 0;
    }

    /// The value of the topmost field of a name.
    public Optional<String> first(String name) {
        int field = indexOf(name);
        return field < 0 ? Optional.empty() : Optional.of(value(field));
    }

    /// The values of the fields of a name, topmost first.
    public List<String> all(String name) {
        List<String> values = List.of();
        for (int i = 0; i < size(); i++) {
            if (isNamed(i, name)) {
                if (values.isEmpty()) {
                    values = new ArrayList<>(2);
                }
                values.add(value(i));
            }
        }
        return List.copyOf(values);
    }

    /// Whether the value of the topmost field of a name begins so, in any case.
    public boolean startsWith(String name, String beginning) {
        return first(name)
                .filter(value ->
                        value.toLowerCase(Locale.ROOT)
                                .startsWith(beginning.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    /// Where a field begins among the octets; its name stands there.
    public int start(int field) {
        return at[field * WIDTH + START];
    }

    /// Where a field ends, its line end left out.
    public int end(int field) {
        return at[field * WIDTH + END];
    }

    /// Where the block begins.
    public int start() {
        return start;
    }

    /// Where the line begins that ended the block: an empty one, one that is no field, or the end of the octets.
    public int end() {
        return end;
    }

    /// How many fields; never what stands in them.
    @Override
    public String toString() {
        return size() + " fields";
    }
}
