package tayori.policy;

import java.time.Duration;
import java.util.List;
import tayori.listen.ListenAddress;
import tayori.listen.ListenOptions;

/// How the server listens, and what it bears.
///
/// @param addresses where Postfix finds us
/// @param listen backlog and connection limits
/// @param onFailure what a request gets whose handler threw or took too long, and what a request gets that is too large
/// @param maxRequest largest request. Unit: octets, line ends included
/// @param maxAttributes most attributes in a request
/// @param idleTime longest wait for the next request
/// @param requestTime longest time from a request's first octet to its last, and for Postfix to take the answer
/// @param commandTime longest time the handler may work before it is interrupted
public record PolicyOptions(
        List<ListenAddress> addresses,
        ListenOptions listen,
        PolicyAction onFailure,
        int maxRequest,
        int maxAttributes,
        Duration idleTime,
        Duration requestTime,
        Duration commandTime) {

    /// Postfix sends about 35 attributes in about 1 KB; certificates' names may be long.
    public static final int DEFAULT_MAX_REQUEST = 65_536;

    public static final int DEFAULT_MAX_ATTRIBUTES = 200;

    /// Longer than Postfix keeps an idle connection (`smtpd_policy_service_max_idle`, 300 s, and `_max_ttl`, 1,000 s).
    public static final Duration DEFAULT_IDLE_TIME = Duration.ofSeconds(1_100);

    public static final Duration DEFAULT_REQUEST_TIME = Duration.ofSeconds(60);

    /// Below Postfix's own wait (`smtpd_policy_service_timeout`, 100 s), so that our default action counts and not its.
    public static final Duration DEFAULT_COMMAND_TIME = Duration.ofSeconds(90);

    public PolicyOptions {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no address to listen on");
        }
        if (maxRequest < 1_024 || maxAttributes < 1) {
            throw new IllegalArgumentException(
                    "a request must hold 1,024 octets and one attribute");
        }
        for (Duration time : List.of(idleTime, requestTime, commandTime)) {
            if (!time.isPositive() || time.compareTo(Duration.ofDays(365)) > 0) {
                throw new IllegalArgumentException("not a time to wait: " + time);
            }
        }
    }

    /// Defaults for everything but the addresses; trouble means no opinion, so that mail flows.
    public static PolicyOptions listeningOn(ListenAddress... addresses) {
        return new PolicyOptions(
                List.of(addresses),
                ListenOptions.DEFAULTS,
                PolicyAction.DUNNO,
                DEFAULT_MAX_REQUEST,
                DEFAULT_MAX_ATTRIBUTES,
                DEFAULT_IDLE_TIME,
                DEFAULT_REQUEST_TIME,
                DEFAULT_COMMAND_TIME);
    }
}
