package tayori.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import tayori.dkim.DkimOptions;
import tayori.dns.DomainName;
import tayori.receiver.Action;
import tayori.receiver.Network;

/// What is examined in a mail, and what follows from it.
public record ReceiverConfig(
        @Doc(
                        value =
                                "The name this receiver signs its `Authentication-Results` with (RFC 8601 §2.5). Unset: the host name.",
                        example = "mx.example.org")
                Optional<DomainName> authservId,
        @Doc(
                        value =
                                "Further names whose `Authentication-Results` are removed when a mail arrives with them (RFC 8601 §5): "
                                        + "those of our other hosts, and old ones.",
                        example = "[mx2.example.org]")
                List<DomainName> additionalAuthservIds,
        @Doc("How much header is read; a mail with more is labelled as such and not authenticated.")
                HeadLimitsConfig headLimits,
        @Doc(
                        value =
                                "Clients whose mail is not examined: our own networks. Clients that signed in (SMTP AUTH) are not examined "
                                        + "either. Results that their mails bring along in our name are removed all the same.",
                        example = "[127.0.0.0/8, \"::1\"]")
                List<Network> trustedNetworks,
        @Doc("Methods that can be left out. SPF, DKIM, DMARC and ARC are always examined.")
                MethodsConfig methods,
        @Doc("Also add a `Received-SPF` field (RFC 7208 §9.1).") boolean receivedSpf,
        @Doc("How DKIM signatures are verified.") DkimConfig dkim,
        @Doc("How DMARC is evaluated.") DmarcConfig dmarc,
        @Doc("Whose ARC seals are believed, and whether we seal.") ArcConfig arc,
        @Doc("What follows from the results.") DecisionConfig decision,
        @Doc("What is asked of clients that come over IPv6.") Ipv6Config ipv6,
        @Doc("What follows from a sender's reputation.") ReceiverReputationConfig reputation,
        @Doc("Whose mail may be filtered at all.") ConsentConfig consent,
        @Doc(
                        value = "Page where a refused sender finds help; it stands in the reply.",
                        example = "\"https://mx.example.org/help\"")
                Optional<URI> supportUrl,
        @Doc(
                        value =
                                "Forwarders and lists that are believed: host names (the name itself and all below it, where reverse DNS proves "
                                        + "it) or blocks of addresses. DMARC failing decides nothing about their mail.",
                        example = "[lists.example.net, 192.0.2.0/28]")
                List<TrustedSource> trustedForwarders,
        @Doc(
                        "Decisions of the operator for single author domains; they come before everything else.")
                List<OverrideConfig> overrides) {
    public static final ReceiverConfig DEFAULTS =
            new ReceiverConfig(
                    Optional.empty(),
                    List.of(),
                    HeadLimitsConfig.DEFAULTS,
                    List.of(),
                    MethodsConfig.DEFAULTS,
                    false,
                    DkimConfig.DEFAULTS,
                    DmarcConfig.DEFAULTS,
                    ArcConfig.DEFAULTS,
                    DecisionConfig.DEFAULTS,
                    Ipv6Config.DEFAULTS,
                    ReceiverReputationConfig.DEFAULTS,
                    ConsentConfig.DEFAULTS,
                    Optional.empty(),
                    List.of(),
                    List.of());

    /// How much header is read.
    public record HeadLimitsConfig(
            @Doc("Most bytes of the whole header section.") @Range(min = "16KiB", max = "64MiB")
                    ByteSize octets,
            @Doc("Most bytes of one field. The default is Postfix's `header_size_limit`.")
                    @Range(min = "1KiB", max = "64MiB")
                    ByteSize fieldOctets,
            @Doc("Most fields.") @Range(min = "20", max = "100000") int fields) {
        public static final HeadLimitsConfig DEFAULTS =
                new HeadLimitsConfig(ByteSize.mebibytes(1), new ByteSize(102_400), 1_000);
    }

    /// Methods that can be left out.
    public record MethodsConfig(
            @Doc("Look whether the client's host name points back to it (RFC 8601 §2.7.3).")
                    boolean iprev,
            @Doc(
                            "SPF of the HELO name too where MAIL FROM is not empty, as RFC 7208 §2.3 recommends; its result decides nothing.")
                    boolean spfOfHelo,
            @Doc("Sender ID (RFC 4406, historic); its result is shown and decides nothing.")
                    boolean senderId,
            @Doc("DomainKeys (RFC 4870, historic); its result is shown and decides nothing.")
                    boolean domainKeys,
            @Doc("Look up the brand indicator of mails that pass DMARC.") boolean bimi) {
        public static final MethodsConfig DEFAULTS =
                new MethodsConfig(true, true, false, false, false);
    }

    /// How DKIM signatures are verified.
    public record DkimConfig(
            @Doc(
                            "Most signatures verified in one mail; further ones are reported as not examined (RFC 6376 §6.1).")
                    @Range(min = "1", max = "100")
                    int maxSignatures,
            @Doc(
                            "Smallest RSA key that counts. Unit: bits. 1024 is the least RFC 8301 §3.2 allows.")
                    @Range(min = "1024", max = "4096")
                    int minRsaBits) {
        public static final DkimConfig DEFAULTS =
                new DkimConfig(
                        DkimOptions.DEFAULTS.maxSignatures(), DkimOptions.DEFAULTS.minRsaBits());
    }

    /// How DMARC is evaluated.
    public record DmarcConfig(
            @Doc(
                            "How the organizational domain is found: `treewalk` (RFC 9989 §4.10) or `psl`, the public suffix list of the "
                                    + "obsolete RFC 7489, for comparison.")
                    Discovery discovery) {
        public static final DmarcConfig DEFAULTS = new DmarcConfig(Discovery.TREEWALK);
    }

    /// How the organizational domain is found.
    public enum Discovery {
        TREEWALK,
        PSL
    }

    /// Whose ARC seals are believed, and whether we seal.
    public record ArcConfig(
            @Doc(
                            value =
                                    "Domains of sealers whose results are believed when DMARC fails here (RFC 8617 §7.2.1). "
                                            + "Seals of all others are verified and shown only.",
                            example = "[lists.example.net]")
                    List<DomainName> trustedSealers,
            @Doc(
                            value = "Seal what passes through. Unset: no seals.",
                            example =
                                    "{domain: example.org, selector: arc2026, keyFile: /etc/tayori/arc2026.pem}")
                    Optional<SealConfig> seal) {
        public static final ArcConfig DEFAULTS = new ArcConfig(List.of(), Optional.empty());
    }

    /// Seal what passes through.
    public record SealConfig(
            @Doc("The sealing domain, `d=`.") DomainName domain,
            @Doc("The selector, `s=`.") DomainName selector,
            @Doc("File with the private key; nobody but its owner and group may read it.")
                    KeyFile keyFile) {}

    /// What follows from the results.
    public record DecisionConfig(
            @Doc(
                            "`label` only adds header fields and says what would have been done; `enforce` does it. Ask your users before "
                                    + "you enforce: filtering needs their consent.")
                    Mode mode,
            @Doc(
                            "What a mail gets that fails DMARC and whose domain asks for quarantine; also one whose domain asks for "
                                    + "rejection while another domain vouches for it, as a list does (RFC 9989 §7.4).")
                    Action onDmarcQuarantine,
            @Doc(
                            "What a mail gets that fails DMARC, whose domain asks for rejection, and that nobody else vouches for. "
                                    + "A policy of `reject` alone is never a reason to reject (RFC 9989 §7.4).")
                    Action onDmarcReject,
            @Doc(
                            "What a mail gets that cannot be authenticated for DNS trouble: `label` or `tempfail` (RFC 9989 §5.3.6). "
                                    + "Holds in both modes: to come again later is no judgement of the mail.")
                    OnTempError onTempError) {
        public static final DecisionConfig DEFAULTS =
                new DecisionConfig(Mode.LABEL, Action.JUNK, Action.REJECT, OnTempError.LABEL);
    }

    /// Whether a decision is carried out.
    public enum Mode {
        LABEL,
        ENFORCE
    }

    /// What a mail gets that cannot be authenticated for DNS trouble.
    public enum OnTempError {
        LABEL,
        TEMPFAIL
    }

    /// What is asked of clients that come over IPv6.
    public record Ipv6Config(
            @Doc("The client must have a host name that points back to it.")
                    boolean requireReverseDns,
            @Doc("SPF or DKIM must pass.") boolean requireSpfOrDkim,
            @Doc("What a mail gets that does not meet this.") Action action) {
        public static final Ipv6Config DEFAULTS = new Ipv6Config(false, false, Action.JUNK);
    }

    /// A decision of the operator for one author domain.
    public record OverrideConfig(
            @Doc("The author domain and all below it.") DomainName domain,
            @Doc("What its mail gets.") Action action,
            @Doc(
                            "Only mail that passed DMARC. Leave it true for exceptions in a domain's favour: anybody can write its name.")
                    boolean onlyIfAuthenticated,
            @Doc("A note for whoever reads the log later.") String why) {}
}
