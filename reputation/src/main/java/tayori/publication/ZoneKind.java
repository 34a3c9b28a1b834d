package tayori.publication;

/// What is published in zones of their own, because to a simple client any address means "listed" (RFC 5782 §2.2).
public enum ZoneKind {
    /// The whitelist.
    DWL("dwl", 1),
    /// Bad senders.
    DBL("dbl", 2),
    /// Domains first seen within the last day.
    NEW("new", 4),
    /// Scores.
    REP("rep", 8),
    /// Domains that want no DMARC reports.
    SUP("sup", 16),
    /// What a domain's mail is vouched for (RFC 5518 §5).
    VOUCH("_vouch", 32);

    private final String label;
    private final int bit;

    ZoneKind(String label, int bit) {
        this.label = label;
        this.bit = bit;
    }

    /// The zone's label, left of the apex.
    public String label() {
        return label;
    }

    /// Whether it is to the good of who stands in it, so that an answer may be remembered for long.
    public boolean isPraise() {
        return this == DWL || this == VOUCH;
    }

    int bit() {
        return bit;
    }
}
