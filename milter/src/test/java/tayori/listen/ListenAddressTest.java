package tayori.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    127.0.0.1:8891            | inet:127.0.0.1:8891
                    localhost:8891            | inet:localhost:8891
                    [::1]:8891                | inet:[::1]:8891
                    inet:127.0.0.1:8891       | inet:127.0.0.1:8891
                    inet:8891@127.0.0.1       | inet:127.0.0.1:8891
                    inet6:8891@[::1]          | inet:[::1]:8891
                    unix:/run/tayori/m.sock   | unix:/run/tayori/m.sock
                    local:/run/tayori/m.sock  | unix:/run/tayori/m.sock
                    """)
    void asMtaPeopleWriteIt(String text, String address) {
        assertThat(ListenAddress.parse(text)).hasToString(address);
    }

    @ParameterizedTest(name = "\"{0}\" is no address")
    @ValueSource(
            strings = {
                "",
                "8891",
                ":8891",
                "host:",
                "host:x",
                "host:65536",
                "host:-1",
                "unix:",
                "[]:1",
                "inet:x@host"
            })
    void notAnAddress(String text) {
        assertThatThrownBy(() -> ListenAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected HOST:PORT");
    }
}
