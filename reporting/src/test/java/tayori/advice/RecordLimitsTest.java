package tayori.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;

/// What is read of a record that is larger than any real one.
class RecordLimitsTest {
    @Test
    void aRecordThatIsTooLongIsOfAnotherKind() {
        String record = "v=STSv1; id=" + "1".repeat(FieldList.MAX_CHARS - 12);
        assertThat(record).hasSize(FieldList.MAX_CHARS);
        assertThat(FieldList.parse(record, "v=STSv1", "")).isPresent();
        assertThat(FieldList.parse(record + "1", "v=STSv1", "")).isEmpty();
    }

    @Test
    void onlySoManyReportUrisAreKept() {
        String uris = String.join(",", Collections.nCopies(25, "mailto:tls@example.com"));
        assertThat(TlsReportRecord.parse("v=TLSRPTv1; rua=" + uris))
                .isInstanceOfSatisfying(
                        TlsReportRecord.Outcome.Valid.class,
                        valid ->
                                assertThat(valid.record().reports())
                                        .hasSize(TlsReportRecord.MAX_URIS));
    }
}
