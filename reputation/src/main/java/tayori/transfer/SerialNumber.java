package tayori.transfer;

/// Numbers of 32 bits that go round: which of two is later. RFC 1982.
final class SerialNumber {
    static final long MAX = 0xffff_ffffL;

    private static final long HALF = 0x8000_0000L;

    private SerialNumber() {}

    /// Whether `one` is later than `other`; neither is, of two exactly half the circle apart (RFC 1982 §3.2).
    static boolean isAfter(long one, long other) {
        long ahead = (one - other) & MAX;
        return ahead != 0 && ahead < HALF;
    }

    static long next(long serial) {
        return (serial + 1) & MAX;
    }
}
