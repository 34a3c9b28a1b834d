package tayori.feedback;

import java.io.IOException;
import java.util.List;

/// The door to where complaints are kept.
public interface FeedbackStore {
    /// What became of a complaint.
    ///
    /// @param id under which it is kept: its own, or that of the complaint it repeats
    /// @param repeated whether the same was said of the same delivery before
    /// @param counts whether it is evidence: a reader's first about one responsible identity on one day
    record Kept(String id, boolean repeated, boolean counts) {}

    /// Keeps a complaint. When this returns, it is durable.
    ///
    /// @throws IOException when it is not; nothing was kept then
    Kept keep(Complaint complaint) throws IOException;

    /// Complaints that count and were not yet handed on as evidence, oldest first.
    ///
    /// @param limit most of them
    List<Complaint> notHandedOn(int limit) throws IOException;

    /// Remembers that these were handed on. May be forgotten by a crash: handing on twice does no harm.
    void handedOn(List<String> ids) throws IOException;
}
