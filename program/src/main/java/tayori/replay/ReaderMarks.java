package tayori.replay;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import tayori.message.MessageHead;

/// What the reader of a mail said of it: by a keyword, or by the folder it lies in. The keyword counts more, because a
/// filter puts mail into folders too.
///
/// @param junk reported as spam
/// @param notJunk said to be none
public record ReaderMarks(boolean junk, boolean notJunk) {
    public static final ReaderMarks NONE = new ReaderMarks(false, false);

    /// Keywords that say so (RFC 5788 and what clients wrote before it), in lower case.
    private static final Set<String> JUNK = Set.of("$junk", "junk");

    private static final Set<String> NOT_JUNK = Set.of("$notjunk", "notjunk", "nonjunk");

    /// Names of folders for spam, in lower case; the last is 迷惑メール as IMAP writes it (RFC 3501 §5.1.3).
    private static final Set<String> JUNK_FOLDERS =
            Set.of(
                    "junk",
                    "spam",
                    "junk e-mail",
                    "junk email",
                    "bulk mail",
                    "迷惑メール",
                    "&j,dg0tdhmpww6w-");

    /// By keywords alone, as they stand in a mailbox.
    public static ReaderMarks ofKeywords(List<String> keywords) {
        boolean junk = false;
        boolean notJunk = false;
        for (String keyword : keywords) {
            String word = keyword.toLowerCase(Locale.ROOT);
            junk |= JUNK.contains(word);
            notJunk |= NOT_JUNK.contains(word);
        }
        return new ReaderMarks(junk && !notJunk, notJunk);
    }

    /// The keywords that mail programs write into an mbox, for it has no other place for them.
    public static List<String> keywordsOfMbox(MessageHead head) {
        return List.of("X-Keywords", "X-Mozilla-Keys").stream()
                .flatMap(name -> head.first(name).stream())
                .flatMap(field -> List.of(field.unfolded().split(" ", -1)).stream())
                .toList();
    }

    /// The same, of a mail in this folder.
    ///
    /// @param folder its name: `.Junk`, `INBOX.Spam`, `Junk.mbox`
    public ReaderMarks in(String folder) {
        return junk || notJunk || !isJunkFolder(folder) ? this : new ReaderMarks(true, false);
    }

    static boolean isJunkFolder(String folder) {
        String name = folder.toLowerCase(Locale.ROOT);
        for (String end : List.of(".mbox", ".mbx", ".sbd")) {
            if (name.endsWith(end)) {
                name = name.substring(0, name.length() - end.length());
            }
        }
        return JUNK_FOLDERS.contains(name.substring(name.lastIndexOf('.') + 1));
    }
}
