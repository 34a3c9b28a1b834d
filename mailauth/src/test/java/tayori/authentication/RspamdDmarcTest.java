package tayori.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tayori.conformance.Suite;
import tayori.conformance.Suite.Dispute;
import tayori.dmarc.DmarcResult;
import tayori.dns.ZoneDns;
import tayori.message.HeadLimits;
import tayori.message.HeadReading;
import tayori.message.MessageReader;
import tools.jackson.databind.JsonNode;

/// rspamd's DMARC cases: whole messages, from the connection to the result.
class RspamdDmarcTest {
    private static final Suite SUITE = new Suite("dmarc");
    private static final Map<String, Dispute> DISPUTES = SUITE.disputes();

    /// A client and a sender that nobody has authorized, where a case names none.
    private static final String SOME_CLIENT = "192.0.2.77";

    private static final String SOME_SENDER = "someone@unrelated.example";

    @TestFactory
    Stream<DynamicTest> suite() {
        var file = SUITE.json("rspamd.json");
        var authenticator =
                new MailAuthenticator(
                        zone(file.get("zone")),
                        InstantSource.system(),
                        AuthenticationOptions.DEFAULTS);
        return SUITE.counted(file.get("cases"), "rspamd.json", 12).stream()
                .map(one ->
                        DynamicTest.dynamicTest(
                                one.get("id").asString(), () -> judge(one, authenticator)));
    }

    private static void judge(JsonNode one, MailAuthenticator authenticator) throws IOException {
        var client =
                authenticator.connect(InetAddress.ofLiteral(text(one, "ip").orElse(SOME_CLIENT)));
        client.helo("client.unrelated.example");
        var mail = client.mail(text(one, "mailFrom").orElse(SOME_SENDER));
        var reader =
                new MessageReader(
                        new ByteArrayInputStream(SUITE.bytes(one.get("file").asString())),
                        HeadLimits.DEFAULTS);
        if (!(reader.head() instanceof HeadReading.Read(var head, _))) {
            throw new AssertionError("the head was not read");
        }
        mail.head(head);
        reader.body(mail::body);
        var dmarc = mail.finish().dmarc();
        String expected =
                Optional.ofNullable(DISPUTES.get(one.get("id").asString()))
                        .map(Dispute::ours)
                        .orElseGet(() -> expected(one));
        assertThat(said(dmarc)).as(dmarc.reason()).isEqualTo(expected);
    }

    /// `fail quarantine`, `pass`: the policy counts where the mail fails.
    private static String said(DmarcResult dmarc) {
        return dmarc.keyword()
                + dmarc.requestedPolicy().map(policy -> " " + policy.toString()).orElse("");
    }

    private static String expected(JsonNode one) {
        var expect = one.get("expect");
        Optional<String> policy =
                text(one, "rfc9989")
                        .map(today -> today.substring(today.lastIndexOf(' ') + 1))
                        .or(() -> text(expect, "policy"));
        return expect.get("result").asString() + policy.map(p -> " " + p).orElse("");
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name))
                .filter(value -> !value.isNull())
                .map(JsonNode::asString);
    }

    /// `NOREC` says that the name is there without such a record, `NXDOMAIN` that it is not there.
    private static ZoneDns zone(JsonNode names) {
        var zone = ZoneDns.builder();
        for (var name : names.properties()) {
            for (var type : name.getValue().properties()) {
                if (type.getValue().isArray()) {
                    type.getValue()
                            .forEach(value ->
                                    add(zone, name.getKey(), type.getKey(), value.asString()));
                } else if (type.getValue().asString().equals("NOREC")) {
                    zone.name(name.getKey());
                }
            }
        }
        return zone.build();
    }

    private static void add(ZoneDns.Builder zone, String name, String type, String value) {
        switch (type) {
            case "TXT" -> zone.txt(name, value);
            case "A", "AAAA" -> zone.address(name, value);
            case "MX" -> {
                int blank = value.indexOf(' ');
                zone.mx(
                        name,
                        Integer.parseInt(value.substring(0, blank)),
                        value.substring(blank + 1));
            }
            default -> throw new AssertionError("a record nobody reads: " + type);
        }
    }
}
