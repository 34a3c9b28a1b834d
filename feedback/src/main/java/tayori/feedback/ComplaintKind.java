package tayori.feedback;

import java.util.Arrays;
import java.util.Optional;
import tayori.reputation.Observation;

/// What a reader says about a mail. Three different wishes with three different buttons: an unsubscribe is no complaint,
/// and not-spam is neither a complaint nor a credit.
public enum ComplaintKind {
    SPAM("spam", Observation.COMPLAINTS),
    PHISHING("phishing", Observation.COMPLAINTS),
    VIRUS("virus", Observation.COMPLAINTS),
    NOT_SPAM("not-spam", Observation.NOT_SPAM),
    UNSUBSCRIBE("unsubscribe", Observation.UNSUBSCRIBES);

    private final String keyword;
    private final Observation observation;

    ComplaintKind(String keyword, Observation observation) {
        this.keyword = keyword;
        this.observation = observation;
    }

    /// The word for it over HTTP, in files and in logs.
    public String keyword() {
        return keyword;
    }

    /// As what it counts for the sender. Kinds that count as the same count once for one delivery.
    public Observation observation() {
        return observation;
    }

    public static Optional<ComplaintKind> of(String keyword) {
        return Arrays.stream(values()).filter(kind -> kind.keyword.equals(keyword)).findFirst();
    }
}
