package tayori.bounce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Finds addresses in text that people are to read.
final class Addresses {
    /// Most addresses taken from one line.
    private static final int MAX = 100;

    /// An address in a text.
    ///
    /// @param from where it begins
    /// @param to where it ends
    record Found(String address, int from, int to) {}

    private Addresses() {}

    /// Every address of a line, in order.
    static List<Found> in(String line) {
        var found = new ArrayList<Found>(1);
        int sign = line.indexOf('@');
        int after = 0;
        while (sign >= 0 && found.size() < MAX) {
            int from = sign;
            while (from > after && isLocal(line.charAt(from - 1))) {
                from--;
            }
            int to = sign + 1;
            while (to < line.length() && isDomain(line.charAt(to))) {
                to++;
            }
            while (to > sign && ".-".indexOf(line.charAt(to - 1)) >= 0) {
                to--;
            }
            while (from < sign && "'.=".indexOf(line.charAt(from)) >= 0) {
                from++;
            }
            if (from < sign && hasDot(line, sign, to)) {
                found.add(new Found(line.substring(from, to), from, to));
                after = to;
            }
            sign = line.indexOf('@', Math.max(to, sign + 1));
        }
        return found;
    }

    private static boolean hasDot(String line, int from, int to) {
        for (int i = from; i < to; i++) {
            if (line.charAt(i) == '.') {
                return true;
            }
        }
        return false;
    }

    private static boolean isLocal(char c) {
        return Character.isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~.".indexOf(c) >= 0;
    }

    private static boolean isDomain(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '.' || c == '_';
    }

    /// How addresses are compared: mailboxes differ in case nowhere in practice.
    static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
