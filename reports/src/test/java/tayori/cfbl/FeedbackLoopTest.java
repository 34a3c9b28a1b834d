package tayori.cfbl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.cfbl.FeedbackLoop.None;
import tayori.cfbl.FeedbackLoop.Wanted;
import tayori.dns.DomainName;

class FeedbackLoopTest {
    private static final DomainName AUTHOR = DomainName.of("example.com");

    private static Vouching covering(String domain, int times) {
        var fields = new ArrayList<String>(List.of("From", "CFBL-Feedback-ID"));
        fields.addAll(Collections.nCopies(times, "cfbl-address"));
        return new Vouching(DomainName.of(domain), fields);
    }

    @ParameterizedTest(name = "RFC 9477 §5.1  {0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    fbl@example.com                      | fbl@example.com; report=arf
                    fbl@example.com; report=xarf         | fbl@example.com; report=xarf
                    (c) fbl@example.com ; report=arf     | fbl@example.com; report=arf
                    fbl@example.com; report=ARF          | none
                    fbl@example.com; Report=arf          | none
                    fbl@example.com;                     | none
                    <fbl@example.com>                    | none
                    fbl@example.com, x@example.com       | none
                    fbl@[192.0.2.1]                      | none
                    fbl@localhost                        | none
                    """)
    void addresses(String value, String read) {
        assertThat(CfblAddress.parse(value).map(CfblAddress::value).orElse("none")).isEqualTo(read);
    }

    /// §3.2: a list of addresses, each of which should receive a report.
    @Test
    void severalAddressesAreAllTold() {
        var loop =
                FeedbackLoop.decide(
                        AUTHOR,
                        List.of("a@example.com", "b@esp.example", "c@stranger.example"),
                        List.of(),
                        List.of(covering("example.com", 3), covering("esp.example", 3)));
        assertThat(((Wanted) loop).addresses())
                .extracting(CfblAddress::address)
                .containsExactly("a@example.com", "b@esp.example");
    }

    /// RFC 6376 §5.4.2: a field added on top of the signed one is covered by nothing.
    @Test
    void aFieldAddedOnTopIsNotVouchedFor() {
        assertThat(
                        FeedbackLoop.decide(
                                AUTHOR,
                                List.of("thief@example.com", "fbl@example.com"),
                                List.of(),
                                List.of(covering("example.com", 1))))
                .isInstanceOf(None.class);
    }

    /// §3.1.3: a provider adds the field to a mail that came signed.
    @Test
    void theAuthorsSignatureOfBeforeNeedNotCoverAThirdPartysAddress() {
        var author = new Vouching(AUTHOR, List.of("From"));
        var provider = covering("esp.example", 1);
        assertThat(
                        FeedbackLoop.decide(
                                AUTHOR,
                                List.of("fbl@esp.example"),
                                List.of(),
                                List.of(author, provider)))
                .isInstanceOf(Wanted.class);
        assertThat(
                        FeedbackLoop.decide(
                                AUTHOR, List.of("fbl@esp.example"), List.of(), List.of(provider)))
                .isInstanceOf(None.class);
    }

    @Test
    void moreAddressesThanWeWouldWriteToGetNothing() {
        var many = Collections.nCopies(FeedbackLoop.MAX_ADDRESSES + 1, "fbl@example.com");
        assertThat(
                        FeedbackLoop.decide(
                                AUTHOR,
                                many,
                                List.of(),
                                List.of(covering("example.com", many.size()))))
                .isInstanceOf(None.class);
    }

    @Test
    void aLongIdIsFoldedAndReadBack() {
        var id = new FeedbackId("a1:".repeat(60));
        assertThat(id.field().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(79));
        assertThat(FeedbackId.read(id.field().substring(FeedbackId.FIELD.length() + 1)))
                .contains(id);
        assertThat(id.toString()).doesNotContain("a1");
    }

    @ParameterizedTest(name = "RFC 9477 §5.2  {0}")
    @CsvSource({"a@b", "'a;b'", "''", "'(only a comment)'", "'a (open'", "é"})
    void idsThatBreakTheGrammar(String value) {
        assertThat(FeedbackId.read(value)).isEmpty();
        assertThatThrownBy(() -> new FeedbackId(value))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
