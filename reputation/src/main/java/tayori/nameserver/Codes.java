package tayori.nameserver;

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
}
