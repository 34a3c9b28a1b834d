package tayori.senderid;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.dns.ZoneDns;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

class SenderIdTest {
    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");

    @ParameterizedTest(name = "RFC 4407 §2 {0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    step 1 Resent-Sender  | a@rs.example | Resent-Sender: a@rs.example~Sender: b@s.example~From: c@f.example
                    step 1 Resent-From of the same resending | a@rs.example | Resent-From: b@rf.example~Resent-Sender: a@rs.example~From: c@f.example
                    step 1 older resending | b@rf.example | Resent-From: b@rf.example~Received: x~Resent-Sender: a@rs.example~From: c@f.example
                    step 1 Return-Path between | b@rf.example | Resent-From: b@rf.example~Return-Path: <x@y.example>~Resent-Sender: a@rs.example
                    step 1 trace above both | a@rs.example | Received: x~Resent-From: b@rf.example~Resent-Sender: a@rs.example
                    step 1 empty Resent-Sender | b@s.example | Resent-Sender: ~Sender: b@s.example~From: c@f.example
                    step 2 first Resent-From | a@rf.example | Resent-From: a@rf.example~Resent-From: b@rf.example~From: c@f.example
                    step 3 Sender | b@s.example | Sender: B <b@s.example>~From: c@f.example, d@f.example
                    step 3 two Senders | | Sender: b@s.example~Sender: b@s.example~From: c@f.example
                    step 4 From | c@f.example | Received: x~From: "C, the Author" (co(mm)ent) <c@f.example>
                    step 4 empty From beside | c@f.example | From: ~From: c@f.example
                    step 4 two Froms | | From: c@f.example~From: d@f.example
                    step 5 two mailboxes | | From: c@f.example, d@f.example
                    step 5 no domain | | From: c
                    step 5 a group | | From: friends: c@f.example;
                    step 5 malformed | | From: <c@f.example
                    step 5 quoted local part | c d@f.example | From: "c d"@f.example
                    step 5 U-label | c@xn--bcher-kva.example | From: <c@bücher.example>
                    step 6 nothing | | Subject: x
                    """)
    void purportedResponsibleAddress(String step, String expected, String fields) {
        assertThat(ResponsibleAddress.of(head(fields.split("~"))).map(ResponsibleAddress::mailbox))
                .as(step)
                .isEqualTo(java.util.Optional.ofNullable(expected));
    }

    @ParameterizedTest(name = "RFC 4406 §4.4 {0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    v=spf1 -all                        | v=spf1 -all
                    spf2.0/pra +all                    | v=spf1 +all
                    spf2.0/mfrom,pra ?all              | v=spf1 ?all
                    SPF2.7/PRA ?all                    | v=spf1 ?all
                    v=spf1 -all~spf2.0/pra +all        | v=spf1 +all
                    v=spf1 -all~spf2.0/mfrom +all      | v=spf1 -all
                    spf2.0/pra a~spf2.0/pra mx         | v=spf1 a~v=spf1 mx
                    spf2.x/pra +all                    | none
                    spf2.0 +all                        | none
                    spf2.0/pra, +all                   | none
                    spf2.0/mfrom +all                  | none
                    """)
    void recordSelection(String published, String seen) {
        var zone = ZoneDns.builder();
        for (var text : published.split("~")) {
            zone.txt("example.com", text);
        }
        var records =
                new ScopedRecords(zone.build(), Scope.PRA)
                        .query(DomainName.of("example.com"), RecordType.TXT).texts().stream()
                                .filter(t -> t.startsWith("v=spf1"))
                                .toList();
        assertThat(records.isEmpty() ? "none" : String.join("~", records)).isEqualTo(seen);
    }

    @Test
    void otherTextsStayForExplanations() {
        var zone = ZoneDns.builder().txt("a.example", "hello").txt("a.example", "spf2.0/pra");
        assertThat(
                        new ScopedRecords(zone.build(), Scope.PRA)
                                .query(DomainName.of("a.example"), RecordType.TXT)
                                .texts())
                .containsExactly("v=spf1", "hello");
    }

    @Test
    void asksSpfForTheResponsibleAddress() {
        var zone = ZoneDns.builder().txt("f.example", "spf2.0/pra +all").build();
        var result =
                new SenderId(zone, SenderIdTest::allOnly)
                        .checkResponsibleAddress(CLIENT, head("From: c@f.example"), "h.example");
        assertThat(result.verdict()).isEqualTo(Verdict.PASS);
        assertThat(result.reason()).isEqualTo("c@f.example h.example v=spf1 +all");
        assertThat(result.address().orElseThrow().field()).isEqualTo("From");
    }

    @Test
    void mailFromScopeSeesItsOwnRecords() {
        var zone =
                ZoneDns.builder()
                        .txt("f.example", "spf2.0/mfrom ?all")
                        .txt("f.example", "v=spf1 -all")
                        .build();
        var senderId = new SenderId(zone, SenderIdTest::allOnly);
        assertThat(senderId.checkMailFrom(CLIENT, "a@f.example", "h.example").reason())
                .isEqualTo("a@f.example h.example v=spf1 ?all");
        assertThat(senderId.checkMailFrom(CLIENT, "", "f.example").reason())
                .isEqualTo("postmaster@f.example f.example v=spf1 ?all");
        assertThat(senderId.checkMailFrom(CLIENT, "", "").verdict()).isEqualTo(Verdict.NONE);
    }

    @Test
    void withoutAddressOrDomainItFails() {
        var zone =
                ZoneDns.builder()
                        .broken("slow.example", Trouble.TIMEOUT)
                        .name("empty.example")
                        .build();
        var senderId = new SenderId(zone, SenderIdTest::allOnly);
        assertThat(verdict(senderId, "Subject: x")).isEqualTo(Verdict.FAIL);
        assertThat(verdict(senderId, "From: a@gone.example")).isEqualTo(Verdict.FAIL);
        assertThat(verdict(senderId, "From: a@slow.example")).isEqualTo(Verdict.TEMPERROR);
        assertThat(verdict(senderId, "From: a@empty.example")).isEqualTo(Verdict.NONE);
    }

    @Test
    void aFieldOfAMegabyteOrOfManyCommentsIsReadAllTheSame() {
        String deep = "(".repeat(100_000) + ")".repeat(100_000);
        assertThat(ResponsibleAddress.of(head("From: c@f.example " + deep))).isPresent();
        assertThat(ResponsibleAddress.of(head("From: c@f.example" + " ".repeat(1 << 20))))
                .isPresent();
        assertThat(ResponsibleAddress.of(head("From: c@f.example " + deep + "("))).isEmpty();
    }

    private static Verdict verdict(SenderId senderId, String field) {
        return senderId.checkResponsibleAddress(CLIENT, head(field), "h.example").verdict();
    }

    private static SpfEvaluation.Outcome allOnly(
            Dns records, InetAddress client, String sender, String helo) {
        var domain = DomainName.of(sender.substring(sender.indexOf('@') + 1));
        String record = String.join("~", records.query(domain, RecordType.TXT).texts());
        return new SpfEvaluation.Outcome(Verdict.PASS, sender + " " + helo + " " + record);
    }

    private static MessageHead head(String... fields) {
        return new MessageHead(
                Arrays.stream(fields)
                        .map(f -> HeaderField.ofRaw(f.getBytes(StandardCharsets.UTF_8)))
                        .toList());
    }
}
