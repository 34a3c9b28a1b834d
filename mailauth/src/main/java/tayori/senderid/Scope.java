package tayori.senderid;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which identity a record speaks about (RFC 4406 §3.1).
public enum Scope {
    /// The purported responsible address.
    PRA,
    /// The envelope sender.
    MFROM;

    private static final String VERSION = "spf2.";

    /// The terms of a record that begins with a good `spf2.x/` version section for this scope, as a `v=spf1` record;
    /// null where it does not.
    @Nullable String asSpf1(String record) {
        int end = record.indexOf(' ');
        String version = (end < 0 ? record : record.substring(0, end)).toLowerCase(Locale.ROOT);
        int slash = version.indexOf('/');
        if (slash < 0 || !isMinor(version, slash)) {
            return null;
        }
        boolean mine = false;
        for (var id : version.substring(slash + 1).split(",", -1)) {
            if (id.isEmpty()) {
                return null;
            }
            mine |= id.equals(name().toLowerCase(Locale.ROOT));
        }
        return mine ? "v=spf1" + (end < 0 ? "" : record.substring(end)) : null;
    }

    /// `spf2.` and digits up to the slash. RFC 4406 §4.4: the minor version must be well formed, else it is ignored.
    private static boolean isMinor(String version, int slash) {
        if (!version.startsWith(VERSION) || slash == VERSION.length()) {
            return false;
        }
        for (int i = VERSION.length(); i < slash; i++) {
            if (version.charAt(i) < '0' || version.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
