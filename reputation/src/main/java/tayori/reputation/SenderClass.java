package tayori.reputation;

/// What kind of sender stands on the whitelist; the third octet of its address there.
public enum SenderClass {
    /// Proved its domain, has a contact that acts on opt-outs.
    REGISTERED(2),
    /// Carries a mark that an accredited body gave.
    ACCREDITED(3),
    /// A mailing list or forwarder: vouches for the way, not for what was written.
    FORWARDER(4),
    PUBLIC_BODY(5);

    private final int code;

    SenderClass(int code) {
        this.code = code;
    }

    /// `127.0.code.level`.
    public int code() {
        return code;
    }
}
