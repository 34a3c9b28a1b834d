package tayori.receiver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tayori.milter.Modifications;

/// What a decision comes to for the recipients of one mail: it is carried out for those who agreed to filtering, and a
/// label for all others.
///
/// A mail has one header and one answer for all its recipients. Where they differ, the mail is accepted, and for those who
/// agreed it goes to their Junk by a sub-address; the header says the same to everybody, so nobody learns from it who
/// agreed. Without sub-addresses such a mail is labelled only.
final class ConsentedFiltering {
    private final ConsentBook consent;
    private final Optional<JunkAddress> junkAddress;

    ConsentedFiltering(ConsentBook consent, Optional<JunkAddress> junkAddress) {
        this.consent = consent;
        this.junkAddress = junkAddress;
    }

    /// @param modifications where recipients are changed
    /// @return what is done with the mail as a whole
    Decision apply(Decision decision, Recipients recipients, Modifications modifications) {
        // To ask a client to come again when the DNS answers is no judgement of its mail.
        if (decision.action() == Action.ACCEPT || decision.reason() == Reason.DNS_TROUBLE) {
            return decision;
        }
        var agreeing = recipients.agreeing(consent);
        if (agreeing.size() == recipients.count() && !agreeing.isEmpty()) {
            return decision;
        }
        int filed = file(agreeing, modifications);
        var evidence = new ArrayList<>(decision.evidence());
        evidence.add(
                "%d of %d recipients agreed to filtering, filed for %d"
                        .formatted(agreeing.size(), recipients.count(), filed));
        return new Decision(Action.ACCEPT, decision.advised(), decision.reason(), evidence);
    }

    private int file(List<Recipients.Recipient> agreeing, Modifications modifications) {
        // Without arguments, some MTAs tell nobody when a recipient added by a filter cannot be
        // reached.
        boolean possible =
                junkAddress.isPresent()
                        && modifications.offered(tayori.milter.Action.DELETE_RECIPIENTS)
                        && modifications.offered(
                                tayori.milter.Action.ADD_RECIPIENTS_WITH_ARGUMENTS);
        int filed = 0;
        for (var one : possible ? agreeing : List.<Recipients.Recipient>of()) {
            var instead = junkAddress.get().of(one.address());
            if (instead.isPresent()) {
                modifications.deleteRecipient(one.address());
                modifications.addRecipient(
                        instead.get(), JunkAddress.arguments(one.address(), one.arguments()));
                filed++;
            }
        }
        return filed;
    }
}
