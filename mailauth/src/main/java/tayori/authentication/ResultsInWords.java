package tayori.authentication;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tayori.arc.ArcResult;
import tayori.authres.MethodResult;
import tayori.authres.Property;
import tayori.bimi.BimiResult;
import tayori.dkim.DkimResult;
import tayori.dkim.SignatureFacts;
import tayori.domainkeys.DomainKeyResult;
import tayori.iprev.IprevResult;
import tayori.message.AuthorDomains;
import tayori.senderid.SenderIdResult;
import tayori.spf.SpfResult;

/// Says results in the words of Authentication-Results: methods and properties as the registry of RFC 8601 §6 has them,
/// the reason as a comment for people.
final class ResultsInWords {
    /// Most DKIM signatures that get words of their own, the topmost first; one comment counts the others. A mail may
    /// carry hundreds, and a field that long would be cut by the next MTA.
    static final int MAX_SIGNATURES = 16;

    private ResultsInWords() {}

    static List<MethodResult> of(Authentication mail) {
        var words = new ArrayList<MethodResult>(8);
        mail.iprev().ifPresent(result -> words.add(iprev(result, mail)));
        if (mail.hasClient()) {
            words.add(spf(mail));
        }
        if (!mail.mailFrom().isEmpty()) {
            mail.spfOfHelo()
                    .ifPresent(result ->
                            words.add(
                                    MethodResult.of(
                                                    "spf",
                                                    result.result(),
                                                    new Property("smtp", "helo", mail.helo()))
                                            .withComment(result.reason())));
        }
        mail.senderId().ifPresent(result -> words.add(senderId(result)));
        int signatures = Math.min(mail.dkim().size(), MAX_SIGNATURES);
        for (int i = 0; i < signatures; i++) {
            words.add(dkim(mail.dkim().get(i)));
        }
        if (mail.dkim().size() > signatures) {
            int more = mail.dkim().size() - signatures;
            words.add(words.removeLast().withComment("and " + more + " more signatures"));
        }
        for (var signature : mail.domainKeys()) {
            words.add(domainKeys(signature));
        }
        if (!(mail.arc() instanceof ArcResult.None)) {
            words.add(arc(mail));
        }
        words.add(dmarc(mail));
        mail.bimi().ifPresent(result -> words.add(bimi(result)));
        return words;
    }

    private static MethodResult iprev(IprevResult result, Authentication mail) {
        var words =
                MethodResult.of(
                        "iprev",
                        result.word(),
                        new Property("policy", "iprev", mail.client().getHostAddress()));
        return switch (result) {
            case IprevResult.Pass(var hostName) -> words.withComment(hostName.toString());
            case IprevResult.Fail(var reason) -> words.withComment(reason);
            case IprevResult.PermError(var reason) -> words.withComment(reason);
            case IprevResult.TempError(var reason) -> words.withComment(reason);
        };
    }

    private static MethodResult spf(Authentication mail) {
        var identity =
                mail.mailFrom().isEmpty()
                        ? new Property("smtp", "helo", mail.helo())
                        : new Property("smtp", "mailfrom", mail.mailFrom());
        var words =
                MethodResult.of("spf", mail.spf().result(), identity)
                        .withComment(mail.spf().reason());
        // The domain owner's own words (RFC 7208 §6.2), and marked as such.
        return mail.spf() instanceof SpfResult.Fail fail && fail.explanation().isPresent()
                ? words.withComment(fail.domain() + " explains: " + fail.explanation().get())
                : words;
    }

    private static MethodResult senderId(SenderIdResult result) {
        var words =
                result.address()
                        .map(address ->
                                MethodResult.of(
                                        "sender-id",
                                        result.verdict().word(),
                                        new Property("header", address.field(), address.mailbox())))
                        .orElseGet(() -> MethodResult.of("sender-id", result.verdict().word()));
        return words.withComment(result.reason() + ", informational");
    }

    private static MethodResult dkim(DkimResult result) {
        var words = new ArrayList<Property>(5);
        result.facts().ifPresent(facts -> properties(facts, words));
        return new MethodResult(
                "dkim",
                1,
                result.keyword(),
                Optional.empty(),
                List.of(result.text() + result.facts().map(ResultsInWords::caveats).orElse("")),
                words);
    }

    private static void properties(SignatureFacts facts, List<Property> words) {
        add("d", facts.domain(), words);
        add("i", facts.identity(), words);
        add("s", facts.selector(), words);
        add("a", facts.algorithm(), words);
        add("b", facts.signatureStart(), words); // RFC 6008 §4
    }

    private static void add(String tag, String value, List<Property> words) {
        if (!value.isEmpty()) {
            words.add(new Property("header", tag, value));
        }
    }

    /// What a reader of a good result should know besides.
    private static String caveats(SignatureFacts facts) {
        String testing = facts.testing() ? ", key in test mode" : "";
        return facts.bodyLimit().isEmpty()
                ? testing
                : testing + ", l= leaves " + facts.octetsBeyond() + " octets unsigned";
    }

    private static MethodResult domainKeys(DomainKeyResult result) {
        return MethodResult.of(
                        "domainkeys",
                        result.outcome().keyword(),
                        new Property("header", "d", result.domain()))
                .withComment(result.text() + ", informational");
    }

    private static MethodResult arc(Authentication mail) {
        var words = new ArrayList<Property>(2);
        if (mail.hasClient()) {
            words.add(new Property("smtp", "remote-ip", mail.client().getHostAddress()));
        }
        String comment =
                switch (mail.arc()) {
                    case ArcResult.None _ -> "not sealed";
                    case ArcResult.Pass(int instances, int oldestPass, var hops) -> {
                        words.add(
                                new Property(
                                        "header", "oldest-pass", Integer.toString(oldestPass)));
                        yield "i="
                                + instances
                                + hops.getFirst()
                                        .domain()
                                        .map(domain -> " sealed by " + domain)
                                        .orElse("");
                    }
                    case ArcResult.Fail(_, var text, int instances, _) ->
                            "i=" + instances + ", " + text;
                };
        return new MethodResult(
                "arc", 1, mail.arc().status().word(), Optional.empty(), List.of(comment), words);
    }

    private static MethodResult dmarc(Authentication mail) {
        var words = new ArrayList<Property>(2);
        if (mail.author() instanceof AuthorDomains.One(var domain, _)) {
            words.add(new Property("header", "from", domain.toString()));
        }
        var applied = mail.dmarc().findings().applied();
        applied.ifPresent(
                policy -> words.add(new Property("policy", "dmarc", policy.policy().toString())));
        String by = applied.map(policy -> ", policy of " + policy.policyDomain()).orElse("");
        return new MethodResult(
                "dmarc",
                1,
                mail.dmarc().keyword(),
                Optional.empty(),
                List.of(mail.dmarc().reason() + by),
                words);
    }

    private static MethodResult bimi(BimiResult result) {
        return switch (result) {
            case BimiResult.Pass(var domain, var selector, _, _) ->
                    MethodResult.of(
                                    "bimi",
                                    result.word(),
                                    new Property("header", "d", domain.toString()),
                                    new Property("header", "selector", selector))
                            .withComment("record found, evidence not checked");
            case BimiResult.Declined(var domain, var selector) ->
                    MethodResult.of(
                            "bimi",
                            result.word(),
                            new Property("header", "d", domain.toString()),
                            new Property("header", "selector", selector));
            case BimiResult.None() -> MethodResult.of("bimi", result.word());
            case BimiResult.Fail(var reason) ->
                    MethodResult.of("bimi", result.word()).withComment(reason);
            case BimiResult.TempError(var reason) ->
                    MethodResult.of("bimi", result.word()).withComment(reason);
            case BimiResult.Skipped(var reason) ->
                    MethodResult.of("bimi", result.word()).withComment(reason);
        };
    }
}
