package tayori.milter;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tayori.listen.SmtpText;
import tayori.milter.wire.Octets;

/// The MTA's macros: facts about session and mail that the protocol has no field for, such as the queue identifier `i`, the
/// MTA's own name `j`, `{client_addr}` or the signed-in user `{auth_authen}`.
///
/// A macro is visible from the stage at which it was given: those of CONNECT and HELO to the end of the SMTP session, those of
/// MAIL to the end of the mail, those of RCPT until the next recipient. Where several stages give the same name, the latest stage
/// counts. New macros for a stage replace the old ones of that stage.
///
/// Kept as the octets that came and read when asked, as most are never asked for.
public final class Macros {

    private static final int STAGES = MacroStage.values().length;
    private static final byte[] NOTHING = {};

    private final byte[][] kept = new byte[STAGES][];
    private final int[] lengths = new int[STAGES];

    Macros() {
        Arrays.fill(kept, NOTHING);
    }

    /// The value of a macro; a name of one letter may be given with or without braces, a longer one too.
    ///
    /// @return nothing if the MTA did not give it; an empty text if it gave it without a value
    public Optional<String> get(String name) {
        int from = name.length() > 2 && name.charAt(0) == '{' && name.endsWith("}") ? 1 : 0;
        int to = name.length() - from;
        for (int stage = STAGES - 1; stage >= 0; stage--) {
            String value = find(stage, name, from, to);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private @Nullable String find(int stage, String name, int from, int to) {
        byte[] octets = kept[stage];
        int end = lengths[stage];
        int at = 0;
        while (at < end) {
            int nameEnd = Octets.endOfText(octets, at, end);
            int valueStart = Math.min(nameEnd + 1, end);
            int valueEnd = Octets.endOfText(octets, valueStart, end);
            if (isName(octets, at, nameEnd, name, from, to)) {
                return SmtpText.of(octets, valueStart, valueEnd);
            }
            at = valueEnd + 1;
        }
        return null;
    }

    private static boolean isName(
            byte[] octets, int start, int end, String name, int from, int to) {
        int first = start;
        int last = end;
        if (last - first > 2 && octets[first] == '{' && octets[last - 1] == '}') {
            first++;
            last--;
        }
        if (last - first != to - from) {
            return false;
        }
        for (int i = 0; i < to - from; i++) {
            if ((octets[first + i] & 0xff) != name.charAt(from + i)) {
                return false;
            }
        }
        return true;
    }

    /// Keeps what came for a stage in place of what was there.
    ///
    /// @return whether all macros together stay within the limit; if not, nothing is kept
    boolean put(MacroStage stage, byte[] buffer, int from, int to, int limitOctets) {
        int slot = stage.position();
        int length = to - from;
        int others = 0;
        for (int i = 0; i < STAGES; i++) {
            others += i == slot ? 0 : lengths[i];
        }
        if (others + length > limitOctets) {
            return false;
        }
        if (kept[slot].length < length) {
            kept[slot] = new byte[length];
        }
        System.arraycopy(buffer, from, kept[slot], 0, length);
        lengths[slot] = length;
        return true;
    }

    /// A stage has come again: what later stages said belongs to the past.
    void clearAfter(MacroStage stage) {
        for (int i = stage.position() + 1; i < STAGES; i++) {
            lengths[i] = 0;
        }
    }

    void clear() {
        Arrays.fill(lengths, 0);
    }
}
