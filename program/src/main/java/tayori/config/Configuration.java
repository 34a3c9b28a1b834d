package tayori.config;

/// Everything an operator can set. Untouched, it labels mail from loopback's MTA and refuses nothing.
public record Configuration(
        @Doc("How the DNS is asked.") DnsConfig dns,
        @Doc(
                        "How an MTA reaches the mail filter (Postfix `smtpd_milters`, Sendmail `INPUT_MAIL_FILTERS`).")
                MilterConfig milter,
        @Doc("The Postfix policy delegation service. Off unless it has an address.")
                PolicyConfig policy,
        @Doc("What is examined in a mail, and what follows from it.") ReceiverConfig receiver,
        @Doc("What is remembered of senders, and of whom.") ReputationConfig reputation,
        @Doc("How readers are heard.") FeedbackConfig feedback,
        @Doc("How reputation is published in the DNS. Off unless it has an address and a zone.")
                NameServerConfig nameServer,
        @Doc("What programs may ask over HTTP. Off unless it has an address.") ApiConfig api,
        @Doc("Counters for Prometheus. Off unless they have an address.") MetricsConfig metrics,
        @Doc("What is written down. No log ever holds message content.") LogConfig log) {
    public static final Configuration DEFAULTS =
            new Configuration(
                    DnsConfig.DEFAULTS,
                    MilterConfig.DEFAULTS,
                    PolicyConfig.DEFAULTS,
                    ReceiverConfig.DEFAULTS,
                    ReputationConfig.DEFAULTS,
                    FeedbackConfig.DEFAULTS,
                    NameServerConfig.DEFAULTS,
                    ApiConfig.DEFAULTS,
                    MetricsConfig.DEFAULTS,
                    LogConfig.DEFAULTS);
}
