package tayori.receiver;

/// Why a mail was accepted, filed, held or refused: the closed list that header, log, metrics and documents share.
///
/// [DecisionRules] asks in the order of this list; the first that holds decides.
public enum Reason {
    /// The client is ours (own network or signed in): nothing was examined.
    OWN_CLIENT("own-client", "the client is one of ours"),
    /// The header section is larger than the limits, so nobody can say what it claims.
    HEAD_TOO_LARGE("head-too-large", "the header section is larger than this receiver reads"),
    /// The operator's override for this author domain.
    SENDER_OVERRIDE("sender-override", "the operator decided for this domain"),
    /// An IPv6 client without a host name that points back to it.
    IPV6_WITHOUT_REVERSE_DNS(
            "ipv6-without-reverse-dns", "the IPv6 client has no matching host name in the DNS"),
    /// Mail over IPv6 that neither SPF nor DKIM vouches for.
    IPV6_UNAUTHENTICATED(
            "ipv6-unauthenticated", "mail over IPv6 needs a passing SPF or DKIM result"),
    /// DMARC failed, but a forwarder that we trust handed the mail over.
    TRUSTED_FORWARDER("trusted-forwarder", "handed over by a forwarder this receiver trusts"),
    /// DMARC failed here, but passed before a sealer that we trust changed the mail (RFC 8617 §7.2.1).
    TRUSTED_ARC_SEALER(
            "trusted-arc-sealer", "authenticated before a sealer this receiver trusts changed it"),
    /// DMARC failed, but a forwarder or list on the whitelist authenticates, and the operator believes those.
    WHITELISTED_FORWARDER(
            "whitelisted-forwarder", "handed over by a forwarder that is on the whitelist"),
    /// DMARC could not be finished for DNS trouble (RFC 9989 §5.3.6).
    DNS_TROUBLE("dns-trouble", "the DNS did not answer, so authentication could not be finished"),
    /// DMARC failed; the domain asks for quarantine.
    DMARC_QUARANTINE("dmarc-quarantine", "the author domain asks to quarantine what fails DMARC"),
    /// DMARC failed, the domain asks for rejection, and nothing else vouches for the mail.
    DMARC_REJECT(
            "dmarc-reject",
            "the author domain asks to reject what fails DMARC, and nothing else vouches for it"),
    /// DMARC failed and the domain asks for rejection, but the mail may have come by a list or forwarder, so it is
    /// treated as quarantine (RFC 9989 §7.4).
    DMARC_REJECT_AS_QUARANTINE(
            "dmarc-reject-as-quarantine",
            "the author domain asks to reject what fails DMARC, but another domain vouches for it"),
    /// The one who answers for the mail is on our list of bad senders.
    SENDER_LISTED("sender-listed", "recipients have reported too much of this sender's mail"),
    /// Nobody answers for the mail, and the block of addresses it came from is on our list.
    ADDRESS_BLOCK_LISTED(
            "address-block-listed",
            "nobody vouches for the mail, and it comes from a network with a bad name"),
    /// One of the next three would hold, but the sender is on the whitelist, ours or others'.
    SENDER_WHITELISTED("sender-whitelisted", "the sender is on a whitelist"),
    /// Lists of other people speak against the sender.
    LISTED_ELSEWHERE("listed-elsewhere", "lists that this receiver asks speak against the sender"),
    /// A domain too young for a score has sent more today than newcomers may.
    BEYOND_ALLOWANCE(
            "beyond-allowance", "the sender is new and has sent more today than newcomers may"),
    /// The score of the sender is below the operator's limit.
    LOW_SCORE("low-score", "the reputation of the sender is low"),
    /// An identifier in alignment with the author domain passed (RFC 9989 §5.3).
    DMARC_PASS("dmarc-pass", "the author domain is authenticated"),
    /// DMARC failed; the domain asks for nothing.
    DMARC_POLICY_NONE("dmarc-policy-none", "the author domain asks for no action"),
    /// DMARC does not apply: no author domain, or more than one (RFC 9989 §5.3.1).
    NO_SINGLE_AUTHOR_DOMAIN("no-single-author-domain", "the From field names no single domain"),
    /// The author domain publishes no DMARC policy.
    NO_DMARC_POLICY("no-dmarc-policy", "the author domain publishes no DMARC policy");

    private final String keyword;
    private final String sentence;

    Reason(String keyword, String sentence) {
        this.keyword = keyword;
        this.sentence = sentence;
    }

    /// The word for it in header, log and metrics.
    public String keyword() {
        return keyword;
    }

    /// The same for people, in one clause.
    public String sentence() {
        return sentence;
    }
}
