package tayori.publication;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tayori.reputation.ListedFor;
import tayori.reputation.Published;
import tayori.reputation.SenderClass;

/// What [PublishedTable] found: a [Published] in 20 octets, read without making objects. One object is used again and
/// again; it belongs to one thread.
///
/// Precision: the rate in steps of 2⁻²⁴, the confidence in thousandths, rounded down; messages and allowance exact below
/// 65,536 and from there rounded down by less than 1 in 32,768; the end of validity in whole seconds, rounded down.
public final class PublishedEntry extends StoredEntry {
    /// 2020-01-01T00:00Z; 32 bits of seconds from there reach the year 2156.
    private static final long EPOCH = 1_577_836_800L;

    private static final int RATE_ONE = (1 << 24) - 1;
    private static final int CONFIDENCE_ONE = 1_000;

    /// A score is given to others from this confidence on. Unit: thousandths.
    private static final int CONFIDENT = 500;

    private static final int MANTISSA_BITS = 15;

    /// Places in this list are stored; they must never change.
    private static final List<ListedFor> LISTED =
            List.of(
                    ListedFor.SPAM,
                    ListedFor.PHISHING,
                    ListedFor.MALWARE,
                    ListedFor.ABUSED_SPAM,
                    ListedFor.ABUSED_PHISHING,
                    ListedFor.ABUSED_MALWARE);

    /// As [#LISTED].
    private static final List<SenderClass> CLASSES =
            List.of(
                    SenderClass.REGISTERED,
                    SenderClass.ACCREDITED,
                    SenderClass.FORWARDER,
                    SenderClass.PUBLIC_BODY);

    // ---- writing

    void pack(Published published, boolean addressBlock) {
        long bits = 0;
        bits |= published.withSubdomains() ? 1 : 0;
        bits |= published.volumeAlarm() ? 1 << 1 : 0;
        bits |= published.suppressReports() ? 1 << 2 : 0;
        bits |= (published.listed().map(LISTED::indexOf).orElse(-1) + 1L) << 3;
        if (published.white().isPresent()) {
            var white = published.white().get();
            bits |= (CLASSES.indexOf(white.senderClass()) + 1L) << 6;
            bits |= Math.clamp(white.level(), 0, 3) << 9;
            bits |= white.vouchesForLists() ? 1 << 11 : 0;
            bits |= white.vouchesForTransactions() ? 1 << 12 : 0;
        }
        bits |= (long) Math.clamp(published.score().orElse(0), 0, 100) << 13;
        bits |= Math.clamp(published.firstSeenHour() + 1, 0, (1L << 24) - 1) << 20;
        bits |= (published.allowance() < 0 ? 0 : shorten(published.allowance()) + 1) << 44;
        first = bits;
        second =
                Math.round(Math.clamp(published.rate(), 0, 1) * RATE_ONE)
                        | (long) (Math.clamp(published.confidence(), 0, 1) * CONFIDENCE_ONE + 1e-6)
                                << 24
                        | shorten(published.messages()) << 34
                        | (addressBlock ? 1L : 0) << 54;
        number = (int) Math.clamp(published.expires().getEpochSecond() - EPOCH, 0L, 0xffff_ffffL);
    }

    /// 20 bits: 5 of exponent, 15 of mantissa behind a leading one that is not stored.
    private static long shorten(long value) {
        long clamped = Math.clamp(value, 0, 1L << 44);
        int exponent = Math.max(0, 64 - Long.numberOfLeadingZeros(clamped) - MANTISSA_BITS);
        return exponent == 0
                ? clamped
                : (long) exponent << MANTISSA_BITS
                        | ((clamped >>> (exponent - 1)) & ((1 << MANTISSA_BITS) - 1));
    }

    private static long lengthen(long bits) {
        int exponent = (int) (bits >>> MANTISSA_BITS);
        long mantissa = bits & ((1 << MANTISSA_BITS) - 1);
        return exponent == 0 ? mantissa : (1 << MANTISSA_BITS | mantissa) << (exponent - 1);
    }

    // ---- reading

    private int bits(int at, int width) {
        return (int) (first >>> at) & ((1 << width) - 1);
    }

    public boolean withSubdomains() {
        return bits(0, 1) != 0;
    }

    public boolean suppressReports() {
        return bits(2, 1) != 0;
    }

    /// Why it is on the list of bad senders; null when it is not.
    public @Nullable ListedFor listed() {
        int place = bits(3, 3);
        return place == 0 || place > LISTED.size() ? null : LISTED.get(place - 1);
    }

    /// Its class on the whitelist; null when it is not there.
    public @Nullable SenderClass senderClass() {
        int place = bits(6, 3);
        return place == 0 || place > CLASSES.size() ? null : CLASSES.get(place - 1);
    }

    /// 1 to 3 on the whitelist.
    public int level() {
        return bits(9, 2);
    }

    public boolean vouchesForLists() {
        return bits(11, 1) != 0;
    }

    public boolean vouchesForTransactions() {
        return bits(12, 1) != 0;
    }

    /// 1 to 100; 0 for none.
    public int score() {
        return bits(13, 7);
    }

    /// In hours since 1970-01-01T00:00Z; -1 when not known.
    public long firstSeenHour() {
        return bits(20, 24) - 1L;
    }

    /// Messages a day; -1 without a limit.
    public long allowance() {
        int bits = bits(44, 20);
        return bits == 0 ? -1 : lengthen(bits - 1);
    }

    public double rate() {
        return (double) (second & RATE_ONE) / RATE_ONE;
    }

    /// Unit: thousandths.
    public int confidence() {
        return (int) (second >>> 24) & 0x3ff;
    }

    public long messages() {
        return lengthen((second >>> 34) & 0xfffff);
    }

    boolean isAddressBlock() {
        return ((second >>> 54) & 1) != 0;
    }

    /// Unit: seconds since 1970-01-01T00:00Z.
    public long expires() {
        return EPOCH + (number & 0xffff_ffffL);
    }

    /// Whether it belongs in a zone. For [ZoneKind#NEW] this says that its age is known; the age decides.
    public boolean isIn(ZoneKind zone) {
        return (zones() & zone.bit()) != 0;
    }

    /// The bits of the zones it belongs in; an address block is in none, as these are zones of names.
    int zones() {
        if (isAddressBlock()) {
            return 0;
        }
        return (bits(6, 3) == 0 ? 0 : ZoneKind.DWL.bit())
                | (bits(3, 3) == 0 ? 0 : ZoneKind.DBL.bit())
                | (bits(20, 24) == 0 ? 0 : ZoneKind.NEW.bit())
                | (score() == 0 || confidence() < CONFIDENT ? 0 : ZoneKind.REP.bit())
                | (suppressReports() ? ZoneKind.SUP.bit() : 0)
                | (bits(6, 3) == 0 || bits(11, 2) == 0 ? 0 : ZoneKind.VOUCH.bit());
    }

    Published unpack(String subject) {
        var senderClass = senderClass();
        return new Published(
                subject,
                withSubdomains(),
                Optional.ofNullable(listed()),
                senderClass == null
                        ? Optional.empty()
                        : Optional.of(
                                new Published.White(
                                        senderClass,
                                        level(),
                                        vouchesForLists(),
                                        vouchesForTransactions())),
                firstSeenHour(),
                allowance(),
                score() == 0 ? OptionalInt.empty() : OptionalInt.of(score()),
                rate(),
                confidence() / (double) CONFIDENCE_ONE,
                messages(),
                bits(1, 1) != 0,
                suppressReports(),
                Instant.ofEpochSecond(expires()));
    }
}
