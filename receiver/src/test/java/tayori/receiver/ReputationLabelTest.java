package tayori.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.dns.DomainName;
import tayori.reputation.Identity;
import tayori.reputation.ListedFor;
import tayori.reputation.Published;
import tayori.reputation.SenderClass;

class ReputationLabelTest {
    private static String label(String domain, Optional<Published> published) {
        return ReputationLabel.value(
                        new SenderStanding(
                                Optional.of(Identity.spf(DomainName.of(domain))),
                                published,
                                false,
                                false,
                                List.of()))
                .replace("\r\n", "");
    }

    @ParameterizedTest(name = "a domain of {0} cannot speak in our field")
    @ValueSource(
            strings = {
                "x; white=registered/3",
                "x;white=registered/3",
                "x white",
                "x\"y",
                "x(y",
                "x=y",
                "x,y",
                "x\ty"
            })
    void noWordOfAStranger(String label) {
        assertThat(label(label + ".example", Optional.empty()))
                .isEqualTo(" unknown; identity=spf; score=none; listed=no; white=no; young=no");
    }

    @ParameterizedTest
    @CsvSource({"xn--mnchen-3ya.example", "_spf.shop-2.example"})
    void ordinaryNames(String domain) {
        assertThat(label(domain, Optional.empty())).startsWith(" " + domain + "; ");
    }

    @ParameterizedTest
    @EnumSource(ListedFor.class)
    void everyListing(ListedFor why) {
        var listed = Senders.entry("shop.example", why, null, -1, OptionalInt.of(1));
        assertThat(label("shop.example", Optional.of(listed)))
                .contains("listed=" + keyword(why) + "; white=no");
    }

    private static String keyword(ListedFor why) {
        return switch (why) {
            case SPAM -> "spam";
            case PHISHING -> "phishing";
            case MALWARE -> "malware";
            case ABUSED_SPAM -> "abused-spam";
            case ABUSED_PHISHING -> "abused-phishing";
            case ABUSED_MALWARE -> "abused-malware";
        };
    }

    @ParameterizedTest
    @EnumSource(SenderClass.class)
    void everyClassOfTheWhitelist(SenderClass senderClass) {
        assertThat(label("shop.example", Optional.of(Senders.white("shop.example", senderClass))))
                .endsWith(
                        switch (senderClass) {
                            case REGISTERED -> "white=registered/2; young=no";
                            case ACCREDITED -> "white=accredited/2; young=no";
                            case FORWARDER -> "white=forwarder/2; young=no";
                            case PUBLIC_BODY -> "white=public-body/2; young=no";
                        });
    }
}
