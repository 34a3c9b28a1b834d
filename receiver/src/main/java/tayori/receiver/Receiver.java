package tayori.receiver;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tayori.arc.ArcSealer;
import tayori.authentication.MailAuthenticator;
import tayori.authres.ForgedResults;
import tayori.milter.Action;
import tayori.milter.FilterNeeds;
import tayori.milter.MacroStage;
import tayori.milter.Macros;
import tayori.milter.MilterFilter;
import tayori.milter.MilterFilters;
import tayori.milter.Step;

/// Receives mail behind an MTA: authenticates, decides and labels. Thread-safe; one for a program.
public final class Receiver implements MilterFilters {
    final MailAuthenticator authenticator;
    final ReceiverOptions options;
    final Optional<ArcSealer> sealer;
    final ForgedResults forgedResults;
    final MailLog log;
    final ReceiverMetrics metrics;

    /// @param sealer seals what it examined (RFC 8617 §5.1); by choice only, as RFC 8617 is on its way to Historic
    public Receiver(
            MailAuthenticator authenticator,
            ReceiverOptions options,
            Optional<ArcSealer> sealer,
            MailLog log,
            ReceiverMetrics metrics) {
        this.authenticator = authenticator;
        this.options = options;
        this.sealer = sealer;
        this.forgedResults = new ForgedResults(options.authservIds());
        this.log = log;
        this.metrics = metrics;
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
                        Step.HEADER,
                        Step.END_OF_HEADERS,
                        Step.BODY),
                Set.of(),
                Set.of(Action.ADD_HEADERS, Action.CHANGE_HEADERS, Action.QUARANTINE),
                Map.of(
                        MacroStage.CONNECT, List.of(),
                        MacroStage.HELO, List.of(),
                        MacroStage.MAIL, List.of("{auth_authen}"),
                        MacroStage.END_OF_MESSAGE, List.of("i")));
    }
}
