package tayori.embedded;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import tayori.reputation.ListedFor;
import tayori.reputation.Published;
import tayori.reputation.Published.White;
import tayori.reputation.SenderClass;

/// How a [Published] stands in the database, without its subject: about thirty octets.
///
///     published = flags listed-code white-class white-level score first-seen-hour+1 allowance+1 rate confidence messages expires
///
/// Flags are bits: 0 with subdomains, 1 volume alarm, 2 suppress reports, 3 vouches for lists, 4 for transactions. Codes are
/// those of [ListedFor] and [SenderClass], 0 where absent; the score is 0 where absent. Rate and confidence are octets of
/// an IEEE double; `expires` counts seconds from 1970.
final class PublishedCodec {
    private static final int WITH_SUBDOMAINS = 1;
    private static final int VOLUME_ALARM = 1 << 1;
    private static final int SUPPRESS_REPORTS = 1 << 2;
    private static final int LISTS = 1 << 3;
    private static final int TRANSACTIONS = 1 << 4;

    private PublishedCodec() {}

    static byte[] encode(Published published) {
        var white = published.white();
        var out = new OctetWriter(48);
        out.octet(
                flag(published.withSubdomains(), WITH_SUBDOMAINS)
                        | flag(published.volumeAlarm(), VOLUME_ALARM)
                        | flag(published.suppressReports(), SUPPRESS_REPORTS)
                        | flag(white.isPresent() && white.get().vouchesForLists(), LISTS)
                        | flag(
                                white.isPresent() && white.get().vouchesForTransactions(),
                                TRANSACTIONS));
        out.octet(published.listed().map(ListedFor::code).orElse(0));
        out.octet(white.map(w -> w.senderClass().code()).orElse(0));
        out.octet(white.map(White::level).orElse(0));
        out.octet(published.score().orElse(0));
        out.number(published.firstSeenHour() + 1).number(published.allowance() + 1);
        out.fixed(Double.doubleToLongBits(published.rate()));
        out.fixed(Double.doubleToLongBits(published.confidence()));
        out.number(published.messages()).number(published.expires().getEpochSecond());
        return out.toOctets();
    }

    /// @throws IOException for what this program does not write
    static Published decode(String subject, byte[] octets) throws IOException {
        var in = new OctetReader(octets);
        int flags = in.octet();
        var listed = listedFor(in.octet());
        int whiteClass = in.octet();
        int level = in.octet();
        int score = in.octet();
        Optional<White> white =
                whiteClass == 0
                        ? Optional.empty()
                        : Optional.of(
                                new White(
                                        senderClass(whiteClass),
                                        level,
                                        (flags & LISTS) != 0,
                                        (flags & TRANSACTIONS) != 0));
        return new Published(
                subject,
                (flags & WITH_SUBDOMAINS) != 0,
                listed,
                white,
                in.number() - 1,
                in.number() - 1,
                score == 0 ? OptionalInt.empty() : OptionalInt.of(score),
                Double.longBitsToDouble(in.fixed()),
                Double.longBitsToDouble(in.fixed()),
                in.number(),
                (flags & VOLUME_ALARM) != 0,
                (flags & SUPPRESS_REPORTS) != 0,
                Instant.ofEpochSecond(in.number()));
    }

    private static int flag(boolean set, int bit) {
        return set ? bit : 0;
    }

    private static Optional<ListedFor> listedFor(int code) throws IOException {
        if (code == 0) {
            return Optional.empty();
        }
        for (var reason : ListedFor.values()) {
            if (reason.code() == code) {
                return Optional.of(reason);
            }
        }
        throw new IOException("no reason of a listing: " + code);
    }

    private static SenderClass senderClass(int code) throws IOException {
        for (var senderClass : SenderClass.values()) {
            if (senderClass.code() == code) {
                return senderClass;
            }
        }
        throw new IOException("no class of senders: " + code);
    }
}
