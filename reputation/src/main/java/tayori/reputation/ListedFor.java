package tayori.reputation;

/// Why a domain is on the list of bad senders; the last octet of its address there.
public enum ListedFor {
    /// Recipients report its mail.
    SPAM(2, "spam"),
    PHISHING(4, "phishing"),
    MALWARE(5, "malware"),
    /// An honest domain of which somebody else took hold.
    ABUSED_SPAM(102, "abused for spam"),
    ABUSED_PHISHING(104, "abused for phishing"),
    ABUSED_MALWARE(105, "abused for malware");

    private final int code;
    private final String words;

    ListedFor(int code, String words) {
        this.code = code;
        this.words = words;
    }

    /// `127.0.1.code`.
    public int code() {
        return code;
    }

    /// The same for people.
    public String words() {
        return words;
    }
}
