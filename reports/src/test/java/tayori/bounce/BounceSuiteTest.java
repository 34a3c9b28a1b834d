package tayori.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tayori.bounce.BounceReading.AutoReply;
import tayori.bounce.BounceReading.Bounce;
import tayori.bounce.BounceReading.Recipient;
import tayori.conformance.Suite;
import tayori.conformance.Suite.Dispute;
import tools.jackson.databind.JsonNode;

/// The suite `bounce`: Sisimai's and Mailman's collections.
///
/// Sisimai labels a mail with one reason a recipient, out of 34; each is compared with our [Verdict]. Mailman labels it
/// with the addresses, and whether it is a warning only; both are compared. `disputed.tsv` holds the cases in which we
/// answer otherwise on purpose, `gaps.tsv` those that we do not read yet; either way our answer is asserted.
class BounceSuiteTest {
    private static final Suite SUITE = Suite.of("bounce");
    private static final Map<String, Dispute> DISPUTES = SUITE.disputes();
    private static final Map<String, Dispute> GAPS = SUITE.table("gaps.tsv");

    /// Sisimai's reasons that speak of the mail or its sender.
    private static final Set<String> OF_POLICY =
            Set.of(
                    "authfailure",
                    "badreputation",
                    "blocked",
                    "contenterror",
                    "norelaying",
                    "notcompliantrfc",
                    "policyviolation",
                    "rejected",
                    "requireptr",
                    "securityerror",
                    "spamdetected");

    /// Reasons of which Sisimai does not say more than that it is not for good: `filtered` is whatever is refused after
    /// DATA, and rates are a matter of policy as well as of the moment.
    private static final Set<String> OF_EITHER =
            Set.of("filtered", "onhold", "undefined", "speeding", "toomanyconn");

    @TestFactory
    Stream<DynamicTest> mails() {
        return SUITE.cases("cases.json", 484).stream()
                .map(one -> DynamicTest.dynamicTest(one.get("id").asString(), () -> check(one)));
    }

    private static void check(JsonNode one) {
        String id = one.get("id").asString();
        var reading = BounceReader.read(SUITE.bytes(one.get("file").asString()));
        boolean agrees =
                id.startsWith("flufl/") ? asMailman(one, reading) : asSisimai(one, reading);
        var other = DISPUTES.getOrDefault(id, GAPS.get(id));
        if (other == null) {
            assertThat(agrees).as(inWords(reading)).isTrue();
        } else {
            assertThat(inWords(reading)).isEqualTo(other.ours());
            assertThat(agrees).isFalse();
        }
    }

    private static String inWords(BounceReading reading) {
        return switch (reading) {
            case Bounce bounce ->
                    bounce.recipients().stream()
                            .map(Recipient::toString)
                            .collect(Collectors.joining(", "));
            case AutoReply(var kind) -> "auto-reply: " + kind;
            case BounceReading.NoBounce _ -> "no bounce";
        };
    }

    // ---- Mailman

    private static boolean asMailman(JsonNode one, BounceReading reading) {
        var expected = new TreeSet<String>();
        one.path("recipients").forEach(address -> expected.add(lower(address.asString())));
        var ours = new TreeSet<String>();
        boolean warning = false;
        if (reading instanceof Bounce bounce) {
            bounce.recipients().forEach(r -> r.address().ifPresent(a -> ours.add(lower(a))));
            warning = bounce.recipients().stream().anyMatch(r -> r.verdict() == Verdict.DELAYED);
        }
        return ours.equals(expected)
                && (ours.isEmpty() || warning == one.path("temporary").asBoolean());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    // ---- Sisimai

    private static boolean asSisimai(JsonNode one, BounceReading reading) {
        if (!one.has("expect")) {
            return true; // no label: that nothing throws is all there is to see
        }
        var expect = one.get("expect");
        String first = expect.isEmpty() ? "" : Suite.text(expect.get(0), "reason");
        if (expect.isEmpty() || first.equals("feedback")) {
            return !(reading instanceof Bounce);
        }
        if (first.equals("vacation")) {
            return reading instanceof AutoReply;
        }
        return reading instanceof Bounce bounce && agrees(expect, bounce.recipients());
    }

    private static boolean agrees(JsonNode expect, List<Recipient> recipients) {
        if (expect.size() != recipients.size()) {
            return false;
        }
        var left = new ArrayList<>(recipients);
        for (var label : expect) {
            var match = left.stream().filter(recipient -> agrees(label, recipient)).findFirst();
            if (match.isEmpty()) {
                return false;
            }
            left.remove(match.get());
        }
        return true;
    }

    private static boolean agrees(JsonNode label, Recipient recipient) {
        String reason = Suite.text(label, "reason");
        var verdict = recipient.verdict();
        if (label.get("hardBounce").asBoolean()) {
            return verdict == Verdict.HARD;
        }
        if (reason.equals("delivered")) {
            return verdict == Verdict.DELIVERED;
        }
        // A status of class 4 may be a warning: Sisimai has no word for those.
        if (verdict == Verdict.DELAYED) {
            return Suite.text(label, "status").startsWith("4.") || !OF_POLICY.contains(reason);
        }
        if (OF_EITHER.contains(reason)) {
            return reason.equals("filtered") || verdict != Verdict.HARD;
        }
        return verdict == (OF_POLICY.contains(reason) ? Verdict.POLICY : Verdict.SOFT);
    }
}
