package tayori.nameserver;

import tayori.publication.PublishedEntry;
import tayori.publication.ZoneKind;

/// The addresses that our zones answer with, in the conventions that rule files of others already know.
final class Codes {
    /// `sup`: send no DMARC reports there.
    static final int SUPPRESSED = 0x7f000002;

    private static final int LEAST_YOUNG = 2;

    private Codes() {}

    /// `dwl`, 127.0.class.level, as dnswl.org has it.
    static int white(int senderClass, int level) {
        return 0x7f000000 | senderClass << 8 | level;
    }

    /// `dbl`, 127.0.1.code, as the DBL of Spamhaus has it.
    static int listed(int code) {
        return 0x7f000100 | code;
    }

    /// `new`, 127.0.2.2 to .24: hours since the first mail, as the ZRD of Spamhaus has it.
    static int young(int hours) {
        return 0x7f000200 | Math.max(LEAST_YOUNG, hours);
    }

    /// `rep`, 127.0.4.1 to .100, as SenderScore has it.
    static int score(int score) {
        return 0x7f000400 | score;
    }

    private static final int HOUR = 3_600;
    private static final int NEW_HOURS = 24;

    /// For [ZoneKind#NEW] the hours since the first mail, 0 for the other zones.
    ///
    /// @return -1 for a domain that is not new
    static int hours(ZoneKind kind, PublishedEntry entry, long epochSecond) {
        if (kind != ZoneKind.NEW) {
            return 0;
        }
        long hours = epochSecond / HOUR - entry.firstSeenHour();
        return hours >= 0 && hours <= NEW_HOURS ? (int) hours : -1;
    }

    /// What a zone answers for an entry that is in it.
    static int address(ZoneKind kind, PublishedEntry entry, int hours) {
        return switch (kind) {
            case DWL -> {
                var senderClass = entry.senderClass();
                yield white(senderClass == null ? 0 : senderClass.code(), entry.level());
            }
            case DBL -> {
                var reason = entry.listed();
                yield listed(reason == null ? 0 : reason.code());
            }
            case NEW -> young(hours);
            case REP -> score(entry.score());
            case SUP -> SUPPRESSED;
            case VOUCH -> throw new IllegalStateException("a vouch has no address");
        };
    }
}
