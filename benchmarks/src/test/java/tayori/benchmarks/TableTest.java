package tayori.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {
    @Test
    void numbersStandToTheRightAndTextToTheLeft() {
        var table = new Table("mails", "filter", "mails/CPU-s");
        table.row("1k", "tayori", "3,828");
        table.row("mix", "rspamd", "961");
        assertThat(table.toString())
                .isEqualTo(
                        """
                        | mails | filter | mails/CPU-s |
                        |-------|--------|------------:|
                        | 1k    | tayori |       3,828 |
                        | mix   | rspamd |         961 |
                        """);
    }

    @Test
    void aRowHasAsManyCellsAsThereAreTitles() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Table("one").row("1", "2"));
    }

    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1234567.8 | 1,234,568",
                "123.4 | 123",
                "12.34 | 12.3",
                "1.234 | 1.23",
                "0.1234 | 0.123",
                "0 | 0.000",
                "NaN | –"
            })
    void numbersKeepThreeDigits(double value, String written) {
        assertThat(Table.number(value)).isEqualTo(written);
    }
}
