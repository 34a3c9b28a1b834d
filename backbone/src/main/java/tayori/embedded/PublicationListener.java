package tayori.embedded;

import tayori.reputation.Published;

/// Who hears what is published: the tables that answer. Called by one thread, in order; what it throws is logged, and
/// the next value comes all the same.
public interface PublicationListener {
    /// A subject was scored. The value may equal the one before, but for its expiry.
    void published(Published published);

    /// Nothing is published of a subject any more.
    ///
    /// @param subject as in [Published#subject]
    void withdrawn(String subject);
}
