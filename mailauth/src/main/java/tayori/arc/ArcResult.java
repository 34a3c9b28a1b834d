package tayori.arc;

import java.util.List;

/// The three results of RFC 8617 §4.4. There is no temporary error: RFC 8617 §5.2.1 makes every failure final, that of
/// the DNS too, and RFC 8617 §10.1 registers no fourth word.
public sealed interface ArcResult {
    /// Nobody sealed the mail.
    record None() implements ArcResult {}

    /// The chain is whole.
    ///
    /// @param oldestPass the lowest instance whose message signature still verifies, so nothing changed since that hop;
    ///     0 where all do (RFC 8617 §5.2 step 5). Hops deeper than [ArcOptions#oldestPassDepth] are not looked at
    /// @param hops newest first
    record Pass(int instances, int oldestPass, List<ArcHop> hops) implements ArcResult {
        public Pass {
            hops = List.copyOf(hops);
        }
    }

    /// The chain proves nothing.
    ///
    /// @param text for people
    /// @param instances the highest instance found
    /// @param hops newest first, as far as they could be read; nothing in them is proven
    record Fail(ArcReason reason, String text, int instances, List<ArcHop> hops)
            implements ArcResult {
        public Fail {
            hops = List.copyOf(hops);
        }
    }

    /// The status as a sealer writes it into `cv=`.
    default ChainStatus status() {
        return switch (this) {
            case None _ -> ChainStatus.NONE;
            case Pass _ -> ChainStatus.PASS;
            case Fail _ -> ChainStatus.FAIL;
        };
    }

    /// Why.
    default ArcReason reason() {
        return switch (this) {
            case None _ -> ArcReason.NOT_SEALED;
            case Pass _ -> ArcReason.VERIFIED;
            case Fail(var reason, _, _, _) -> reason;
        };
    }
}
