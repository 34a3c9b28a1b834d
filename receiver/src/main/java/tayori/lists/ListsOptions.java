package tayori.lists;

import java.time.Duration;
import java.util.List;
import tayori.dns.DomainName;

/// Which lists of other people are asked, and how long. Start from [#DEFAULTS].
///
/// @param certifiers whose word on a domain is believed (RFC 5518); no others are asked
/// @param timeLimit how long after the question an answer still counts
/// @param checkInterval between two checks of a list that works
/// @param retryInterval until a list that failed its check gets another chance
public record ListsOptions(
        List<OutsideList> lists,
        List<Certifier> certifiers,
        Duration timeLimit,
        Duration checkInterval,
        Duration retryInterval) {
    /// Nobody is asked.
    public static final ListsOptions DEFAULTS =
            new ListsOptions(
                    List.of(),
                    List.of(),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(1));

    public ListsOptions {
        lists = List.copyOf(lists);
        certifiers = List.copyOf(certifiers);
    }

    /// The same with these lists and certifiers.
    public ListsOptions asking(List<OutsideList> others, List<Certifier> vouchers) {
        return new ListsOptions(others, vouchers, timeLimit, checkInterval, retryInterval);
    }

    /// One who vouches for domains.
    ///
    /// @param domain as senders name it in `mv=`
    /// @param weight of its word; negative speaks for the sender
    public record Certifier(DomainName domain, int weight) {}
}
