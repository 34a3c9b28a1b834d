package tayori.reputation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Makes what is published about a subject out of what is known of its identities: the worst holds, for a spammer must
/// not be able to hide behind the better of two proofs.
public final class Publication {
    private Publication() {}

    /// - Listed when any identity is; the gravest reason is not weighed, the first in the order of the kinds is told.
    /// - White when its author identity earned it and none is listed and none has a volume alarm.
    /// - Rate, confidence, messages: of the identity with the worst rate among those of which enough is known; when there
    ///   is none, of the one of which most is known. The score is the lowest of those.
    /// - As old as its oldest identity: first seen and allowance are the domain's, not the signature's.
    ///
    /// @param ofItsIdentities at least one
    /// @throws IllegalArgumentException without any
    public static Published of(
            String subject,
            boolean withSubdomains,
            List<Standing> ofItsIdentities,
            Optional<Registration> registration) {
        if (ofItsIdentities.isEmpty()) {
            throw new IllegalArgumentException("nothing is known of " + subject);
        }
        var listed =
                ofItsIdentities.stream()
                        .sorted(Comparator.comparing(standing -> standing.identity().kind()))
                        .flatMap(standing -> standing.listed().stream())
                        .findFirst();
        boolean alarm = ofItsIdentities.stream().anyMatch(Standing::volumeAlarm);
        var worst = worst(ofItsIdentities);
        return new Published(
                subject,
                withSubdomains,
                listed,
                listed.isPresent() || alarm
                        ? Optional.empty()
                        : white(ofItsIdentities, registration),
                firstSeenHour(ofItsIdentities),
                allowance(ofItsIdentities),
                score(ofItsIdentities),
                worst.rate(),
                worst.confidence(),
                worst.messages(),
                alarm,
                listed.isPresent(),
                ofItsIdentities.stream()
                        .map(standing -> standing.rating().expires())
                        .min(Comparator.naturalOrder())
                        .orElseThrow());
    }

    private static Standing worst(List<Standing> standings) {
        return standings.stream()
                .filter(Standing::known)
                .max(Comparator.comparingDouble(Standing::rate))
                .or(() -> standings.stream().max(Comparator.comparingDouble(Standing::confidence)))
                .orElseThrow();
    }

    private static OptionalInt score(List<Standing> standings) {
        return standings.stream().flatMapToInt(standing -> standing.score().stream()).min();
    }

    private static long firstSeenHour(List<Standing> standings) {
        return standings.stream()
                .mapToLong(Standing::firstSeenHour)
                .filter(hour -> hour >= 0)
                .min()
                .orElse(IdentityState.NEVER);
    }

    private static long allowance(List<Standing> standings) {
        return standings.stream().anyMatch(standing -> standing.allowance() < 0)
                ? -1
                : standings.stream().mapToLong(Standing::allowance).max().orElseThrow();
    }

    private static Optional<Published.White> white(
            List<Standing> standings, Optional<Registration> registration) {
        return standings.stream()
                .filter(standing -> standing.identity().kind() == IdentityKind.AUTHOR)
                .map(Standing::whitelisting)
                .filter(Whitelisting::granted)
                .findFirst()
                .flatMap(earned ->
                        registration.map(registered ->
                                new Published.White(
                                        registered.senderClass(),
                                        earned.level(),
                                        vouches(registered, "list"),
                                        vouches(registered, "transaction"))));
    }

    private static boolean vouches(Registration registration, String mail) {
        return registration.mail().isEmpty() || registration.mail().contains(mail);
    }
}
