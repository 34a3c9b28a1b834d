package tayori.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.dns.ZoneDns;
import tayori.lists.OutsideList.Meaning;
import tayori.lists.OutsideList.Subject;

/// A list is believed only while it lists what it must and nothing that it must not.
class ListCheckTest {
    private static final DomainName ZONE = DomainName.of("list.example");
    private static final String TEST_ENTRY_OF_IPV6 =
            "2.0.0.0.0.0.f.7.f.f.f.f" + ".0".repeat(20) + ".list.example";

    private static OutsideList listOf(Subject... subjects) {
        return new OutsideList(
                "example",
                ZONE,
                Set.of(subjects),
                List.of(new Meaning(CodePattern.of("127.0.0.2-254"), "bad", 100)),
                false);
    }

    private static ZoneDns.Builder good() {
        return ZoneDns.builder()
                .address("2.0.0.127.list.example", "127.0.0.2")
                .address("test.list.example", "127.0.0.2")
                .address(TEST_ENTRY_OF_IPV6, "127.0.0.2");
    }

    private static java.util.Optional<String> check(Dns dns, Subject... subjects) {
        return ListCheck.of(listOf(subjects), dns, new Random(1));
    }

    @Test
    void rfc5782Section5AListThatAnswersItsTestEntriesWorks() {
        assertThat(check(good().build(), Subject.IPV4, Subject.IPV6, Subject.DOMAIN)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    nothing is listed                | IPV4   | 2.0.0.127: must be listed and is not
                    nothing is listed                | DOMAIN | test: must be listed and is not
                    nothing is listed                | IPV6   | 2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0: must be listed and is not
                    everything is listed             | IPV4   | 1.0.0.127: must not be listed and is
                    everything is listed             | DOMAIN | invalid: must not be listed and is
                    everything but INVALID is listed | DOMAIN | abcdefghijklmnop: must not be listed and is
                    we are blocked                   | IPV4   | 2.0.0.127: is answered with an error code
                    the zone changed hands           | DOMAIN | test: is answered with an error code
                    the DNS fails                    | DOMAIN | test: SERVFAIL for test.list.example A
                    """)
    void whatIsWrong(String how, Subject subject, String wrong) {
        Dns dns =
                switch (how) {
                    case "nothing is listed" -> ZoneDns.builder().build();
                    case "everything is listed" -> wildcard("127.0.0.2", "");
                    case "everything but INVALID is listed" -> wildcard("127.0.0.2", "invalid");
                    case "we are blocked" -> wildcard("127.255.255.254", "");
                    case "the zone changed hands" -> wildcard("192.0.2.80", "");
                    default -> good().broken("test.list.example", Trouble.SERVFAIL).build();
                };
        var letters = new int[1];
        var found =
                ListCheck.of(
                        listOf(subject),
                        dns,
                        (java.util.random.RandomGenerator)
                                new Random() {
                                    @Override
                                    public int nextInt(int bound) {
                                        return letters[0]++ % bound;
                                    }
                                });
        assertThat(found).contains(wrong);
    }

    private static Dns wildcard(String code, String butForLabel) {
        var none = ZoneDns.builder().build();
        var all = ZoneDns.builder().address("any.example", code).build();
        return (name, type) ->
                type == RecordType.A && !name.labels().getFirst().equals(butForLabel)
                        ? all.query(DomainName.of("any.example"), type)
                        : none.query(name, type);
    }

    @Test
    void aCertifierThatVouchesForNobodyKnowsWhomIsNotBelieved() {
        var certifier = DomainName.of("vouch.example");
        Dns forAll =
                (name, type) ->
                        ZoneDns.builder()
                                .txt("any.example", "all")
                                .build()
                                .query(DomainName.of("any.example"), type);
        assertThat(ListCheck.ofCertifier(certifier, forAll, new Random(1)).orElseThrow())
                .endsWith("must not be listed and is");
        assertThat(ListCheck.ofCertifier(certifier, good().build(), new Random(1))).isEmpty();
    }
}
