package tayori.dkim;

import java.util.Optional;

/// What became of one signature: one record per result of RFC 8601 §2.7.1.
///
/// RFC 6376 §6.1 knows PERMFAIL and TEMPFAIL only; RFC 8601 tells apart why. A signature with a syntax error is
/// `neutral`, one that demands what cannot be is `permerror`, one that we choose not to look at is `policy`.
public sealed interface DkimResult {
    /// The message has no signature at all.
    record None() implements DkimResult {
        @Override
        public DkimReason reason() {
            return DkimReason.NOT_SIGNED;
        }

        @Override
        public String text() {
            return "not signed";
        }
    }

    /// The domain vouches for the message.
    record Pass(SignatureFacts signature, String text) implements DkimResult {
        @Override
        public DkimReason reason() {
            return DkimReason.VERIFIED;
        }
    }

    /// Body or header are not what was signed.
    record Fail(SignatureFacts signature, DkimReason reason, String text) implements DkimResult {}

    /// The signature is good or bad, but not acceptable here.
    record Policy(SignatureFacts signature, DkimReason reason, String text) implements DkimResult {}

    /// The signature cannot be read.
    record Neutral(SignatureFacts signature, DkimReason reason, String text)
            implements DkimResult {}

    /// The DNS could not say; later it may.
    record TempError(SignatureFacts signature, DkimReason reason, String text)
            implements DkimResult {}

    /// The signature cannot be verified, now or later.
    record PermError(SignatureFacts signature, DkimReason reason, String text)
            implements DkimResult {}

    DkimReason reason();

    /// For people; never holds text of the message.
    String text();

    /// The signature; nothing where there is none.
    default Optional<SignatureFacts> facts() {
        return switch (this) {
            case None _ -> Optional.empty();
            case Pass(var signature, _) -> Optional.of(signature);
            case Fail(var signature, _, _) -> Optional.of(signature);
            case Policy(var signature, _, _) -> Optional.of(signature);
            case Neutral(var signature, _, _) -> Optional.of(signature);
            case TempError(var signature, _, _) -> Optional.of(signature);
            case PermError(var signature, _, _) -> Optional.of(signature);
        };
    }

    /// The word of RFC 8601 §2.7.1.
    default String keyword() {
        return switch (this) {
            case None _ -> "none";
            case Pass _ -> "pass";
            case Fail _ -> "fail";
            case Policy _ -> "policy";
            case Neutral _ -> "neutral";
            case TempError _ -> "temperror";
            case PermError _ -> "permerror";
        };
    }
}
