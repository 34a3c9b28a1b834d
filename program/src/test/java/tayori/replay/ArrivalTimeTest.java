package tayori.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

class ArrivalTimeTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    @ParameterizedTest(name = "RFC 5322 §3.3  {0} is {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            textBlock =
                    """
                    Fri, 21 Nov 1997 09:55:06 -0600        | 1997-11-21T15:55:06Z
                    21 Nov 97 09:55:06 GMT                 | 1997-11-21T09:55:06Z
                    Thu, 13 Feb 1969 23:32 -0330 (Newfoundland Time) | 1969-02-14T03:02:00Z
                    Mon, 5 Oct 2026 18:00:00 +0900 (JST)   | 2026-10-05T09:00:00Z
                    Mon, 5 Oct 2026 18:00:00 JST           | 2026-10-05T09:00:00Z
                    (a (nested) comment) 5 October 26 18:00:00 EST | 2026-10-05T23:00:00Z
                    Sat, 31 Dec 2016 23:59:60 +0000        | 2016-12-31T23:59:59Z
                    31 Feb 2020 00:00:00 +0000             | none
                    1 Xyz 2020 00:00:00 +0000              | none
                    1 Jan 2020 24:00:00 +0000              | none
                    1 Jan 2020 00:00:00 +9999              | none
                    1 Jan 2020 00:00:00 A                  | none
                    1 Jan 2020 00:00:00                    | none
                    yesterday                              | none
                    """)
    void dates(String text, String expected) {
        assertThat(ArrivalTime.parse(text).map(Instant::toString).orElse(null)).isEqualTo(expected);
    }

    @Test
    void aDateThatIsTooLongIsNone() {
        String date = "5 Oct 2026 18:00:00 +0900";
        assertThat(ArrivalTime.parse(" ".repeat(ArrivalTime.MAX_LENGTH - date.length()) + date))
                .isPresent();
        assertThat(ArrivalTime.parse(" ".repeat(ArrivalTime.MAX_LENGTH - date.length() + 1) + date))
                .isEmpty();
    }

    static MessageHead head(String text) {
        var fields = new ArrayList<HeaderField>();
        for (String line : text.lines().toList()) {
            fields.add(HeaderField.ofRaw(line.getBytes(StandardCharsets.UTF_8)));
        }
        return new MessageHead(fields);
    }

    @ParameterizedTest(name = "{1}, {0}: {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            textBlock =
                    """
                    Received: from a by b; Mon, 5 Oct 2026 18:00:00 +0900 | 1700000000.M1.host:2,S | 2026-10-05T09:00:00Z
                    Received: from a by b; nonsense                       | 1700000000.M1.host:2,S | 2023-11-14T22:13:20Z
                    Received: from a by b; 5 Oct 2027 18:00:00 +0900      | 1700000000.M1.host     | none
                    Date: Mon, 5 Oct 2026 18:00:00 +0900                  | mail.eml               | none
                    Subject: x                                            | 999999999999.M1        | none
                    Subject: x                                            | 4000000000.M1          | none
                    """)
    void theServerIsAskedBeforeTheFileAndTheSenderNever(
            String field, String file, String expected) {
        assertThat(ArrivalTime.of(head(field), file, NOW).map(Instant::toString).orElse(null))
                .isEqualTo(expected);
    }
}
