package tayori.dkim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A tag list, `v=1; a=rsa-sha256; …`, as signatures and key records are written in. RFC 6376 §3.2.
///
/// A list with a [#fault] is invalid as a whole and must not be acted upon; the tags before the fault can still be
/// read, so that a report may name the domain. Tag names and values are case-sensitive. The text is one char per octet
/// (ISO 8859-1); [#utf8] decodes values in which RFC 8616 allows more than ASCII.
public final class TagList {
    /// Most tags read; a list with more is invalid. Unit: tags. The RFCs define 14 for a signature.
    public static final int MAX_TAGS = 64;

    /// Longest list read; a longer one is invalid. Unit: octets. A `z=` (RFC 6376 §3.5) repeats a whole header.
    public static final int MAX_LENGTH = 65_536;

    private record Tag(String name, int start, int end) {}

    private final String text;
    private final List<Tag> tags;
    private final Optional<String> fault;

    private TagList(String text, List<Tag> tags, Optional<String> fault) {
        this.text = text;
        this.tags = tags;
        this.fault = fault;
    }

    /// Reads a tag list.
    ///
    /// @param text one char per octet; folds may still be in it
    public static TagList parse(String text) {
        var tags = new ArrayList<Tag>(16);
        return new TagList(text, tags, read(text, tags));
    }

    /// Reads a tag list out of a header field: all that follows the colon.
    ///
    /// @param raw the field's octets; [#start] and [#end] count from `from`
    public static TagList parse(byte[] raw, int from) {
        return parse(new String(raw, from, raw.length - from, StandardCharsets.ISO_8859_1));
    }

    private static Optional<String> read(String text, List<Tag> tags) {
        int length = text.length();
        if (length > MAX_LENGTH) {
            return Optional.of("longer than " + MAX_LENGTH + " octets");
        }
        int at = skipSpace(text, 0);
        if (at == length) {
            return Optional.of("empty");
        }
        while (at < length) {
            int nameStart = at;
            while (at < length && isNameChar(text.charAt(at))) {
                at++;
            }
            int nameEnd = at;
            at = skipSpace(text, at);
            if (nameEnd == nameStart
                    || !isLetter(text.charAt(nameStart))
                    || at == length
                    || text.charAt(at) != '=') {
                return Optional.of("no tag=value at octet " + nameStart);
            }
            String name = text.substring(nameStart, nameEnd);
            int valueStart = ++at;
            int semicolon = text.indexOf(';', at);
            int valueEnd = semicolon < 0 ? length : semicolon;
            if (!isValue(text, valueStart, valueEnd)) {
                return Optional.of("control character in " + name + "=");
            }
            for (var tag : tags) {
                if (tag.name().equals(name)) {
                    return Optional.of(name + "= stands twice");
                }
            }
            if (tags.size() == MAX_TAGS) {
                return Optional.of("more than " + MAX_TAGS + " tags");
            }
            tags.add(new Tag(name, valueStart, valueEnd));
            at = valueEnd == length ? length : skipSpace(text, valueEnd + 1);
        }
        return Optional.empty();
    }

    /// Why the list is invalid; nothing for a good one.
    public Optional<String> fault() {
        return fault;
    }

    /// The value of a tag without white space around it; inner white space and folds stay.
    public Optional<String> get(String name) {
        var tag = find(name);
        return tag.map(found -> trimmed(text, found.start(), found.end()));
    }

    /// As [#get], the octets read as UTF-8 (RFC 8616 §5).
    public Optional<String> utf8(String name) {
        return get(name).map(TagList::utf8Of);
    }

    /// The value of a tag with all white space taken out, for numbers, names and base64.
    public Optional<String> compact(String name) {
        return find(name).map(found -> withoutSpace(text, found.start(), found.end()));
    }

    /// The value of a tag, decoded from base64; nothing where it is missing, empty or no base64.
    public Optional<byte[]> base64(String name) {
        return compact(name).flatMap(Base64Text::decode);
    }

    public boolean has(String name) {
        return find(name).isPresent();
    }

    /// The name of the first tag; nothing if there is none.
    public Optional<String> firstName() {
        return tags.isEmpty() ? Optional.empty() : Optional.of(tags.getFirst().name());
    }

    /// Where the value of a tag begins in the text, right after the `=`; -1 without such a tag.
    public int start(String name) {
        return find(name).map(Tag::start).orElse(-1);
    }

    /// Where the value of a tag ends in the text: at its `;` or the end of the list; -1 without such a tag.
    public int end(String name) {
        return find(name).map(Tag::end).orElse(-1);
    }

    /// How many tags were read.
    public int size() {
        return tags.size();
    }

    private Optional<Tag> find(String name) {
        for (var tag : tags) {
            if (tag.name().equals(name)) {
                return Optional.of(tag);
            }
        }
        return Optional.empty();
    }

    static String utf8Of(String octets) {
        for (int i = 0; i < octets.length(); i++) {
            if (octets.charAt(i) > 0x7f) {
                return new String(
                        octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            }
        }
        return octets;
    }

    /// The parts of a colon-separated value, white space around each taken off; empty parts stay.
    static List<String> colonList(String value) {
        var parts = new ArrayList<String>(16);
        int start = 0;
        while (true) {
            int colon = value.indexOf(':', start);
            int end = colon < 0 ? value.length() : colon;
            parts.add(trimmed(value, start, end));
            if (colon < 0) {
                return parts;
            }
            start = colon + 1;
        }
    }

    private static String trimmed(String text, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static String withoutSpace(String text, int start, int end) {
        String value = trimmed(text, start, end);
        int at = 0;
        while (at < value.length() && !isSpace(value.charAt(at))) {
            at++;
        }
        if (at == value.length()) {
            return value;
        }
        var compact = new StringBuilder(value.length()).append(value, 0, at);
        for (; at < value.length(); at++) {
            char c = value.charAt(at);
            if (!isSpace(c)) {
                compact.append(c);
            }
        }
        return compact.toString();
    }

    private static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /// White space and folds: folds are CRLF by the time a field comes here (RFC 6376 §2.8).
    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isNameChar(char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '_';
    }

    private static boolean isValue(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if ((c < ' ' && !isSpace(c)) || c == 0x7f) {
                return false;
            }
        }
        return true;
    }
}
