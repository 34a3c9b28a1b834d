package tayori.reputation;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// All that is published about one domain or address block: what the DNS zones, the Repute answers and a receiver's own
/// decision are made of. Small, because there are millions.
///
/// @param subject a domain name in A-labels, or an address block
/// @param withSubdomains whether it holds for every name below as well (an organizational domain's does)
/// @param listed on the list of bad senders
/// @param white on the whitelist
/// @param firstSeenHour hour of the first mail ever seen, in hours since 1970-01-01T00:00Z; -1 when not known
/// @param allowance messages a day a receiver should take of a domain too young for a score; -1 without a limit
/// @param score 1 to 100, 100 is good; absent when too little is known, which is never a middle score
/// @param rate published complaint rate, 0 to 1
/// @param confidence share of the rate that is data and not prior, 0 to 1
/// @param messages how many messages that is made of
/// @param volumeAlarm whether it suddenly sends much more than it ever did
/// @param suppressReports whether DMARC reports to it only bounce or feed spammers
/// @param expires until when this may be believed
public record Published(
        String subject,
        boolean withSubdomains,
        Optional<ListedFor> listed,
        Optional<White> white,
        long firstSeenHour,
        long allowance,
        OptionalInt score,
        double rate,
        double confidence,
        long messages,
        boolean volumeAlarm,
        boolean suppressReports,
        Instant expires) {

    /// A place on the whitelist.
    ///
    /// @param level 1 to 3, 3 is the most trusted
    /// @param vouchesForLists whether the registration vouches for mail of lists (RFC 5518 §4.1 `list`)
    /// @param vouchesForTransactions whether it does for mail about transactions (`transaction`)
    public record White(
            SenderClass senderClass,
            int level,
            boolean vouchesForLists,
            boolean vouchesForTransactions) {}
}
