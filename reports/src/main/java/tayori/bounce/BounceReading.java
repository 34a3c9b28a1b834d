package tayori.bounce;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What came of reading a message as a bounce.
public sealed interface BounceReading {
    /// Mail that came back, or is late, or was confirmed.
    ///
    /// @param recipients one for each, at least one
    /// @param originalMessageId `Message-ID` of the mail that came back, where the bounce quotes it
    record Bounce(List<Recipient> recipients, Optional<String> originalMessageId)
            implements BounceReading {
        public Bounce {
            recipients = List.copyOf(recipients);
        }

        /// Whether nothing failed for good or for now: a warning or a confirmation.
        public boolean isOnlyNews() {
            return recipients.stream()
                    .allMatch(r ->
                            r.verdict() == Verdict.DELAYED || r.verdict() == Verdict.DELIVERED);
        }

        /// How many recipients, and their verdicts; no addresses.
        @Override
        public String toString() {
            return "bounce of " + recipients;
        }
    }

    /// A reply that a machine wrote for its owner (RFC 3834): nobody failed to get the mail.
    ///
    /// @param kind `vacation`, `auto-replied`, `disposition` …: what made us think so
    record AutoReply(String kind) implements BounceReading {}

    /// Neither.
    ///
    /// @param reason why, for people
    record NoBounce(String reason) implements BounceReading {}

    /// One recipient of a mail that came back.
    ///
    /// @param address as the sender wrote it, else as the notice names it; nothing where it names none. Never taken from
    ///     the `To` of the mail that came back: there a list stands, or somebody else
    /// @param verdict what it means for the recipient
    /// @param reason why
    /// @param status the code the notice gives
    /// @param replyCode the SMTP reply code it quotes (RFC 5321 §4.2)
    /// @param diagnostic what the notice quotes of the receiving system, for people
    record Recipient(
            Optional<String> address,
            Verdict verdict,
            Reason reason,
            Optional<EnhancedStatus> status,
            OptionalInt replyCode,
            String diagnostic) {
        /// Verdict, reason and codes; no address, and no diagnostic, which often quotes one.
        @Override
        public String toString() {
            return verdict
                    + " "
                    + reason
                    + status.map(s -> " " + s).orElse("")
                    + (replyCode.isPresent() ? " " + replyCode.getAsInt() : "");
        }
    }
}
