package tayori.spf;

/// Reads IP addresses as RFC 7208 §12 lets them stand in a record: stricter than most, no leading zeros, no zone.
final class IpText {
    /// Not an IPv4 address.
    static final long NONE = -1;

    private IpText() {}

    /// A dotted quad between two positions.
    ///
    /// @return the address as an unsigned 32-bit number, or [#NONE]
    static long ip4(String text, int from, int to) {
        long address = 0;
        int at = from;
        for (int octet = 0; octet < 4; octet++) {
            if (octet > 0 && (at >= to || text.charAt(at++) != '.')) {
                return NONE;
            }
            int start = at;
            int value = 0;
            while (at < to && at - start < 3 && isDigit(text.charAt(at))) {
                value = value * 10 + text.charAt(at++) - '0';
            }
            boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
            if (at == start || value > 255 || leadingZero) {
                return NONE;
            }
            address = address << 8 | value;
        }
        return at == to ? address : NONE;
    }

    /// An IPv6 address between two positions, in any form of RFC 4291 §2.2.
    ///
    /// @param words takes the two halves, high first
    /// @return whether it is one
    static boolean ip6(String text, int from, int to, long[] words) {
        var groups = new int[8];
        int count = 0;
        int gap = -1;
        int at = from;
        if (startsWithGap(text, at, to)) {
            gap = 0;
            at += 2;
        }
        while (at < to) {
            if (count == 8) {
                return false;
            }
            int start = at;
            int value = 0;
            while (at < to && at - start < 5 && Character.digit(text.charAt(at), 16) >= 0) {
                value = value << 4 | Character.digit(text.charAt(at++), 16);
            }
            if (at < to && text.charAt(at) == '.') {
                long tail = count <= 6 ? ip4(text, start, to) : NONE;
                if (tail == NONE) {
                    return false;
                }
                groups[count++] = (int) (tail >>> 16);
                groups[count++] = (int) (tail & 0xffff);
                break;
            }
            if (at == start || at - start > 4) {
                return false;
            }
            groups[count++] = value;
            if (at == to) {
                break;
            }
            if (startsWithGap(text, at, to)) {
                if (gap >= 0) {
                    return false;
                }
                gap = count;
                at += 2;
            } else if (text.charAt(at) != ':' || ++at == to) {
                return false;
            }
        }
        // Eight groups leave nothing for "::" to stand for; RFC 4291 §2.2 wants one group at least.
        if (gap < 0 ? count != 8 : count > 7) {
            return false;
        }
        int zeros = 8 - count;
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            int group = gap < 0 || i < gap ? groups[i] : i < gap + zeros ? 0 : groups[i - zeros];
            if (i < 4) {
                high = high << 16 | group;
            } else {
                low = low << 16 | group;
            }
        }
        words[0] = high;
        words[1] = low;
        return true;
    }

    private static boolean startsWithGap(String text, int at, int to) {
        return at + 1 < to && text.charAt(at) == ':' && text.charAt(at + 1) == ':';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
