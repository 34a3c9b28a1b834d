package tayori.reputation;

import java.util.List;

/// What one node of a provider hands on at a time.
///
/// @param id unique for this provider and node; a batch that comes again under its id changes nothing
/// @param provider who saw it: the name under which the operator of the reputation knows this provider
/// @param node which of the provider's machines
public record EvidenceBatch(String id, String provider, String node, List<Evidence> evidence) {
    public EvidenceBatch {
        evidence = List.copyOf(evidence);
    }
}
