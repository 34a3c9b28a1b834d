package tayori.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.message.MessageHead;
import tayori.receiver.SenderIdentities;
import tayori.reputation.EvidenceBatch;
import tayori.reputation.Identity;
import tayori.reputation.Observation;

class ReplayTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final Instant ARRIVED = Instant.parse("2026-11-21T12:34:56Z");
    private static final Identity SIGNER = Identity.parse("dkim:example.jp").orElseThrow();
    private static final SenderIdentities SENDER =
            new SenderIdentities(Optional.of(SIGNER), Set.of(SIGNER), Set.of(), Set.of());
    private static final ReaderMarks JUNK = new ReaderMarks(true, false);

    @TempDir Path folder;
    private final List<EvidenceBatch> taken = new ArrayList<>();
    private boolean broken;

    private void accept(EvidenceBatch batch) throws IOException {
        taken.add(batch);
        if (broken) {
            throw new IOException("killed after the batch was taken");
        }
    }

    private Replay open() throws IOException {
        return new Replay("isp", this::accept, ReplayLedger.open(folder, "isp", this::accept, NOW));
    }

    private static MessageHead mail(int number) {
        return ArrivalTimeTest.head(
                "Received: by mx id "
                        + number
                        + "\nFrom: a@example.jp\nStatus: R"
                        + "O".repeat(number % 2));
    }

    private static void count(Replay replay, MessageHead mail, ReaderMarks marks)
            throws IOException {
        replay.count(replay.news(mail, marks), SENDER, ARRIVED, "reader@example.net");
    }

    private long total(Observation observation) {
        return taken.stream()
                .collect(Collectors.toMap(EvidenceBatch::id, batch -> batch, (a, _) -> a))
                .values()
                .stream()
                .flatMap(batch -> batch.evidence().stream())
                .mapToLong(evidence -> evidence.counts().get(observation))
                .sum();
    }

    @Test
    void aComplaintCountsForTheHourOfItsMail() throws IOException {
        var replay = open();
        count(replay, mail(1), JUNK);
        replay.flush();
        assertThat(taken).hasSize(1);
        assertThat(taken.getFirst().evidence())
                .singleElement()
                .satisfies(evidence -> {
                    assertThat(evidence.identity()).isEqualTo(SIGNER);
                    assertThat(evidence.hour()).isEqualTo(ARRIVED.getEpochSecond() / 3_600);
                    assertThat(evidence.counts().toMap())
                            .containsOnlyKeys(Observation.MESSAGES, Observation.COMPLAINTS);
                    assertThat(evidence.reporters()).hasSize(1);
                });
    }

    @Test
    void aMailCountsOnceInOneRunAndInTheNext() throws IOException {
        for (int run = 0; run < 2; run++) {
            var replay = open();
            count(replay, mail(1), ReaderMarks.NONE);
            count(replay, mail(1), ReaderMarks.NONE);
            count(replay, mail(2), ReaderMarks.NONE);
            replay.flush();
        }
        assertThat(total(Observation.MESSAGES)).isEqualTo(2);
    }

    @Test
    void whatAMailboxRewritesMakesNoOtherMail() throws IOException {
        var replay = open();
        count(replay, ArrivalTimeTest.head("Subject: x\nStatus: RO\nX-Keywords: a"), JUNK);
        assertThat(replay.news(ArrivalTimeTest.head("Subject: x\nStatus: O"), JUNK).isEmpty())
                .isTrue();
        assertThat(replay.news(ArrivalTimeTest.head("Subject: y\nStatus: O"), JUNK).isEmpty())
                .isFalse();
    }

    @Test
    void aMailMovedToJunkSinceAddsItsComplaintAlone() throws IOException {
        var first = open();
        count(first, mail(1), ReaderMarks.NONE);
        first.flush();
        var second = open();
        count(second, mail(1), JUNK);
        second.flush();
        assertThat(total(Observation.MESSAGES)).isEqualTo(1);
        assertThat(total(Observation.COMPLAINTS)).isEqualTo(1);
    }

    @Test
    void aProcessThatEndedWhileItHandedInIsFinishedUnderTheSameId() throws IOException {
        var replay = open();
        count(replay, mail(1), JUNK);
        broken = true;
        assertThatThrownBy(replay::flush).isInstanceOf(IOException.class);
        assertThat(taken).hasSize(1);
        broken = false;
        var next = open();
        assertThat(taken).hasSize(2);
        assertThat(taken.get(1)).isEqualTo(taken.get(0));
        count(next, mail(1), JUNK);
        next.flush();
        assertThat(taken).hasSize(2);
        assertThat(folder.resolve("replay.pending")).doesNotExist();
    }

    @Test
    void aLedgerCutShortLosesNoWholeMark() throws IOException {
        var replay = open();
        count(replay, mail(1), ReaderMarks.NONE);
        replay.flush();
        Path ledger = folder.resolve("replay.ledger");
        byte[] whole = Files.readAllBytes(ledger);
        Files.write(ledger, java.util.Arrays.copyOf(whole, whole.length + 3));
        var next = open();
        count(next, mail(1), ReaderMarks.NONE);
        count(next, mail(2), ReaderMarks.NONE);
        next.flush();
        assertThat(total(Observation.MESSAGES)).isEqualTo(2);
        assertThat(Files.size(ledger)).isEqualTo(2L * Long.BYTES);
    }

    @Test
    void batchesAreBounded() throws IOException {
        var replay = open();
        for (int i = 0; i <= Replay.MAX_MAILS; i++) {
            count(replay, mail(i), ReaderMarks.NONE);
        }
        assertThat(taken).hasSize(1);
        replay.flush();
        assertThat(taken).hasSize(2);
        assertThat(total(Observation.MESSAGES)).isEqualTo(Replay.MAX_MAILS + 1);
    }

    @ParameterizedTest(name = "{0} in {1}: junk {2}, not junk {3}")
    @CsvSource({
        "$Junk,         INBOX,        true,  false",
        "Junk,          archive.mbox, true,  false",
        "NonJunk,       .Junk,        false, true",
        "$NotJunk $Junk, .Junk,       false, true",
        "Seen,          .Junk,        true,  false",
        "'',            INBOX.Spam,   true,  false",
        "'',            Junk.mbox,    true,  false",
        "'',            '.&j,dg0TDhMPww6w-', true, false",
        "'',            spam-reports, false, false",
        "'',            cur,          false, false"
    })
    void whatAReaderSaid(String keywords, String folderName, boolean junk, boolean notJunk) {
        assertThat(ReaderMarks.ofKeywords(List.of(keywords.split(" ", -1))).in(folderName))
                .isEqualTo(new ReaderMarks(junk, notJunk));
    }

    @ParameterizedTest(name = "RFC 8601  {0}: charged {1}, spoofed {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    mx.example.net; dkim=pass header.d=News.Example.jp; spf=pass smtp.mailfrom=b@bounce.example; dmarc=pass header.from=news.example.jp | author:example.jp author:news.example.jp dkim:news.example.jp spf:bounce.example | none
                    mx.example.net; dkim=fail header.d=example.jp; spf=softfail smtp.mailfrom=a@example.jp; dmarc=fail header.from=example.jp | address-block:192.0.2.0/24 | author:example.jp
                    mx.example.net; dkim=temperror header.d=example.jp; dmarc=none header.from=example.jp | none | none
                    MX.Example.NET 1; none | address-block:192.0.2.0/24 | none
                    """)
    void theServersOwnResultsDecide(String field, String charged, String spoofed) {
        var head =
                ArrivalTimeTest.head(
                        "Authentication-Results: other.example; dmarc=pass header.from=evil.example\n"
                                + "Authentication-Results: "
                                + field);
        var sender =
                new TrustedResults("mx.example.net")
                        .of(head, Optional.of(InetAddress.ofLiteral("192.0.2.7")))
                        .orElseThrow();
        assertThat(names(sender.charged())).isEqualTo(charged);
        assertThat(names(sender.spoofed())).isEqualTo(spoofed);
    }

    private static String names(Set<Identity> identities) {
        return identities.isEmpty()
                ? "none"
                : identities.stream()
                        .map(Identity::toString)
                        .sorted()
                        .collect(Collectors.joining(" "));
    }

    @Test
    void resultsOfOtherServersAreNone() {
        assertThat(
                        new TrustedResults("mx.example.net")
                                .of(
                                        ArrivalTimeTest.head(
                                                "Authentication-Results: mx.example.net.evil; dmarc=pass"),
                                        Optional.empty()))
                .isEmpty();
    }
}
