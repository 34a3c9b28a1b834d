package tayori.receiver;

import java.util.List;
import java.util.Optional;
import tayori.lists.ListFinding;
import tayori.reputation.Identity;
import tayori.reputation.Published;

/// What is known about those who answer for one mail, before anything is decided.
///
/// @param responsible whose reputation it is
/// @param published what the reputation says of it; nothing where it says nothing
/// @param beyondAllowance whether a domain too young for a score has sent more today than a newcomer may
/// @param whitelistedForwarder whether the mail was passed on by a forwarder or list on the whitelist, and that is proven
/// @param findings what other people's lists say
public record SenderStanding(
        Optional<Identity> responsible,
        Optional<Published> published,
        boolean beyondAllowance,
        boolean whitelistedForwarder,
        List<ListFinding> findings) {
    /// Nothing is known of anybody.
    public static final SenderStanding UNKNOWN =
            new SenderStanding(Optional.empty(), Optional.empty(), false, false, List.of());

    public SenderStanding {
        findings = List.copyOf(findings);
    }

    /// What the lists' words come to: positive against the sender, negative for it.
    int listWeight() {
        return findings.stream().mapToInt(ListFinding::weight).sum();
    }
}
