package tayori.spf;

import java.util.List;

/// What a domain's record costs a receiver at worst: when no term matches before the last (RFC 7208 §4.6.4).
///
/// @param dnsTerms terms that ask the DNS, over all included and redirected records; counting stops at
///     [SpfChecker#MAX_COUNTED_TERMS], which only a loop or an absurd record reaches
/// @param open what could not be counted, for people: targets with macros, records missing or broken
public record SpfCost(int dnsTerms, List<String> open) {
    public SpfCost {
        open = List.copyOf(open);
    }
}
