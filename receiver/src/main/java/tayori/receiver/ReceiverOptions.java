package tayori.receiver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tayori.message.HeadLimits;

/// How a receiver is set up. Start from [#named].
///
/// @param authservId the name under which results are added (RFC 8601 §2.5)
/// @param otherAuthservIds further names within our trust boundary: fields that claim them are forged
/// @param headLimits largest header section that is examined
/// @param ownNetworks clients whose mail is ours: passed on without examination
/// @param addReceivedSpf whether a Received-SPF field is added (RFC 7208 §9.1); Authentication-Results says the same
/// @param rules what is made of the results
/// @param junkAddress how mail of several recipients is filed for some of them; otherwise such mail is labelled only
/// @param supportUrl where a refused sender finds help; stands in the reply
public record ReceiverOptions(
        String authservId,
        List<String> otherAuthservIds,
        HeadLimits headLimits,
        List<Network> ownNetworks,
        boolean addReceivedSpf,
        DecisionRules rules,
        Optional<JunkAddress> junkAddress,
        Optional<String> supportUrl) {
    /// Without a way to file for some recipients, and without an address for help.
    public ReceiverOptions(
            String authservId,
            List<String> otherAuthservIds,
            HeadLimits headLimits,
            List<Network> ownNetworks,
            boolean addReceivedSpf,
            DecisionRules rules) {
        this(
                authservId,
                otherAuthservIds,
                headLimits,
                ownNetworks,
                addReceivedSpf,
                rules,
                Optional.empty(),
                Optional.empty());
    }

    public ReceiverOptions {
        otherAuthservIds = List.copyOf(otherAuthservIds);
        ownNetworks = List.copyOf(ownNetworks);
    }

    /// A receiver that labels, under this name.
    public static ReceiverOptions named(String authservId) {
        return new ReceiverOptions(
                authservId,
                List.of(),
                HeadLimits.DEFAULTS,
                List.of(),
                false,
                DecisionRules.DEFAULTS);
    }

    /// All names under which results are added within our trust boundary.
    List<String> authservIds() {
        var ids = new ArrayList<String>(otherAuthservIds);
        ids.add(authservId);
        return ids;
    }
}
