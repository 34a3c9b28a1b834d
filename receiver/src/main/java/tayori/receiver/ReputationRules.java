package tayori.receiver;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tayori.lists.ListAnswer;
import tayori.receiver.DecisionRules.Verdict;
import tayori.reputation.IdentityKind;
import tayori.reputation.ListedFor;
import tayori.reputation.Published;
import tayori.reputation.SenderClass;

/// What a receiver makes of a sender's reputation and of other people's lists. Start from [#DEFAULTS].
///
/// Asked only where DMARC leaves a mail alone: a good name never saves a mail that fails the policy of its author domain,
/// but for `trustForwarders`.
///
/// @param onListed what to do with mail of a domain on the list of bad senders
/// @param onListedBlock the same for mail that authenticates nothing, from a listed block of addresses
/// @param onListedElsewhere what to do where other people's lists together reach `elsewhereLimit`
/// @param elsewhereLimit weight that decides, in either direction
/// @param onBeyondAllowance what to do with what a young domain sends beyond its daily allowance
/// @param minScore a score below this is low; 0 for none
/// @param onLowScore what to do with mail of a low score
/// @param whitelistExempts whether a place on the whitelist, ours or others', spares a sender the last three
/// @param trustForwarders whether mail that fails DMARC is believed to be forwarded where a forwarder or list on our
///     whitelist authenticates
public record ReputationRules(
        Action onListed,
        Action onListedBlock,
        Action onListedElsewhere,
        int elsewhereLimit,
        Action onBeyondAllowance,
        int minScore,
        Action onLowScore,
        boolean whitelistExempts,
        boolean trustForwarders) {
    /// Files what our own reputation lists; labels the rest.
    public static final ReputationRules DEFAULTS =
            new ReputationRules(
                    Action.JUNK,
                    Action.JUNK,
                    Action.ACCEPT,
                    100,
                    Action.ACCEPT,
                    0,
                    Action.JUNK,
                    true,
                    false);

    public ReputationRules {
        if (elsewhereLimit < 1 || minScore < 0 || minScore > 100) {
            throw new IllegalArgumentException("no limit of weight or score");
        }
    }

    /// In the order of [Reason]; nothing where reputation has no say.
    Optional<Verdict> judge(SenderStanding standing, List<String> evidence) {
        standing.published().ifPresent(published -> evidence.add(words(published)));
        standing.findings().stream()
                .filter(finding -> finding.answer() instanceof ListAnswer.Listed)
                .forEach(finding -> evidence.add(finding.words()));
        var listed = standing.published().flatMap(Published::listed);
        if (listed.isPresent()) {
            return Optional.of(
                    isBlock(standing)
                            ? new Verdict(onListedBlock, Reason.ADDRESS_BLOCK_LISTED)
                            : new Verdict(onListed, Reason.SENDER_LISTED));
        }
        var doubt = doubt(standing);
        return doubt.isPresent() && isExempt(standing)
                ? Optional.of(new Verdict(Action.ACCEPT, Reason.SENDER_WHITELISTED))
                : doubt;
    }

    private Optional<Verdict> doubt(SenderStanding standing) {
        if (standing.listWeight() >= elsewhereLimit) {
            return Optional.of(new Verdict(onListedElsewhere, Reason.LISTED_ELSEWHERE));
        }
        if (standing.beyondAllowance()) {
            return Optional.of(new Verdict(onBeyondAllowance, Reason.BEYOND_ALLOWANCE));
        }
        var score = standing.published().map(Published::score);
        return score.isPresent() && score.get().isPresent() && score.get().getAsInt() < minScore
                ? Optional.of(new Verdict(onLowScore, Reason.LOW_SCORE))
                : Optional.empty();
    }

    private boolean isExempt(SenderStanding standing) {
        boolean white =
                standing.published()
                        .flatMap(Published::white)
                        .filter(place -> place.senderClass() != SenderClass.FORWARDER)
                        .isPresent();
        return whitelistExempts && (white || standing.listWeight() <= -elsewhereLimit);
    }

    private static boolean isBlock(SenderStanding standing) {
        return standing.responsible()
                .filter(identity -> identity.kind() == IdentityKind.ADDRESS_BLOCK)
                .isPresent();
    }

    /// The numbers, for operator and recipient.
    private static String words(Published published) {
        var words = new StringBuilder(120).append(published.subject()).append(':');
        published
                .listed()
                .map(ListedFor::words)
                .ifPresent(why -> words.append(" listed for ").append(why).append(','));
        if (published.allowance() >= 0) {
            words.append(" young, ")
                    .append(published.allowance())
                    .append(" messages a day allowed,");
        }
        published
                .score()
                .ifPresent(score -> words.append(" score ").append(score).append(" of 100,"));
        return words.append(
                        String.format(
                                Locale.ROOT,
                                " complaint rate %.2f %% of %d messages, confidence %.2f",
                                published.rate() * 100,
                                published.messages(),
                                published.confidence()))
                .append(published.volumeAlarm() ? ", volume alarm" : "")
                .toString();
    }
}
