package tayori.access;

/// What becomes of a query that came with a key. All but [#ALLOWED] are answered REFUSED with an Extended DNS Error
/// (RFC 8914), never with an address.
public enum Verdict {
    ALLOWED(""),
    /// The key is not, or no longer, known.
    UNKNOWN_KEY("key not known"),
    /// The key is good, but not for this zone.
    OTHER_ZONE("key not valid for this zone"),
    TOO_MANY_THIS_SECOND("queries per second of this key exceeded"),
    TOO_MANY_TODAY("queries per day of this key exceeded");

    /// INFO-CODE of every refusal: the client is not entitled. RFC 8914 §4.19 "Prohibited".
    public static final int PROHIBITED = 18;

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /// EXTRA-TEXT of the Extended DNS Error (RFC 8914 §2); names neither key nor client. Empty where all is well.
    public String text() {
        return text;
    }
}
