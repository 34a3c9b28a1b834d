package tayori.lists;

import java.util.List;
import java.util.Set;
import tayori.dns.DomainName;

/// One list that somebody else keeps in the DNS (RFC 5782), and what its answers mean here.
///
/// @param name the operator's word for it, in log and header
/// @param zone below which the list is asked; may hold a key as its leftmost label
/// @param subjects what the list is of; each kind has test entries of its own
/// @param meanings of its return codes; the first that fits an address counts, a code without a meaning is no answer
/// @param askWhy whether the list's own words (TXT) are asked for where something is listed
public record OutsideList(
        String name,
        DomainName zone,
        Set<Subject> subjects,
        List<Meaning> meanings,
        boolean askWhy) {
    public OutsideList {
        subjects = Set.copyOf(subjects);
        meanings = List.copyOf(meanings);
        if (subjects.isEmpty() || meanings.isEmpty()) {
            throw new IllegalArgumentException("list " + name + " needs subjects and meanings");
        }
    }

    /// What a list is of.
    public enum Subject {
        /// Clients by IPv4 address (RFC 5782 §2.1).
        IPV4,
        /// Clients by IPv6 address (RFC 5782 §2.4).
        IPV6,
        /// Domains that authenticated (RFC 5782 §3).
        DOMAIN
    }

    /// What a return code means.
    ///
    /// @param verdict one word, for header and log
    /// @param weight for or against the sender: 100 decides alone against it, -100 for it
    public record Meaning(CodePattern codes, String verdict, int weight) {}
}
