package tayori.spf;

import java.util.Optional;

/// One term of a record (RFC 7208 §4.6.1).
public sealed interface SpfTerm {
    /// As it stands in the record.
    String text();

    /// Whether it counts among the ten terms that ask the DNS (RFC 7208 §4.6.4).
    boolean asksDns();

    /// A mechanism and what its match means.
    record Directive(String text, Qualifier qualifier, Mechanism mechanism) implements SpfTerm {
        @Override
        public boolean asksDns() {
            return switch (mechanism) {
                case Include _, A _, Mx _, Ptr _, Exists _ -> true;
                case All _, Ip4 _, Ip6 _ -> false;
            };
        }
    }

    /// `redirect=`: the record to use where nothing matched (RFC 7208 §6.1).
    record Redirect(String text, MacroString domain) implements SpfTerm {
        @Override
        public boolean asksDns() {
            return true;
        }
    }

    /// `exp=`: where the explanation of a fail is published (RFC 7208 §6.2).
    record Explanation(String text, MacroString domain) implements SpfTerm {
        @Override
        public boolean asksDns() {
            return false;
        }
    }

    /// Any other modifier; it is checked for syntax and ignored (RFC 7208 §6).
    record UnknownModifier(String text, String name, MacroString value) implements SpfTerm {
        @Override
        public boolean asksDns() {
            return false;
        }
    }

    /// What a match means (RFC 7208 §4.6.2).
    enum Qualifier {
        PASS,
        FAIL,
        SOFTFAIL,
        NEUTRAL
    }

    /// The eight mechanisms of RFC 7208 §5.
    sealed interface Mechanism {}

    /// Always matches (§5.1).
    record All() implements Mechanism {}

    /// Matches where the other domain's record gives pass (§5.2).
    record Include(MacroString domain) implements Mechanism {}

    /// Matches the domain's addresses (§5.3).
    ///
    /// @param domain nothing: the current domain
    record A(Optional<MacroString> domain, int prefix4, int prefix6) implements Mechanism {}

    /// Matches the addresses of the domain's mail exchangers (§5.4).
    record Mx(Optional<MacroString> domain, int prefix4, int prefix6) implements Mechanism {}

    /// Matches clients whose confirmed reverse name lies within the domain (§5.5); publishers should not use it.
    record Ptr(Optional<MacroString> domain) implements Mechanism {}

    /// Matches an IPv4 network (§5.6).
    record Ip4(int network, int prefix) implements Mechanism {
        boolean contains(int address) {
            return prefix == 0 || (address ^ network) >>> (32 - prefix) == 0;
        }
    }

    /// Matches an IPv6 network (§5.6).
    record Ip6(long high, long low, int prefix) implements Mechanism {
        boolean contains(long addressHigh, long addressLow) {
            if (prefix <= 64) {
                return prefix == 0 || (addressHigh ^ high) >>> (64 - prefix) == 0;
            }
            return addressHigh == high && (addressLow ^ low) >>> (128 - prefix) == 0;
        }
    }

    /// Matches where the name has an A record, whatever the client's family (§5.7).
    record Exists(MacroString domain) implements Mechanism {}
}
