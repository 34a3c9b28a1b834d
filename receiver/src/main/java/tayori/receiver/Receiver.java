package tayori.receiver;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tayori.arc.ArcSealer;
import tayori.authentication.MailAuthenticator;
import tayori.authres.ForgedResults;
import tayori.lists.ListFinding;
import tayori.milter.Action;
import tayori.milter.FilterNeeds;
import tayori.milter.MacroStage;
import tayori.milter.Macros;
import tayori.milter.MilterFilter;
import tayori.milter.MilterFilters;
import tayori.milter.Step;
import tayori.reputation.ReputationView;

/// Receives mail behind an MTA: authenticates, decides and labels. Thread-safe; one for a program.
public final class Receiver implements MilterFilters {
    final MailAuthenticator authenticator;
    final ReceiverOptions options;
    final Optional<ArcSealer> sealer;
    final ForgedResults forgedResults;
    final MailLog log;
    final ReceiverMetrics metrics;
    final Surroundings surroundings;
    final ConsentedFiltering filtering;
    final SmtpReplies replies;
    private final SenderLookup lookup;

    /// A receiver on its own: no reputation, no lists, no evidence, and all recipients agreed.
    public Receiver(
            MailAuthenticator authenticator,
            ReceiverOptions options,
            Optional<ArcSealer> sealer,
            MailLog log,
            ReceiverMetrics metrics) {
        this(authenticator, options, sealer, log, metrics, Surroundings.NONE);
    }

    /// @param sealer seals what it examined (RFC 8617 §5.1); by choice only, as RFC 8617 is on its way to Historic
    public Receiver(
            MailAuthenticator authenticator,
            ReceiverOptions options,
            Optional<ArcSealer> sealer,
            MailLog log,
            ReceiverMetrics metrics,
            Surroundings surroundings) {
        this.authenticator = authenticator;
        this.options = options;
        this.sealer = sealer;
        this.forgedResults = new ForgedResults(options.authservIds());
        this.log = log;
        this.metrics = metrics;
        this.surroundings = surroundings;
        this.filtering = new ConsentedFiltering(surroundings.consent(), options.junkAddress());
        this.replies = new SmtpReplies(options.supportUrl());
        this.lookup =
                new SenderLookup(
                        surroundings.reputation().orElse(ReputationView.EMPTY),
                        surroundings.clock());
    }

    /// How a sender stands with our reputation and other people's lists.
    SenderStanding standing(SenderIdentities sender, List<ListFinding> findings) {
        return lookup.of(sender, findings);
    }

    /// Hands on what was seen of a sender.
    void count(SenderIdentities sender, Recipients recipients, Decision decision) {
        surroundings.evidence().ifPresent(evidence -> evidence.mail(sender, recipients, decision));
    }

    @Override
    public MilterFilter connected(Macros macros) {
        return new InboundSession(this, macros);
    }

    /// All of the mail, without a single answer before its end: nothing is refused before DMARC could be asked, and a
    /// mail costs one round trip.
    @Override
    public FilterNeeds needs() {
        return new FilterNeeds(
                EnumSet.of(
                        Step.CONNECT,
                        Step.HELO,
                        Step.MAIL,
                        Step.RECIPIENT,
                        Step.HEADER,
                        Step.END_OF_HEADERS,
                        Step.BODY),
                Set.of(),
                actions(),
                Map.of(
                        MacroStage.CONNECT, List.of(),
                        MacroStage.HELO, List.of(),
                        MacroStage.MAIL, List.of("{auth_authen}"),
                        MacroStage.RECIPIENT, List.of(),
                        MacroStage.END_OF_MESSAGE, List.of("i")));
    }

    private Set<Action> actions() {
        var actions = EnumSet.of(Action.ADD_HEADERS, Action.CHANGE_HEADERS, Action.QUARANTINE);
        if (options.junkAddress().isPresent()) {
            actions.add(Action.DELETE_RECIPIENTS);
            actions.add(Action.ADD_RECIPIENTS_WITH_ARGUMENTS);
        }
        return actions;
    }
}
