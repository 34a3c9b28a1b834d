package tayori.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tayori.arc.ArcHop;
import tayori.arc.ArcResult;
import tayori.authentication.Authentication;
import tayori.authres.MethodResult;
import tayori.bimi.BimiResult;
import tayori.cli.Shown.Colour;
import tayori.dkim.DkimResult;
import tayori.dkim.SignatureFacts;
import tayori.iprev.IprevResult;
import tayori.message.AuthorDomains;
import tayori.message.HeadLimits;
import tayori.receiver.Decision;
import tayori.receiver.DecisionRules;
import tayori.senderid.ResponsibleAddress;

/// What came of one mail, and how it is told.
sealed interface CheckedMail {
    /// Where the mail lay.
    String name();

    /// What a receiver with untouched rules would do.
    Decision decision();

    /// The word that the summary counts for a method: `dkim` is `pass` where one signature is.
    String word(Method method);

    JsonObject toJson();

    List<String> lines(Shown shown);

    /// The methods that the summary counts.
    enum Method {
        SPF,
        DKIM,
        ARC,
        DMARC;

        String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Its head is larger than we read.
    record TooLarge(String name, HeadLimits.Limit limit, int allowed) implements CheckedMail {
        @Override
        public Decision decision() {
            return DecisionRules.DEFAULTS.decideTooLarge(limit);
        }

        @Override
        public String word(Method method) {
            return "unread";
        }

        String reason() {
            return "the header section is larger than this program reads: "
                    + switch (limit) {
                        case HEAD_OCTETS -> "more than " + allowed + " octets";
                        case FIELD_OCTETS -> "a field of more than " + allowed + " octets";
                        case FIELDS -> "more than " + allowed + " fields";
                    };
        }

        @Override
        public JsonObject toJson() {
            return new JsonObject().put("file", name).put("error", reason());
        }

        @Override
        public List<String> lines(Shown shown) {
            return List.of(shown.in(Colour.BOLD, name), "  " + reason());
        }
    }

    /// Every method was asked.
    record Examined(String name, Authentication mail, String authservId) implements CheckedMail {
        @Override
        public Decision decision() {
            return DecisionRules.DEFAULTS.decide(mail);
        }

        @Override
        public String word(Method method) {
            return switch (method) {
                case SPF -> mail.hasClient() ? mail.spf().result() : "not checked";
                case DKIM ->
                        mail.dkim().stream().anyMatch(DkimResult.Pass.class::isInstance)
                                ? "pass"
                                : mail.dkim().getFirst().keyword();
                case ARC -> mail.arc().status().word();
                case DMARC -> mail.dmarc().keyword();
            };
        }

        // -------------------------------------------------------------------------------------------- for programs

        @Override
        public JsonObject toJson() {
            return new JsonObject()
                    .put("file", name)
                    .put("author", author())
                    .put("ip", mail.hasClient() ? mail.client().getHostAddress() : null)
                    .put("helo", mail.helo())
                    .put("mailFrom", mail.mailFrom())
                    .put("spf", mail.hasClient() ? SpfReport.result(mail.spf()) : null)
                    .put("spfHelo", mail.spfOfHelo().map(SpfReport::result).orElse(null))
                    .put("iprev", mail.iprev().map(Examined::iprev).orElse(null))
                    .put("dkim", dkim())
                    .put("arc", arc())
                    .put("dmarc", DmarcReport.of(mail.dmarc()).toJson())
                    .put("domainkeys", domainKeys())
                    .put("senderid", senderId())
                    .put("bimi", mail.bimi().map(Examined::bimi).orElse(null))
                    .put("authenticationResults", header())
                    .put("decision", decided())
                    .put("bodyOctets", mail.bodyOctets())
                    .put("dnsQuestions", mail.dnsQuestions());
        }

        private Optional<String> author() {
            return mail.author() instanceof AuthorDomains.One(var domain, _)
                    ? Optional.of(domain.toString())
                    : Optional.empty();
        }

        private String header() {
            return mail.toResults(authservId).toField().toString();
        }

        private static JsonObject iprev(IprevResult result) {
            return switch (result) {
                case IprevResult.Pass(var hostName) -> iprev(result, hostName.toString(), null);
                case IprevResult.Fail(var reason) -> iprev(result, null, reason);
                case IprevResult.PermError(var reason) -> iprev(result, null, reason);
                case IprevResult.TempError(var reason) -> iprev(result, null, reason);
            };
        }

        private static JsonObject iprev(
                IprevResult result, @Nullable String hostName, @Nullable String reason) {
            return new JsonObject()
                    .put("result", result.word())
                    .put("hostName", hostName)
                    .put("reason", reason);
        }

        private List<JsonObject> dkim() {
            var signatures = new ArrayList<JsonObject>();
            for (var result : mail.dkim()) {
                result.facts().ifPresent(facts -> signatures.add(dkim(result, facts)));
            }
            return signatures;
        }

        private static JsonObject dkim(DkimResult result, SignatureFacts facts) {
            return new JsonObject()
                    .put("result", result.keyword())
                    .put("reason", result.text())
                    .put("code", result.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .put("domain", facts.domain())
                    .put("identity", facts.identity())
                    .put("selector", facts.selector())
                    .put("algorithm", facts.algorithm())
                    .put("keyBits", facts.keyBits().isPresent() ? facts.keyBits().getAsInt() : null)
                    .put("testing", facts.testing())
                    .put(
                            "bodyLength",
                            facts.bodyLimit().isPresent() ? facts.bodyLimit().getAsLong() : null)
                    .put("octetsBeyond", facts.octetsBeyond())
                    .put(
                            "signedAt",
                            facts.signedAt().map(time -> time.getEpochSecond()).orElse(null))
                    .put(
                            "expiresAt",
                            facts.expiresAt().map(time -> time.getEpochSecond()).orElse(null))
                    .put("signedFields", facts.signedNames());
        }

        private JsonObject arc() {
            var result = mail.arc();
            var json = new JsonObject().put("result", result.status().word());
            return switch (result) {
                case ArcResult.None() -> arc(json, 0, null, List.of(), "not sealed");
                case ArcResult.Pass(int instances, int oldestPass, var hops) ->
                        arc(json, instances, oldestPass, hops, "the chain is whole");
                case ArcResult.Fail(_, var text, int instances, var hops) ->
                        arc(json, instances, null, hops, text);
            };
        }

        private static JsonObject arc(
                JsonObject json,
                int instances,
                @Nullable Integer oldestPass,
                List<ArcHop> hops,
                String reason) {
            return json.put("instances", instances)
                    .put("oldestPass", oldestPass)
                    .put(
                            "sealers",
                            hops.stream()
                                    .map(hop ->
                                            hop.domain()
                                                    .map(domain -> (Object) domain.toString())
                                                    .orElseGet(Optional::empty))
                                    .toList())
                    .put("reason", reason);
        }

        private List<JsonObject> domainKeys() {
            return mail.domainKeys().stream()
                    .map(result ->
                            new JsonObject()
                                    .put("result", result.outcome().keyword())
                                    .put("domain", result.domain())
                                    .put("selector", result.selector())
                                    .put("reason", result.text()))
                    .toList();
        }

        private @Nullable JsonObject senderId() {
            return mail.senderId()
                    .map(result ->
                            new JsonObject()
                                    .put("result", result.verdict().word())
                                    .put(
                                            "address",
                                            result.address().map(ResponsibleAddress::mailbox))
                                    .put("reason", result.reason()))
                    .orElse(null);
        }

        private static JsonObject bimi(BimiResult result) {
            var json =
                    new JsonObject()
                            .put("result", result.word())
                            .put("domain", Optional.empty())
                            .put("selector", Optional.empty())
                            .put("location", Optional.empty())
                            .put("reason", Optional.empty());
            return switch (result) {
                case BimiResult.Pass(var domain, var selector, var location, _) ->
                        json.put("domain", domain.toString())
                                .put("selector", selector)
                                .put("location", location.toString());
                case BimiResult.Declined(var domain, var selector) ->
                        json.put("domain", domain.toString()).put("selector", selector);
                case BimiResult.None() -> json;
                case BimiResult.Fail(var reason) -> json.put("reason", reason);
                case BimiResult.TempError(var reason) -> json.put("reason", reason);
                case BimiResult.Skipped(var reason) -> json.put("reason", reason);
            };
        }

        private JsonObject decided() {
            var decision = decision();
            return new JsonObject()
                    .put("action", decision.action().keyword())
                    .put("advised", decision.advised().keyword())
                    .put("reason", decision.reason().keyword())
                    .put("evidence", decision.evidence());
        }

        // -------------------------------------------------------------------------------------------- for people

        @Override
        public List<String> lines(Shown shown) {
            var lines = new ArrayList<String>();
            lines.add(shown.in(Colour.BOLD, name));
            lines.add(
                    "  "
                            + Shown.padded("author", 12)
                            + Shown.safe(
                                    switch (mail.author()) {
                                        case AuthorDomains.One(var domain, boolean clean) ->
                                                domain + (clean ? "" : " (From is badly written)");
                                        case AuthorDomains.None(var reason) -> reason;
                                        case AuthorDomains.Several(_, var reason) -> reason;
                                    }));
            if (!mail.hasClient()) {
                lines.add(
                        "  "
                                + Shown.padded("spf", 12)
                                + shown.in(Colour.FAINT, "not checked")
                                + ": give --ip, or --received to believe the topmost Received field");
            }
            for (var method : mail.toResults(authservId).results()) {
                lines.add(line(method, shown));
            }
            if (mail.arc() instanceof ArcResult.None) {
                lines.add("  " + Shown.padded("arc", 12) + shown.result("none") + ": not sealed");
            }
            var decision = decision();
            String advised =
                    decision.advised() == decision.action()
                            ? ""
                            : " (the rules advise: " + decision.advised().keyword() + ")";
            lines.add(
                    "  "
                            + Shown.padded("decision", 12)
                            + shown.in(Colour.BOLD, decision.action().keyword())
                            + advised
                            + ": "
                            + decision.reason().keyword()
                            + ", "
                            + decision.reason().sentence());
            lines.add("");
            for (String line : header().split("\r\n")) {
                lines.add("  " + Shown.safe(line.replace('\t', ' ')));
            }
            return lines;
        }

        private static String line(MethodResult method, Shown shown) {
            var properties = new StringBuilder();
            for (var property : method.properties()) {
                properties
                        .append(properties.isEmpty() ? "  " : " ")
                        .append(property.name())
                        .append('=')
                        .append(property.value());
            }
            return "  "
                    + Shown.padded(method.method(), 12)
                    + shown.result(method.result())
                    + ": "
                    + Shown.safe(String.join(", ", method.comments()))
                    + shown.in(Colour.FAINT, properties.toString());
        }
    }
}
