package tayori.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tayori.conformance.Suite;
import tayori.conformance.Suite.Dispute;
import tayori.dmarc.AuthenticatedIdentifier.Method;
import tayori.dmarc.DmarcRecord.AlignmentMode;
import tayori.dmarc.ReportDestinations.Destination;
import tayori.dns.ALabels;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.DnsRecord;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.dns.ZoneDns;
import tayori.message.AuthorDomains;
import tayori.message.HeaderField;
import tayori.message.MessageHead;
import tayori.psl.PublicSuffixList;
import tools.jackson.databind.JsonNode;

/// DMARC cases of our own by RFC 9989 and 9990, and of mailauth, OpenDMARC, mox, Mail::DMARC and mail-auth.
///
/// rspamd's cases need SPF and DKIM on whole messages: `tayori.authentication.RspamdDmarcTest` runs them.
class DmarcSuiteTest {
    private static final Suite SUITE = new Suite("dmarc");
    private static final Map<String, Dispute> DISPUTES = SUITE.disputes();

    @TestFactory
    Stream<DynamicTest> rfc9989() {
        return evaluations("rfc9989.json", 46);
    }

    @TestFactory
    Stream<DynamicTest> mailauth() {
        return evaluations("mailauth.json", 43);
    }

    private static Stream<DynamicTest> evaluations(String file, int count) {
        return SUITE.cases(file, count).stream()
                .map(one ->
                        DynamicTest.dynamicTest(one.get("id").asString(), () -> evaluation(one)));
    }

    private static void evaluation(JsonNode one) {
        var evaluator = new DmarcEvaluator(zone(one.get("zone")), DmarcOptions.TREE_WALK);
        var result =
                evaluator.evaluate(author(one.get("from")), Optional.empty(), identifiers(one));
        var expect = one.get("expect");
        var findings = result.findings();
        for (var entry : expect.properties()) {
            var value = entry.getValue();
            switch (entry.getKey()) {
                case "result" ->
                        assertThat(result.keyword())
                                .as(result.reason())
                                .isEqualTo(value.asString());
                case "policy" -> assertThat(applied(result).policy()).hasToString(value.asString());
                case "policyDomain", "recordDomain" ->
                        assertThat(applied(result).policyDomain()).hasToString(value.asString());
                case "orgDomain" ->
                        assertThat(
                                        findings.organizationalDomain()
                                                .or(() ->
                                                        evaluator.organizationalDomain(
                                                                findings.author().orElseThrow())))
                                .contains(DomainName.of(value.asString()));
                case "aligned" -> aligned(value, findings);
                case "strict" -> strict(value, applied(result).record());
                case "record" -> record(value, applied(result).record());
                case "queries" ->
                        assertThat(
                                        findings.questions().stream()
                                                .map(question -> question.name().toString()))
                                .containsExactlyElementsOf(
                                        value.valueStream().map(JsonNode::asString).toList());
                default ->
                        throw new AssertionError("an expectation nobody checks: " + entry.getKey());
            }
        }
    }

    private static AppliedPolicy applied(DmarcResult result) {
        return result.findings()
                .applied()
                .orElseThrow(() -> new AssertionError("no policy: " + result.reason()));
    }

    private static void aligned(JsonNode expected, DmarcFindings findings) {
        for (var entry : expected.properties()) {
            var method = entry.getKey().equals("spf") ? Method.SPF : Method.DKIM;
            assertThat(findings.aligned(method))
                    .as("%s in %s", method, findings)
                    .isEqualTo(entry.getValue().asBoolean());
        }
    }

    private static void strict(JsonNode expected, DmarcRecord record) {
        for (var entry : expected.properties()) {
            var mode =
                    entry.getKey().equals("spf") ? record.spfAlignment() : record.dkimAlignment();
            assertThat(mode == AlignmentMode.STRICT).isEqualTo(entry.getValue().asBoolean());
        }
    }

    private static void record(JsonNode expected, DmarcRecord record) {
        for (var entry : expected.properties()) {
            String tag = entry.getKey();
            assertThat(tag(record, tag)).as(tag).isEqualTo(entry.getValue().asString());
        }
    }

    private static String tag(DmarcRecord record, String tag) {
        return switch (tag) {
            case "v" -> "DMARC1";
            case "p" -> record.policy().toString();
            case "sp" -> record.effectiveSubdomainPolicy().toString();
            case "np" -> record.effectiveNonexistentPolicy().toString();
            case "adkim" -> record.dkimAlignment() == AlignmentMode.STRICT ? "s" : "r";
            case "aspf" -> record.spfAlignment() == AlignmentMode.STRICT ? "s" : "r";
            case "t" -> record.testing() ? "y" : "n";
            case "psd" ->
                    switch (record.publicSuffix()) {
                        case YES -> "y";
                        case NO -> "n";
                        case UNKNOWN -> "u";
                    };
            case "fo" ->
                    record.failureOptions().contains(DmarcRecord.FailureOption.ANY_FAILED)
                            ? "1"
                            : "0";
            case "rua" ->
                    String.join(
                            ",", record.aggregateReports().stream().map(ReportUri::uri).toList());
            case "ruf" ->
                    String.join(",", record.failureReports().stream().map(ReportUri::uri).toList());
            default -> throw new AssertionError("a tag nobody checks: " + tag);
        };
    }

    // ---- records

    @TestFactory
    Stream<DynamicTest> records() {
        return SUITE.cases("records.json", 112).stream()
                .map(one ->
                        DynamicTest.dynamicTest(
                                one.get("id").asString(), () -> publishedRecord(one)));
    }

    private static void publishedRecord(JsonNode one) {
        String id = one.get("id").asString();
        String text = one.get("record").asString();
        var dns =
                ZoneDns.builder()
                        .txt("_dmarc.example.com", text)
                        .address("example.com", "192.0.2.80")
                        .build();
        var result =
                new DmarcEvaluator(dns, DmarcOptions.TREE_WALK)
                        .evaluate(
                                AuthorDomains.of(DomainName.of("example.com")),
                                Optional.empty(),
                                List.of());
        String got =
                switch (result) {
                    case DmarcResult.Fail fail -> "p=" + fail.requestedPolicy().orElseThrow();
                    case DmarcResult.None _ ->
                            DmarcRecord.parse(text) instanceof DmarcRecord.Outcome.NotDmarc
                                    ? "ignored"
                                    : "no-dmarc";
                    case DmarcResult.Pass _, DmarcResult.PermError _, DmarcResult.TempError _ ->
                            result.keyword();
                };
        String expected = one.get("rfc9989").asString();
        var dispute = DISPUTES.get(id);
        if (expected.startsWith("unspecified")) {
            // RFC 9989 says nothing about a tag that stands twice; RFC 6376 §3.2 makes the list
            // invalid.
            expected = "permerror";
        }
        assertThat(got).isEqualTo(expected);
        if (one.has("parsed")) {
            parsed(one.get("parsed"), text, dispute != null);
        }
    }

    private static void parsed(JsonNode expected, String text, boolean disputed) {
        if (!(DmarcRecord.parse(text) instanceof DmarcRecord.Outcome.Usable(var record))) {
            throw new AssertionError("cannot be used: " + text);
        }
        for (var entry : expected.properties()) {
            if (entry.getValue().isArray()) {
                var uris =
                        entry.getKey().equals("rua")
                                ? record.aggregateReports()
                                : record.failureReports();
                var mailboxes = uris.stream().map(ReportUri::mailbox).toList();
                var wanted = entry.getValue().valueStream().map(JsonNode::asString).toList();
                if (disputed && entry.getKey().equals("rua")) {
                    assertThat(mailboxes).isNotEqualTo(wanted).hasSameSizeAs(wanted);
                } else {
                    assertThat(mailboxes).isEqualTo(wanted);
                }
            } else {
                assertThat(tag(record, entry.getKey()))
                        .as(entry.getKey())
                        .isEqualTo(entry.getValue().asString());
            }
        }
    }

    // ---- alignment by the Public Suffix List, RFC 7489 §3.1

    @TestFactory
    Stream<DynamicTest> alignmentByPublicSuffixList() {
        return SUITE.cases("alignment-psl.json", 7).stream()
                .map(one ->
                        DynamicTest.dynamicTest(one.get("id").asString(), () -> alignment(one)));
    }

    private static void alignment(JsonNode one) {
        var author = DomainName.parse(one.get("author").asString());
        var identifier = DomainName.parse(one.get("identifier").asString());
        boolean expected = one.get("aligned").asBoolean();
        if (author.isEmpty() || identifier.isEmpty()) {
            // No domain name at all, so it never gets as far as DMARC: that is no alignment,
            // whatever OpenDMARC makes
            // of dots.
            var dispute = DISPUTES.get("alignment-psl/" + one.get("id").asString());
            assertThat(expected).isEqualTo(dispute != null);
            return;
        }
        String mode = one.get("mode").asString().substring(0, 1);
        var dns =
                ZoneDns.builder()
                        .txt(
                                "_dmarc." + author.get(),
                                "v=DMARC1; p=reject; aspf=" + mode + "; adkim=" + mode)
                        .build();
        var options = DmarcOptions.publicSuffixList(PublicSuffixList.bundled());
        var result =
                new DmarcEvaluator(dns, options)
                        .evaluate(
                                AuthorDomains.of(author.get()),
                                Optional.empty(),
                                List.of(
                                        AuthenticatedIdentifier.spf(
                                                identifier.get(),
                                                AuthenticatedIdentifier.Outcome.PASS)));
        assertThat(result.keyword()).isEqualTo(expected ? "pass" : "fail");
    }

    // ---- report destinations, RFC 9990 §4

    @TestFactory
    Stream<DynamicTest> reportDestinations() {
        return SUITE.cases("report-destinations.json", 8).stream()
                .map(one ->
                        DynamicTest.dynamicTest(one.get("id").asString(), () -> destination(one)));
    }

    private static void destination(JsonNode one) {
        var uri = ReportUri.parse(one.get("rua").asString()).orElseThrow();
        var destinations =
                new ReportDestinations(zone(one.get("zone")), DmarcOptions.TREE_WALK)
                        .verify(DomainName.of(one.get("policyDomain").asString()), List.of(uri));
        var destination = destinations.getFirst();
        assertThat(destination instanceof Destination.Allowed)
                .as("%s", destination)
                .isEqualTo(one.get("allowed").asBoolean());
        if (one.has("sendTo") && destination instanceof Destination.Allowed(_, var sendTo)) {
            assertThat(sendTo.stream().map(ReportUri::uri))
                    .containsExactly(one.get("sendTo").asString());
        }
    }

    // ---- the suite's zones and identifiers

    private static AuthorDomains author(JsonNode from) {
        String value =
                from.isArray()
                        ? String.join(", ", from.valueStream().map(JsonNode::asString).toList())
                        : from.asString();
        return value.indexOf('@') < 0
                ? AuthorDomains.of(DomainName.of(value))
                : AuthorDomains.of(new MessageHead(List.of(HeaderField.of("From", value))));
    }

    private static List<AuthenticatedIdentifier> identifiers(JsonNode one) {
        var identifiers = new ArrayList<AuthenticatedIdentifier>();
        for (var method : Method.values()) {
            for (var node : one.get(method == Method.SPF ? "spf" : "dkim")) {
                var outcome =
                        switch (node.get("result").asString()) {
                            case "pass" -> AuthenticatedIdentifier.Outcome.PASS;
                            case "temperror" -> AuthenticatedIdentifier.Outcome.TEMP_ERROR;
                            default -> AuthenticatedIdentifier.Outcome.NO_PASS;
                        };
                var domain = ALabels.toDomainName(node.get("domain").asString()).orElseThrow();
                identifiers.add(new AuthenticatedIdentifier(method, domain, outcome));
            }
        }
        return identifiers;
    }

    private static ZoneDns zone(JsonNode zone) {
        var builder = ZoneDns.builder();
        for (var name : zone.properties()) {
            String at = ALabels.toDomainName(name.getKey()).orElseThrow().toString();
            builder.name(at);
            for (var records : name.getValue().properties()) {
                add(builder, at, records.getKey(), records.getValue());
            }
        }
        return builder.build();
    }

    private static void add(ZoneDns.Builder builder, String name, String type, JsonNode records) {
        if (records.isString()) {
            assertThat(records.asString()).isEqualTo("SERVFAIL");
            builder.broken(name, RecordType.valueOf(type), Trouble.SERVFAIL);
            return;
        }
        for (var record : records) {
            switch (type) {
                case "TXT" ->
                        builder.txt(
                                name,
                                record.isArray()
                                        ? String.join(
                                                "",
                                                record.valueStream()
                                                        .map(JsonNode::asString)
                                                        .toList())
                                        : record.asString());
                case "A", "AAAA" -> builder.address(name, record.asString());
                case "CAA" -> {} // the name exists, which is all that counts
                case "MX" ->
                        builder.record(
                                name,
                                RecordType.MX,
                                new DnsRecord.MailExchange(
                                        record.get("priority").asInt(),
                                        DomainName.of(record.get("exchange").asString())));
                default -> throw new AssertionError("a record type nobody knows: " + type);
            }
        }
    }
}
