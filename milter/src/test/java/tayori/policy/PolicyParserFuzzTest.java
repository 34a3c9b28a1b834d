package tayori.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Whatever comes: an outcome, never an exception; a complete request ends within the octets and keeps the limits.
class PolicyParserFuzzTest {

    @FuzzTest
    void parse(byte[] octets) {
        PolicyParser.Outcome outcome = new PolicyParser(1_024, 10).parse(octets, 0, octets.length);
        switch (outcome) {
            case PolicyParser.Outcome.Complete(var request, int next) -> {
                assertThat(next).isBetween(1, Math.min(octets.length, 1_024));
                assertThat(request.all()).isNotEmpty().hasSizeLessThanOrEqualTo(10);
            }
            case PolicyParser.Outcome.Incomplete _ ->
                    assertThat(octets.length).isLessThanOrEqualTo(1_024);
            case PolicyParser.Outcome.Broken(String wrong) -> assertThat(wrong).isNotBlank();
        }
    }
}
