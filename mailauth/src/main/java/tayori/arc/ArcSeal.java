package tayori.arc;

import java.util.List;
import tayori.message.HeaderField;

/// What came of sealing.
public sealed interface ArcSeal {
    /// A new set.
    ///
    /// @param fields to be put on top of the message in this order: ARC-Seal, ARC-Message-Signature,
    ///     ARC-Authentication-Results
    record Sealed(int instance, List<HeaderField> fields) implements ArcSeal {
        public Sealed {
            fields = List.copyOf(fields);
        }
    }

    /// The message must be passed on without a set of ours.
    ///
    /// @param reason for people
    record Refused(String reason) implements ArcSeal {}
}
