package tayori.config;

import java.time.Duration;
import java.util.List;
import tayori.listen.ListenAddress;
import tayori.listen.ListenOptions;

/// How an MTA reaches the mail filter.
public record MilterConfig(
        @Doc("Addresses to wait at: `HOST:PORT` or `unix:/path`. Empty turns the mail filter off.")
                List<ListenAddress> listen,
        @Doc(
                        "Largest packet an MTA may send. Body pieces have 64 KiB at most, so only long header fields need more.")
                @Range(min = "64KiB", max = "64MiB")
                ByteSize maxPacketBytes,
        @Doc(
                        "How long a connection may be silent. An SMTP client may pause long, and its MTA is silent meanwhile; "
                                + "the default is libmilter's.")
                @Range(min = "10s", max = "1d")
                Duration idleTimeout,
        @Doc(
                        "How long one mail may be worked on before `onError` decides. Keep it below Postfix `milter_content_timeout` (300 s).")
                @Range(min = "1s", max = "1h")
                Duration commandTimeout,
        @Doc(
                        "Most connections at a time; further ones are closed at once, and the MTA's `milter_default_action` applies.")
                @Range(min = "1", max = "100000")
                int maxConnections,
        @Doc("How long a stopping server waits for mails that are under way.")
                @Range(min = "0s", max = "10m")
                Duration drainTime,
        @Doc(
                        "What a mail gets when Tayori itself fails: `tempfail` (the client comes again) or `accept` (passes without labels).")
                OnError onError) {
    public static final MilterConfig DEFAULTS =
            new MilterConfig(
                    List.of(new ListenAddress.Tcp("127.0.0.1", 8891)),
                    ByteSize.mebibytes(1),
                    Duration.ofSeconds(7_210),
                    Duration.ofSeconds(240),
                    ListenOptions.DEFAULT_MAX_CONNECTIONS,
                    Duration.ofSeconds(20),
                    OnError.TEMPFAIL);

    /// What a mail gets when Tayori itself fails.
    public enum OnError {
        TEMPFAIL,
        ACCEPT
    }
}
