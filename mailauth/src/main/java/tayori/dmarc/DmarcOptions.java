package tayori.dmarc;

import java.util.Optional;
import tayori.psl.PublicSuffixList;

/// How policies and organizational domains are found.
///
/// @param publicSuffixList with a list, discovery and alignment go by it, as RFC 7489 §3.2 and §6.6.3 did: for
///     comparison only. Without, by the tree walk of RFC 9989 §4.10. The record itself is read by RFC 9989 either way
public record DmarcOptions(Optional<PublicSuffixList> publicSuffixList) {
    /// RFC 9989.
    public static final DmarcOptions TREE_WALK = new DmarcOptions(Optional.empty());

    /// RFC 7489, for comparison.
    public static DmarcOptions publicSuffixList(PublicSuffixList list) {
        return new DmarcOptions(Optional.of(list));
    }
}
