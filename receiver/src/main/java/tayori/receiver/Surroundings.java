package tayori.receiver;

import java.time.InstantSource;
import java.util.Optional;
import tayori.lists.OutsideLists;
import tayori.receipt.ReceiptIssuer;
import tayori.reputation.ReputationView;

/// Whom a receiver asks and tells, besides the DNS. Start from [#NONE].
///
/// @param reputation asked about every sender; without it no mail is labelled with one
/// @param lists other people's, asked while the mail comes
/// @param evidence told what was seen of every sender
/// @param receipts makes the proof of delivery that a complaint needs; without it readers' complaints have no weight
/// @param consent asked for every recipient before a mail is filtered
/// @param clock says which day it is for daily allowances, and whether what is published still holds
public record Surroundings(
        Optional<ReputationView> reputation,
        Optional<OutsideLists> lists,
        Optional<EvidenceCollector> evidence,
        Optional<ReceiptIssuer> receipts,
        ConsentBook consent,
        InstantSource clock) {
    /// A receiver on its own, whose recipients have all agreed.
    public static final Surroundings NONE =
            new Surroundings(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    ConsentBook.EVERYBODY,
                    InstantSource.system());

    /// Without receipts.
    public Surroundings(
            Optional<ReputationView> reputation,
            Optional<OutsideLists> lists,
            Optional<EvidenceCollector> evidence,
            ConsentBook consent,
            InstantSource clock) {
        this(reputation, lists, evidence, Optional.empty(), consent, clock);
    }
}
