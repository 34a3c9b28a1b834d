package tayori.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Finds the mailboxes below a folder: Maildirs with their folders (`.Junk`), mboxes, single mails. Links are not followed,
/// so that no archive leads in circles or out of itself.
final class MailFolders {
    /// How deep folders may lie in one another. Mail servers nest a handful.
    static final int MAX_DEPTH = 16;

    /// Most entries looked at below one path.
    static final int MAX_ENTRIES = 10_000_000;

    /// Keyword letters of a Maildir: `a` to `z` (Dovecot).
    private static final int MAX_KEYWORDS = 26;

    private static final int MAX_KEYWORD_FILE_OCTETS = 64 * 1024;
    private static final Set<String> MAILDIR_PARTS = Set.of("cur", "new", "tmp");

    /// What mail servers keep beside mail.
    private static final Set<String> NO_MAIL =
            Set.of("maildirfolder", "maildirsize", "subscriptions");

    private MailFolders() {}

    /// The paths to hand to [MailFiles], in a fixed order.
    ///
    /// @throws IOException when a folder cannot be read, or there is more than the limits allow
    static List<String> below(Path path) throws IOException {
        var found = new ArrayList<String>();
        if (Files.isDirectory(path)) {
            addBelow(path, 0, found);
        } else {
            found.add(path.toString());
        }
        return found;
    }

    private static void addBelow(Path folder, int depth, List<String> found) throws IOException {
        if (depth > MAX_DEPTH || found.size() > MAX_ENTRIES) {
            throw new IOException(
                    "more than "
                            + MAX_DEPTH
                            + " folders in one another or "
                            + MAX_ENTRIES
                            + " files");
        }
        boolean maildir = isFolder(folder.resolve("cur")) || isFolder(folder.resolve("new"));
        if (maildir) {
            found.add(folder.toString());
        }
        List<Path> entries;
        try (Stream<Path> listed = Files.list(folder)) {
            entries = listed.sorted().toList();
        }
        for (Path entry : entries) {
            String name = entry.getFileName().toString();
            if (isFolder(entry)) {
                if (!(maildir && MAILDIR_PARTS.contains(name))) {
                    addBelow(entry, depth + 1, found);
                }
            } else if (!maildir && isMail(entry, name)) {
                found.add(entry.toString());
            }
        }
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isMail(Path entry, String name) {
        return Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
                && !name.startsWith(".")
                && !name.startsWith("dovecot")
                && !name.endsWith(".lock")
                && !NO_MAIL.contains(name);
    }

    /// The name of the folder that a mail lies in: of a Maildir, or the mbox itself.
    ///
    /// @param file as [MailFiles] names it, without the number of a mail in an mbox
    static String folderOf(Path file) {
        Path parent = file.getParent();
        if (parent != null && MAILDIR_PARTS.contains(String.valueOf(parent.getFileName()))) {
            return name(parent.getParent());
        }
        return String.valueOf(file.getFileName());
    }

    private static String name(@org.jspecify.annotations.Nullable Path folder) {
        return folder == null ? "" : String.valueOf(folder.getFileName());
    }

    /// The keywords of a mail in a Maildir, by the small letters behind its `:2,`, which its folder's list explains.
    static List<String> keywords(String fileName, Map<Character, String> letters) {
        int flags = fileName.lastIndexOf(":2,");
        if (flags < 0) {
            return List.of();
        }
        var keywords = new ArrayList<String>();
        for (char c : fileName.substring(flags + 3).toCharArray()) {
            String keyword = letters.get(c);
            if (keyword != null) {
                keywords.add(keyword);
            }
        }
        return keywords;
    }

    /// What the letters mean in one Maildir: lines `0 $Junk` in its `dovecot-keywords`; nothing where it has none.
    static Map<Character, String> keywordLetters(Path maildir) {
        var letters = new TreeMap<Character, String>();
        Path file = maildir.resolve("dovecot-keywords");
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_KEYWORD_FILE_OCTETS) {
                return letters;
            }
            for (String line : Files.readAllLines(file)) {
                int space = line.indexOf(' ');
                String number = space < 0 ? "" : line.substring(0, space);
                if (!number.isEmpty()
                        && number.length() <= 2
                        && number.chars().allMatch(c -> c >= '0' && c <= '9')
                        && Integer.parseInt(number) < MAX_KEYWORDS) {
                    letters.put(
                            (char) ('a' + Integer.parseInt(number)),
                            line.substring(space + 1).strip());
                }
            }
        } catch (IOException _) {
            return new TreeMap<>(); // then nobody said anything
        }
        return letters;
    }
}
