package tayori.feedback;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tayori.reputation.Identity;

/// A complaint that is proven: what is kept of it. No address, no body, no subject.
///
/// @param id ours, 26 characters, in the order of time
/// @param delivery names the delivery complained about; of each observation there is one complaint for it
/// @param reporter the reader, as a hash that only this provider can make
/// @param received when it came in
/// @param arrived when the mail had arrived
/// @param identities what the mail authenticated, the responsible one first
/// @param marks what the sender knows its mail by
public record Complaint(
        String id,
        ComplaintKind kind,
        String delivery,
        long reporter,
        Submission.Channel channel,
        Instant received,
        Instant arrived,
        List<Identity> identities,
        SenderMarks marks) {
    public Complaint {
        identities = List.copyOf(identities);
    }

    /// Who is responsible for the mail; nobody where nothing was known of it when it arrived.
    public Optional<Identity> responsible() {
        return identities.stream().findFirst();
    }
}
