package tayori.receiver;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tayori.lists.ListFinding;
import tayori.reputation.Identity;
import tayori.reputation.IdentityKind;
import tayori.reputation.Published;
import tayori.reputation.ReputationView;
import tayori.reputation.SenderClass;

/// Finds out how the sender of a mail stands, from memory alone. Thread-safe.
final class SenderLookup {
    private static final long SECONDS_OF_A_DAY = 86_400;

    private final ReputationView view;
    private final InstantSource clock;
    private final DailyVolume volume = new DailyVolume();

    SenderLookup(ReputationView view, InstantSource clock) {
        this.view = view;
        this.clock = clock;
    }

    /// Counts the mail against the allowance of its sender, where it has one.
    SenderStanding of(SenderIdentities sender, List<ListFinding> findings) {
        var now = clock.instant();
        var published = sender.responsible().flatMap(identity -> find(identity, now));
        return new SenderStanding(
                sender.responsible(),
                published,
                sender.responsible().isPresent()
                        && beyondAllowance(sender.responsible().get(), published, now),
                sender.charged().stream().anyMatch(identity -> isForwarder(identity, now)),
                findings);
    }

    private Optional<Published> find(Identity identity, Instant now) {
        return view.find(identity.subject()).filter(found -> now.isBefore(found.expires()));
    }

    /// Domains that nobody knows are counted too: they will be young in a moment, and these mails were theirs.
    private boolean beyondAllowance(Identity identity, Optional<Published> published, Instant now) {
        boolean grown = published.isPresent() && published.get().allowance() < 0;
        if (grown || identity.kind() == IdentityKind.ADDRESS_BLOCK) {
            return false;
        }
        String domain = published.map(Published::subject).orElse(identity.subject());
        long today = volume.count(domain, Math.floorDiv(now.getEpochSecond(), SECONDS_OF_A_DAY));
        return published.isPresent() && today > published.get().allowance();
    }

    /// An author is no forwarder: what passed DMARC needs none.
    private boolean isForwarder(Identity identity, Instant now) {
        return (identity.kind() == IdentityKind.DKIM || identity.kind() == IdentityKind.SPF)
                && find(identity, now)
                        .flatMap(Published::white)
                        .filter(white -> white.senderClass() == SenderClass.FORWARDER)
                        .isPresent();
    }
}
