package tayori.message;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tayori.dns.DomainName;

/// The Author Domain of a message, or why it has none (RFC 9989 §5.3.1): the domain of the address in `From`, as the
/// reader is shown it.
public sealed interface AuthorDomains {
    /// Exactly one, so DMARC applies.
    ///
    /// @param clean whether the field was address syntax throughout; a receiver may think less of one that was not
    record One(DomainName domain, boolean clean) implements AuthorDomains {}

    /// None: no `From`, no address in it, or no domain that DNS could be asked for. DMARC does not apply.
    record None(String reason) implements AuthorDomains {}

    /// More than one domain, or more than one `From` field (RFC 5322 §3.6 allows one). DMARC does not apply; RFC 9989
    /// §5.3.1 leaves what to do to the receiver.
    ///
    /// @param domains those found, in order, each once; may be a single one where the field is there twice
    record Several(List<DomainName> domains, String reason) implements AuthorDomains {
        public Several {
            domains = List.copyOf(domains);
        }
    }

    /// The domain a program already knows, e.g. from a command line.
    static AuthorDomains of(DomainName domain) {
        return new One(domain, true);
    }

    /// The author domain of a message.
    static AuthorDomains of(MessageHead head) {
        var fields = head.all("From");
        if (fields.isEmpty()) {
            return new None("there is no From field");
        }
        if (fields.size() == 1) {
            return ofFrom(fields.getFirst().value());
        }
        Set<DomainName> domains = new LinkedHashSet<>();
        for (int i = 0; i < Math.min(fields.size(), MAX_FROM_FIELDS); i++) {
            for (var mailbox : AddressList.parse(fields.get(i).value()).mailboxes()) {
                mailbox.domainName().ifPresent(domains::add);
            }
        }
        return new Several(List.copyOf(domains), "there are " + fields.size() + " From fields");
    }

    /// Most `From` fields that are read to name their domains; more than one is wrong anyway.
    int MAX_FROM_FIELDS = 10;

    /// The author domain by the value of a single `From` field.
    static AuthorDomains ofFrom(String value) {
        var list = AddressList.parse(value);
        Set<DomainName> domains = new LinkedHashSet<>();
        String unusable = "";
        for (var mailbox : list.mailboxes()) {
            var name = mailbox.domainName();
            if (name.isPresent()) {
                domains.add(name.get());
            } else if (unusable.isEmpty()) {
                unusable = mailbox.domain();
            }
        }
        if (domains.isEmpty()) {
            return new None(
                    unusable.isEmpty()
                            ? "there is no address in From"
                            : "the domain of the address in From is no host name");
        }
        if (domains.size() > 1) {
            return new Several(List.copyOf(domains), "From names " + domains.size() + " domains");
        }
        // One author in a domain and another outside the DNS: which of them is shown is not ours to
        // guess.
        if (!unusable.isEmpty()) {
            return new Several(List.copyOf(domains), "one address in From has no host name");
        }
        return new One(domains.iterator().next(), list.clean());
    }
}
