package tayori.bounce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What a mail system writes for people, up to the copy of the mail that came back.
///
/// @param lines those before the copy
/// @param copied those of the copy
record Notice(List<String> lines, List<String> copied) {
    /// Most lines of a notice; more is no notice. Unit: lines. Ours: the longest seen has some 200.
    static final int MAX_LINES = 2_000;

    /// What systems write above the copy; the line begins so, dashes and the like left out.
    private static final List<String> COPY_MARKS =
            List.of(
                    "below this line is a copy",
                    "below the next line is a copy",
                    "this is a copy of",
                    "a copy of the message",
                    "a copy of your message",
                    "copy of the message",
                    "original message",
                    "original mail",
                    "returned message",
                    "returned mail",
                    "unsent message",
                    "undelivered message",
                    "message headers",
                    "message header follows",
                    "headers of the original",
                    "original headers",
                    "your original message",
                    "your message follows",
                    "the text you sent follows",
                    "the header of the original message",
                    "the original message headers",
                    "the body of the original message",
                    "start of returned",
                    "begin returned",
                    "end of transcript",
                    "message follows",
                    "included is a copy",
                    "enclosed is the original message",
                    "forwarded message",
                    "text of your message");

    /// Header fields that a copy begins with.
    private static final List<String> COPY_FIELDS = List.of("received:", "return-path:");

    static Notice of(String text) {
        var lines = new ArrayList<String>();
        var copied = new ArrayList<String>();
        boolean copy = false;
        int count = 0;
        for (String line : text.split("\n", MAX_LINES)) {
            String clean = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            if (!copy && count > 0 && beginsCopy(clean)) {
                copy = true;
            }
            (copy ? copied : lines).add(clean);
            if (!clean.isBlank()) {
                count++;
            }
        }
        return new Notice(lines, copied);
    }

    private static boolean beginsCopy(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        for (String field : COPY_FIELDS) {
            if (lower.startsWith(field)) {
                return true;
            }
        }
        String bare = bare(lower);
        boolean marked = bare.length() < lower.strip().length();
        for (String mark : COPY_MARKS) {
            if (bare.startsWith(mark) && (marked || bare.length() < mark.length() + 24)) {
                return !bare.startsWith("original message was");
            }
        }
        return false;
    }

    private static String bare(String line) {
        int from = 0;
        int to = line.length();
        while (from < to && "-=_*>|#+. \t:(<".indexOf(line.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && "-=_*>|#+. \t:)".indexOf(line.charAt(to - 1)) >= 0) {
            to--;
        }
        return line.substring(from, to);
    }

    String text() {
        return String.join("\n", lines);
    }

    /// The addresses that failed, and what is said of each: those that begin a line, else those in lines that speak of a
    /// failure.
    ///
    /// @param not addresses that are no recipients: of the notice's own author and reader
    /// @param author address of who wrote the mail that came back; it may well be a recipient, too
    Map<String, String> recipients(Set<String> not, Set<String> author) {
        var leading = new LinkedHashMap<String, Integer>();
        var marked = new TreeSet<Integer>();
        for (int i = 0; i < lines.size(); i++) {
            for (var found : leadingAddresses(lines.get(i))) {
                if (!not.contains(Addresses.key(found))) {
                    putIfNew(leading, found, i);
                    marked.add(i);
                }
            }
        }
        if (!leading.isEmpty()) {
            return blocks(leading, marked);
        }
        var inside = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (speaksOfRecipient(line) || (i > 0 && speaksOfRecipient(lines.get(i - 1)))) {
                for (var found : Addresses.in(line)) {
                    if (!not.contains(Addresses.key(found.address()))
                            && !author.contains(Addresses.key(found.address()))
                            && !isNamedAsSender(line, found)) {
                        putIfNew(inside, found.address(), i);
                    }
                }
            }
        }
        return blocks(inside, new TreeSet<>(inside.values()));
    }

    /// Whether a recipient stands as qmail writes it: `<user@example.com>:` alone on a line.
    boolean hasBracketedRecipients() {
        return lines.stream()
                .map(String::strip)
                .anyMatch(line ->
                        line.startsWith("<")
                                && line.endsWith(">:")
                                && !Addresses.in(line).isEmpty());
    }

    private static void putIfNew(Map<String, Integer> map, String address, int line) {
        if (map.size() < DeliveryStatus.MAX_RECIPIENTS
                && map.keySet().stream().noneMatch(address::equalsIgnoreCase)) {
            map.put(address, line);
        }
    }

    private static boolean isNamedAsSender(String line, Addresses.Found found) {
        String before = line.substring(0, found.from()).toLowerCase(Locale.ROOT).strip();
        if (before.endsWith("generated from") || before.endsWith("expanded from:")) {
            return false; // the address before an alias was resolved
        }
        return before.endsWith("from")
                || before.endsWith("from:")
                || before.endsWith("from:<")
                || before.endsWith("from <")
                || before.endsWith("mailto:");
    }

    /// What stands between a recipient's line and the next one's, be it of the same again; for one alone all that the
    /// notice says.
    private Map<String, String> blocks(Map<String, Integer> starts, TreeSet<Integer> marked) {
        var blocks = new LinkedHashMap<String, String>();
        starts.forEach((address, from) -> {
            var next = marked.higher(from);
            int to = next == null ? lines.size() : next;
            blocks.put(
                    address,
                    starts.size() == 1 ? text() : String.join("\n", lines.subList(from, to)));
        });
        return blocks;
    }

    /// The addresses that a line begins with: alone, in brackets or quotes, after a bullet; several with commas between.
    private static List<String> leadingAddresses(String line) {
        var leading = new ArrayList<String>(1);
        int at = 0;
        for (var found : Addresses.in(line)) {
            boolean near = true;
            for (int i = at; i < found.from() && near; i++) {
                near = " \t<>\"'*-+,;(:=".indexOf(line.charAt(i)) >= 0;
            }
            if (!near) {
                break;
            }
            at = found.to();
            boolean ends = at == line.length() || " \t>:;,(\"'.".indexOf(line.charAt(at)) >= 0;
            if (!ends) {
                break;
            }
            leading.add(found.address());
        }
        String lower = line.toLowerCase(Locale.ROOT);
        boolean quotesSomebody = lower.contains(" wrote:") || lower.contains(" writes:");
        return quotesSomebody ? List.of() : leading;
    }

    private static final List<String> RECIPIENT_WORDS =
            List.of(
                    "deliver",
                    "recipient",
                    "error-for",
                    "generated from",
                    "rcpt to",
                    "user",
                    "mailbox",
                    "unknown",
                    "not reach",
                    "failed",
                    "address",
                    "sent to",
                    "mail to",
                    "message to",
                    " to:",
                    "to <",
                    "550",
                    "552",
                    "553",
                    "554",
                    "quota",
                    "does not exist",
                    "reject",
                    "account");

    private static boolean speaksOfRecipient(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return RECIPIENT_WORDS.stream().anyMatch(lower::contains);
    }
}
