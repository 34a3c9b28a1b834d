package tayori.config;

import java.time.Duration;
import java.util.List;
import tayori.authentication.AuthenticationOptions;

/// How the DNS is asked.
public record DnsConfig(
        @Doc(
                        value =
                                "Resolvers to ask, in this order, as `ADDRESS` or `ADDRESS:PORT`. "
                                        + "Empty: those of the system. A resolver on the same host that validates DNSSEC is best.",
                        example = "[127.0.0.1, \"[::1]:53\"]")
                List<ResolverAddress> servers,
        @Doc("How long one try waits for an answer.") @Range(min = "50ms", max = "1m")
                Duration timeout,
        @Doc("How often a question is put to each server before it counts as failed.")
                @Range(min = "1", max = "10")
                int tries,
        @Doc("Most names kept in the cache. 0 turns the cache off.")
                @Range(min = "0", max = "100000000")
                int cacheEntries,
        @Doc("Most memory the cache takes, estimated. 0 turns the cache off.")
                @Range(min = "0", max = "64GiB")
                ByteSize cacheBytes,
        @Doc("An answer with a shorter TTL is kept this long all the same. `0s` honours every TTL.")
                @Range(min = "0s", max = "1h")
                Duration minTtl,
        @Doc(
                        "An answer with a longer TTL is kept no longer than this (RFC 8767 §4: at most 7 days).")
                @Range(min = "0s", max = "7d")
                Duration maxTtl,
        @Doc("The same for \"no such name\" and \"no such record\" (RFC 2308 §5).")
                @Range(min = "0s", max = "1d")
                Duration maxNegativeTtl,
        @Doc("How long it is remembered that a question could not be answered (RFC 9520 §3.2).")
                @Range(min = "1s", max = "5m")
                Duration failureTtl,
        @Doc(
                        "Most questions asked for one mail, all methods together; what needs more is a `temperror` or `permerror`. "
                                + "Bounds what a stranger's mail can make this host ask.")
                @Range(min = "20", max = "10000")
                int questionsPerMessage) {
    public static final DnsConfig DEFAULTS =
            new DnsConfig(
                    List.of(),
                    Duration.ofSeconds(5),
                    2,
                    100_000,
                    ByteSize.mebibytes(64),
                    Duration.ZERO,
                    Duration.ofDays(1),
                    Duration.ofHours(3),
                    Duration.ofSeconds(5),
                    AuthenticationOptions.DEFAULT_QUESTIONS_PER_MAIL);
}
