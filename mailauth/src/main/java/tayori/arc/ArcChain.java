package tayori.arc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tayori.dkim.TagList;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

/// The ARC fields of a message put in order (RFC 8617 §5.2 steps 1 to 3).
///
/// @param instances the highest instance found, 0 without any
/// @param sets the sets in order, 1 first; only whole ones where there is a fault
/// @param fault why the chain cannot be verified; null for a good one
record ArcChain(int instances, List<ArcSet> sets, ArcResult.@Nullable Fail fault) {
    /// Highest instance and most sets. RFC 8617 §4.2.1.
    static final int MAX_INSTANCES = 50;

    /// Most octets in all ARC fields together. A seal covers all fields before it, so cost grows with the square of the
    /// chain; real chains have about 3 KiB a set.
    static final int MAX_OCTETS = 512 * 1024;

    static final String RESULTS = "ARC-Authentication-Results";
    static final String MESSAGE_SIGNATURE = "ARC-Message-Signature";
    static final String SEAL = "ARC-Seal";

    boolean isEmpty() {
        return instances == 0 && fault == null;
    }

    /// What the hops left, newest first.
    List<ArcHop> hops() {
        var hops = new ArrayList<ArcHop>(sets.size());
        for (var set : sets.reversed()) {
            hops.add(set.hop());
        }
        return hops;
    }

    /// Whether the newest sealer found the chain broken: nobody may seal it again (RFC 8617 §5.1.2).
    boolean endsInFailure() {
        for (var set : sets) {
            if (set.instance() == instances) {
                return set.chainStatus().equals(Optional.of(ChainStatus.FAIL));
            }
        }
        return false;
    }

    static ArcChain read(MessageHead head) {
        return new Reader().read(head);
    }

    private static final class Reader {
        private final @Nullable HeaderField[] results = new HeaderField[MAX_INSTANCES + 1];
        private final @Nullable Tagged[] signatures = new Tagged[MAX_INSTANCES + 1];
        private final @Nullable Tagged[] seals = new Tagged[MAX_INSTANCES + 1];
        private int highest;
        private int octets;
        private @Nullable ArcReason reason;
        private String text = "";

        private record Tagged(HeaderField field, TagList tags) {}

        ArcChain read(MessageHead head) {
            for (var field : head.fields()) {
                switch (field.key()) {
                    case "arc-authentication-results" -> {
                        if (fits(field)) {
                            results(field);
                        }
                    }
                    case "arc-message-signature" -> {
                        if (fits(field)) {
                            tagged(field, signatures);
                        }
                    }
                    case "arc-seal" -> {
                        if (fits(field)) {
                            tagged(field, seals);
                        }
                    }
                    default -> {
                        // not of the chain
                    }
                }
            }
            return chain();
        }

        private boolean fits(HeaderField field) {
            octets = Math.min(octets + field.raw().length, Integer.MAX_VALUE / 2);
            if (octets > MAX_OCTETS) {
                fault(ArcReason.TOO_LARGE, "more than " + MAX_OCTETS + " octets of ARC fields");
                return false;
            }
            return true;
        }

        private void results(HeaderField field) {
            int instance = instanceOfResults(field.value());
            if (seen(instance, RESULTS)) {
                if (results[instance] != null) {
                    fault(ArcReason.SET_INCOMPLETE, "i=" + instance + " has two " + RESULTS);
                }
                results[instance] = field;
            }
        }

        private void tagged(HeaderField field, @Nullable Tagged[] fields) {
            var tags = TagList.parse(field.raw(), field.colon() + 1);
            int instance = instance(tags.get("i").orElse(""));
            if (seen(instance, field.name())) {
                if (fields[instance] != null) {
                    fault(ArcReason.SET_INCOMPLETE, "i=" + instance + " has two " + field.name());
                }
                fields[instance] = new Tagged(field, tags);
            }
        }

        private boolean seen(int instance, String name) {
            if (instance < 1 || instance > MAX_INSTANCES) {
                fault(
                        instance > MAX_INSTANCES ? ArcReason.TOO_LARGE : ArcReason.INSTANCE_INVALID,
                        name + " without an instance from 1 to " + MAX_INSTANCES);
                return false;
            }
            highest = Math.max(highest, instance);
            return true;
        }

        private ArcChain chain() {
            var sets = new ArrayList<ArcSet>(highest);
            for (int i = 1; i <= highest; i++) {
                var aar = results[i];
                var signature = signatures[i];
                var seal = seals[i];
                if (aar == null || signature == null || seal == null) {
                    fault(ArcReason.SET_INCOMPLETE, "i=" + i + " is not complete");
                } else {
                    sets.add(
                            new ArcSet(
                                    i,
                                    aar,
                                    signature.field(),
                                    signature.tags(),
                                    seal.field(),
                                    seal.tags()));
                }
            }
            if (reason == null && !sets.isEmpty()) {
                chainValues(sets);
            }
            var chain = new ArcChain(highest, List.copyOf(sets), null);
            return reason == null
                    ? chain
                    : new ArcChain(
                            highest,
                            chain.sets(),
                            new ArcResult.Fail(reason, text, highest, chain.hops()));
        }

        private void chainValues(List<ArcSet> sets) {
            if (sets.getLast().chainStatus().equals(Optional.of(ChainStatus.FAIL))) {
                fault(ArcReason.SEALED_AS_FAILED, "the last sealer found the chain broken");
            }
            for (var set : sets) {
                var wanted = set.instance() == 1 ? ChainStatus.NONE : ChainStatus.PASS;
                if (!set.chainStatus().equals(Optional.of(wanted))) {
                    fault(
                            ArcReason.CHAIN_VALUE_INVALID,
                            "cv= of i=" + set.instance() + " is not " + wanted.word());
                }
            }
        }

        /// Remembers the first fault.
        private void fault(ArcReason because, String detail) {
            if (reason == null) {
                reason = because;
                text = detail;
            }
        }
    }

    /// One or two digits (RFC 8617 §4.2.1); 0 for anything else, a number too high for more digits.
    private static int instance(String digits) {
        if (digits.isEmpty()) {
            return 0;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return 0;
            }
        }
        return digits.length() > 2 ? MAX_INSTANCES + 1 : Integer.parseInt(digits);
    }

    /// `[CFWS] "i" [CFWS] "=" [CFWS] position [CFWS] ";"` (RFC 8617 §4.1.1); 0 for anything else.
    private static int instanceOfResults(String value) {
        int semicolon = value.indexOf(';');
        if (semicolon < 0) {
            return 0;
        }
        var prefix = new StringBuilder(8);
        int depth = 0;
        boolean gap = false;
        for (int i = 0; i < semicolon; i++) {
            char c = value.charAt(i);
            if (c == '(') {
                depth++;
                gap = true;
            } else if (c == ')' && depth > 0) {
                depth--;
            } else if (depth == 0 && (c == ' ' || c == '\t' || c == '\r' || c == '\n')) {
                gap = true;
            } else if (depth == 0) {
                int last = prefix.length() - 1;
                if (gap && last >= 0 && isDigit(c) && isDigit(prefix.charAt(last))) {
                    return 0; // "i=1 2" is not twelve
                }
                gap = false;
                prefix.append(c);
            }
        }
        boolean good = depth == 0 && prefix.length() > 2 && prefix.indexOf("i=") == 0;
        return good ? instance(prefix.substring(2)) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
