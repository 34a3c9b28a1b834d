package tayori.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import tayori.dns.DnsAnswer.Failed;
import tayori.dns.DnsAnswer.Trouble;

class WrappersTest {
    private static final DomainName NAME = DomainName.of("example.org");

    @Test
    void overTheBudgetNothingIsAsked() {
        var recorded =
                new RecordingDns(
                        ZoneDns.builder().txt("example.org", "x").build(), InstantSource.system());
        var dns = new BudgetedDns(recorded, 2);
        assertThat(dns.query(NAME, RecordType.TXT).texts()).containsExactly("x");
        assertThat(dns.query(NAME, RecordType.TXT).texts()).containsExactly("x");
        for (int i = 0; i < 5; i++) {
            assertThat(((Failed) dns.query(NAME, RecordType.TXT)).trouble())
                    .isEqualTo(Trouble.BUDGET);
        }
        assertThat(recorded.asked()).hasSize(2);
        assertThat(dns.asked()).isEqualTo(2);
    }

    @Test
    void recordsWhatWasAskedInOrder() {
        var clock =
                new InstantSource() {
                    private Instant now = Instant.EPOCH;

                    @Override
                    public Instant instant() {
                        now = now.plusMillis(7);
                        return now;
                    }
                };
        var zone = ZoneDns.builder().txt("example.org", "x").build();
        var dns = new RecordingDns(zone, clock);
        dns.query(NAME, RecordType.TXT);
        dns.query(NAME, RecordType.MX);
        assertThat(dns.asked())
                .isEqualTo(
                        List.of(
                                new RecordingDns.Asked(
                                        NAME,
                                        RecordType.TXT,
                                        zone.query(NAME, RecordType.TXT),
                                        Duration.ofMillis(7)),
                                new RecordingDns.Asked(
                                        NAME,
                                        RecordType.MX,
                                        zone.query(NAME, RecordType.MX),
                                        Duration.ofMillis(7))));
    }

    @Test
    void theRecordIsBounded() {
        var dns = new RecordingDns(ZoneDns.builder().build(), InstantSource.system());
        for (int i = 0; i < RecordingDns.MAX_RECORDED + 10; i++) {
            dns.query(NAME, RecordType.TXT);
        }
        assertThat(dns.asked()).hasSize(RecordingDns.MAX_RECORDED);
    }

    @Test
    void whatIsKnownIsWorkedOutAtOnce() {
        var dns = new BudgetedDns(ZoneDns.builder().txt("example.org", "x").build(), 5);
        var texts =
                dns.fromMemory(known -> {
                    known.query(NAME, RecordType.MX);
                    return known.query(NAME, RecordType.TXT).texts();
                });
        assertThat(texts).contains(List.of("x"));
        assertThat(dns.asked()).isEqualTo(2);
        assertThat(dns.known(NAME, RecordType.TXT)).isPresent();
        assertThat(dns.asked()).isEqualTo(3);
    }

    @Test
    void whatHadToWaitIsNotWorkedOutAndNotCounted() {
        var dns = new BudgetedDns((_, _) -> new Failed(Trouble.TIMEOUT, "not to be asked"), 5);
        assertThat(dns.fromMemory(known -> known.query(NAME, RecordType.TXT))).isEmpty();
        assertThat(dns.known(NAME, RecordType.TXT)).isEmpty();
        assertThat(dns.asked()).isZero();
    }

    @Test
    void theBudgetHoldsForWhatIsKnownToo() {
        var dns = new BudgetedDns(ZoneDns.builder().txt("example.org", "x").build(), 1);
        var second =
                dns.fromMemory(known -> {
                    known.query(NAME, RecordType.TXT);
                    return known.query(NAME, RecordType.TXT);
                });
        assertThat(second)
                .hasValueSatisfying(answer ->
                        assertThat(((Failed) answer).trouble()).isEqualTo(Trouble.BUDGET));
        assertThat(dns.known(NAME, RecordType.TXT)).isPresent();
        assertThat(dns.asked()).isEqualTo(1);
    }
}
