package tayori.advice;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class RecordsFuzzTest {
    @FuzzTest
    void anyTextIsARecordOrNot(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        switch (MtaStsRecord.parse(text)) {
            case MtaStsRecord.Outcome.Valid(var record) ->
                    assertThat(MtaStsRecord.parse("v=STSv1;id=" + record.id()))
                            .isEqualTo(new MtaStsRecord.Outcome.Valid(record));
            case MtaStsRecord.Outcome.Invalid(var reason) -> assertThat(reason).isNotEmpty();
            case MtaStsRecord.Outcome.NotMtaSts() -> {}
        }
        switch (TlsReportRecord.parse(text)) {
            case TlsReportRecord.Outcome.Valid(var record) ->
                    assertThat(record.reports()).hasSizeBetween(1, TlsReportRecord.MAX_URIS);
            case TlsReportRecord.Outcome.Invalid(var reason) -> assertThat(reason).isNotEmpty();
            case TlsReportRecord.Outcome.NotTlsReport() ->
                    assertThat(
                                    text.startsWith("v=TLSRPTv1;")
                                            && text.length() <= FieldList.MAX_CHARS)
                            .isFalse();
        }
    }
}
