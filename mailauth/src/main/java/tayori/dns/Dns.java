package tayori.dns;

import java.util.Optional;

/// The door to the DNS.
///
/// A call blocks its (virtual) thread until the answer is there, the time is up or a cache knows. It follows CNAMEs to
/// their end, as a recursive resolver does, and it never throws: trouble is a [DnsAnswer.Failed].
@FunctionalInterface
public interface Dns {
    /// Asks one question.
    ///
    /// @param name the name to ask for, already in A-labels
    /// @param type the records wanted
    /// @return records, no data, no such name, or the reason why nobody knows
    DnsAnswer query(DomainName name, RecordType type);

    /// The answer to one question, where it is at hand: nobody is asked and nothing waited for.
    ///
    /// @return what [#query] would answer now; nothing where it would have to ask
    default Optional<DnsAnswer> known(DomainName name, RecordType type) {
        return Optional.empty();
    }
}
