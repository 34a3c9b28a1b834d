package tayori.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.dns.DomainName;
import tayori.message.HeaderField;
import tayori.message.MessageHead;
import tayori.receipt.ReceiptCheck.Refusal;
import tayori.reputation.Identity;

class ReceiptTest {
    private static final Instant ARRIVED = Instant.parse("2026-11-22T10:00:00Z");
    private static final ReceiptKey KEY = key("2026-11", 1);
    private static final ReceiptKey OLD_KEY = key("2026-10", 2);
    private static final List<Identity> IDENTITIES =
            List.of(
                    Identity.author(DomainName.of("example.jp")),
                    Identity.dkim(DomainName.of("mail.example.jp")));
    private static final MessageHead MAIL =
            head("<1@example.jp>", "News <news@example.jp>", "Sun, 22 Nov 2026 19:00:00 +0900");

    private final ReceiptChecker checker =
            new ReceiptChecker(List.of(KEY, OLD_KEY), ReceiptOptions.DEFAULTS);

    private static ReceiptKey key(String name, int filling) {
        var secret = new byte[ReceiptKey.MIN_SECRET];
        java.util.Arrays.fill(secret, (byte) filling);
        return ReceiptKey.of(name, secret);
    }

    private static MessageHead head(String messageId, String from, String date) {
        return new MessageHead(
                List.of(
                        HeaderField.of("Message-ID", messageId),
                        HeaderField.of("From", from),
                        HeaderField.of("Date", date),
                        HeaderField.of("Subject", "never looked at")));
    }

    private static String issue(ReceiptKey key, List<String> recipients) {
        return new ReceiptIssuer(key, ReceiptOptions.DEFAULTS, new Random(7))
                .issue(MAIL, IDENTITIES, recipients, ARRIVED)
                .orElseThrow();
    }

    private ReceiptCheck check(String field, String reader) {
        return checker.check(
                field, Optional.of(MAIL), List.of(reader), ARRIVED.plus(Duration.ofHours(1)));
    }

    private static ReceiptCheck refused(Refusal reason) {
        return new ReceiptCheck.Refused(reason);
    }

    @ParameterizedTest(name = "delivered to alice@receiver.example, complained of by {0}")
    @ValueSource(
            strings = {
                "alice@receiver.example",
                "<Alice@Receiver.Example>",
                "alice+news@receiver.example"
            })
    void theReaderIsKnownHoweverTheAddressIsWritten(String reader) {
        assertThat(check(issue(KEY, List.of("alice@receiver.example")), reader))
                .isInstanceOfSatisfying(
                        ReceiptCheck.Valid.class,
                        valid -> {
                            assertThat(valid.receipt().arrived()).isEqualTo(ARRIVED);
                            assertThat(valid.receipt().identities()).isEqualTo(IDENTITIES);
                        });
    }

    @Test
    void aReceiptHoldsForEachRecipientAndForNobodyElse() {
        var field =
                issue(
                        KEY,
                        List.of("a@receiver.example", "b@receiver.example", "c@receiver.example"));
        var a = (ReceiptCheck.Valid) check(field, "a@receiver.example");
        var b = (ReceiptCheck.Valid) check(field, "b@receiver.example");
        assertThat(a.receipt().delivery()).isNotEqualTo(b.receipt().delivery());
        assertThat(check(field, "d@receiver.example")).isEqualTo(refused(Refusal.OTHER_READER));
    }

    @Test
    void itTellsNobodyWhomTheMailWentTo() {
        var field =
                issue(
                        KEY,
                        List.of(
                                "alice@receiver.example",
                                "b@receiver.example",
                                "c@receiver.example"));
        assertThat(field).doesNotContain("alice").doesNotContain("receiver.example");
        assertThat(field.substring(field.lastIndexOf("r=") + 2).split(","))
                .as("three recipients look like four")
                .hasSize(4)
                .isSorted();
    }

    @Test
    void theFieldAloneIsEnough() {
        assertThat(
                        checker.check(
                                issue(KEY, List.of("a@receiver.example")),
                                Optional.empty(),
                                List.of("a@receiver.example"),
                                ARRIVED))
                .isInstanceOf(ReceiptCheck.Valid.class);
    }

    @Test
    void foldsOnTheWayDoNoHarm() {
        var field = issue(KEY, List.of("a@receiver.example")).replace("; ", ";\r\n\t ");
        assertThat(check(field, "a@receiver.example")).isInstanceOf(ReceiptCheck.Valid.class);
    }

    @Test
    void anOlderKeyIsStillGood() {
        assertThat(check(issue(OLD_KEY, List.of("a@receiver.example")), "a@receiver.example"))
                .isInstanceOf(ReceiptCheck.Valid.class);
    }

    @Test
    void aKeyThatWasThrownAwayIsUnknown() {
        assertThat(
                        check(
                                issue(key("2026-09", 3), List.of("a@receiver.example")),
                                "a@receiver.example"))
                .isEqualTo(refused(Refusal.UNKNOWN_KEY));
    }

    @Test
    void aKeyOfTheSameNameAndAnotherSecretForges() {
        assertThat(
                        check(
                                issue(key("2026-11", 9), List.of("a@receiver.example")),
                                "a@receiver.example"))
                .isEqualTo(refused(Refusal.FORGED));
    }

    @Test
    void itIsBoundToItsMail() {
        var other =
                head("<2@example.jp>", "News <news@example.jp>", "Sun, 22 Nov 2026 19:00:00 +0900");
        assertThat(
                        checker.check(
                                issue(KEY, List.of("a@receiver.example")),
                                Optional.of(other),
                                List.of("a@receiver.example"),
                                ARRIVED))
                .isEqualTo(refused(Refusal.OTHER_MESSAGE));
    }

    @ParameterizedTest(name = "{0} after arrival: {1}")
    @CsvSource({"PT720H, valid", "PT720H1S, TOO_OLD", "PT-5M, valid", "PT-5M-1S, FROM_THE_FUTURE"})
    void itHoldsForThirtyDays(Duration age, String expected) {
        var outcome =
                checker.check(
                        issue(KEY, List.of("a@receiver.example")),
                        Optional.of(MAIL),
                        List.of("a@receiver.example"),
                        ARRIVED.plus(age));
        assertThat(outcome instanceof ReceiptCheck.Refused(var reason) ? reason.name() : "valid")
                .isEqualTo(expected);
    }

    /// Whatever one character becomes, the receipt is void: no part of it is there for show.
    @Test
    void noCharacterCanBeChanged() {
        var field = issue(KEY, List.of("a@receiver.example"));
        for (int i = 0; i < field.length(); i++) {
            if (field.charAt(i) != ' ') {
                char other = field.charAt(i) == 'x' ? 'y' : 'x';
                var changed = field.substring(0, i) + other + field.substring(i + 1);
                assertThat(check(changed, "a@receiver.example"))
                        .as("character %d of %s", i, changed)
                        .isInstanceOf(ReceiptCheck.Refused.class);
            }
        }
    }

    @Test
    void anythingElseIsNoReceipt() {
        var good = issue(KEY, List.of("a@receiver.example"));
        for (var text :
                List.of(
                        "",
                        ";",
                        "v=1",
                        good + ";",
                        good + "; x=1",
                        "v=2" + good.substring(3),
                        good.replace("t=", "t=-"),
                        good.replace("t=", "t=99999999999"),
                        good.replace("author:", "nobody:"),
                        "v=1;".repeat(2_000))) {
            assertThat(check(text, "a@receiver.example"))
                    .as(text)
                    .isEqualTo(refused(Refusal.UNREADABLE));
        }
    }

    @Test
    void moreRecipientsThanFitGetNone() {
        var recipients = new ArrayList<String>();
        for (int i = 0; i < ReceiptOptions.DEFAULTS.maxRecipients() + 1; i++) {
            recipients.add(i + "@receiver.example");
        }
        var field = issue(KEY, recipients);
        assertThat(field.length()).isLessThan(ReceiptChecker.MAX_LENGTH);
        assertThat(check(field, "0@receiver.example")).isInstanceOf(ReceiptCheck.Valid.class);
        assertThat(check(field, "64@receiver.example")).isEqualTo(refused(Refusal.OTHER_READER));
    }

    @Test
    void namesThatWouldReadAsSeveralAreLeftOut() {
        var field =
                new ReceiptIssuer(KEY, ReceiptOptions.DEFAULTS, new Random(7))
                        .issue(
                                MAIL,
                                List.of(
                                        Identity.spf(DomainName.of("a,b;c.example")),
                                        Identity.dkim(DomainName.of("ok.example"))),
                                List.of("a@receiver.example"),
                                ARRIVED)
                        .orElseThrow();
        assertThat(field).contains("i=dkim:ok.example;");
    }

    @Test
    void aMailForNobodyHasNoReceipt() {
        assertThat(
                        new ReceiptIssuer(KEY, ReceiptOptions.DEFAULTS, new Random(7))
                                .issue(MAIL, IDENTITIES, List.of(), ARRIVED))
                .isEmpty();
    }

    @Test
    void aSecretIsLongAndNeverShown() {
        assertThatThrownBy(() -> ReceiptKey.of("a", new byte[31]))
                .hasMessage("receipt key a has 31 octets; at least 32 are needed");
        assertThatThrownBy(() -> ReceiptKey.of("a b", new byte[32]))
                .hasMessageContaining("letters");
        assertThat(KEY.toString()).isEqualTo("receipt key 2026-11");
    }
}
