package tayori.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tayori.dns.DomainName;
import tayori.message.HeaderField;
import tayori.message.MessageHead;
import tayori.receipt.ReceiptCheck.Refusal;
import tayori.receipt.ReceiptChecker;
import tayori.receipt.ReceiptIssuer;
import tayori.receipt.ReceiptKey;
import tayori.receipt.ReceiptOptions;
import tayori.reputation.Counts;
import tayori.reputation.Evidence;
import tayori.reputation.EvidenceBatch;
import tayori.reputation.Identity;
import tayori.reputation.Observation;

class FeedbackHubTest {
    private static final Instant ARRIVED = Instant.parse("2026-11-22T10:20:00Z");
    private static final Instant NOW = ARRIVED.plus(Duration.ofHours(3));
    private static final ReceiptKey KEY = ReceiptKey.of("k1", new byte[32]);
    private static final Identity SHOP = Identity.author(DomainName.of("shop.example"));
    private static final Identity PLATFORM = Identity.dkim(DomainName.of("platform.example"));

    private final List<EvidenceBatch> handedOn = new ArrayList<>();
    private final Shelf shelf = new Shelf();
    private boolean engineDown;

    private final FeedbackHub hub =
            new FeedbackHub(
                    new ReceiptChecker(List.of(KEY), ReceiptOptions.DEFAULTS),
                    shelf,
                    batch -> {
                        if (engineDown) {
                            throw new IOException("down");
                        }
                        handedOn.add(batch);
                    },
                    new ReaderHash(new byte[32]),
                    "receiver.example",
                    () -> NOW,
                    new Random(1));

    /// A store that forgets when the test ends.
    private static final class Shelf implements FeedbackStore {
        final Map<String, Complaint> complaints = new LinkedHashMap<>();
        final Set<String> handed = new HashSet<>();
        boolean full;

        @Override
        public Kept keep(Complaint complaint) throws IOException {
            if (full) {
                throw new IOException("no space left on device");
            }
            var before =
                    complaints.putIfAbsent(
                            complaint.delivery() + complaint.kind().observation(), complaint);
            return before == null
                    ? new Kept(complaint.id(), false, true)
                    : new Kept(before.id(), true, false);
        }

        @Override
        public List<Complaint> notHandedOn(int limit) {
            return complaints.values().stream()
                    .filter(complaint -> !handed.contains(complaint.id()))
                    .limit(limit)
                    .toList();
        }

        @Override
        public void handedOn(List<String> ids) {
            handed.addAll(ids);
        }
    }

    private static MessageHead mail(String... recipients) {
        var fields = new ArrayList<HeaderField>();
        fields.add(HeaderField.of("Message-ID", "<7@shop.example>"));
        fields.add(HeaderField.of("From", "Shop <news@shop.example>"));
        fields.add(HeaderField.of("Date", "Sun, 22 Nov 2026 19:20:00 +0900"));
        fields.add(HeaderField.of("CFBL-Address", "fbl@shop.example; report=arf"));
        fields.add(HeaderField.of("Feedback-ID", "campaign7:shop"));
        fields.add(HeaderField.of("Subject", "For alice only"));
        var receipt =
                new ReceiptIssuer(KEY, ReceiptOptions.DEFAULTS, new Random(3))
                        .issue(
                                new MessageHead(fields),
                                List.of(SHOP, PLATFORM),
                                List.of(recipients),
                                ARRIVED)
                        .orElseThrow();
        fields.addFirst(HeaderField.of(ReceiptIssuer.FIELD_NAME, receipt));
        return new MessageHead(fields);
    }

    private static Submission says(ComplaintKind kind, String reader, MessageHead mail) {
        return new Submission(
                kind,
                List.of(reader),
                Optional.of(mail),
                Optional.empty(),
                Submission.Channel.HTTP);
    }

    @Test
    void aProvenComplaintIsKeptThenEvidence() throws IOException {
        var answer =
                hub.take(
                        says(
                                ComplaintKind.SPAM,
                                "alice@receiver.example",
                                mail("alice@receiver.example")));
        assertThat(answer).isInstanceOf(FeedbackAnswer.Accepted.class);
        var kept = shelf.complaints.values().iterator().next();
        assertThat(kept.responsible()).contains(SHOP);
        assertThat(kept.arrived()).isEqualTo(ARRIVED);
        assertThat(kept.marks())
                .isEqualTo(
                        new SenderMarks(
                                "<7@shop.example>",
                                "fbl@shop.example; report=arf",
                                "",
                                "campaign7:shop",
                                ""));
        assertThat(handedOn).hasSize(1);
        assertThat(handedOn.getFirst().id()).isEqualTo(kept.id());
        assertThat(handedOn.getFirst().provider()).isEqualTo("receiver.example");
        assertThat(handedOn.getFirst().evidence())
                .containsExactly(
                        new Evidence(
                                SHOP,
                                Evidence.hourOf(ARRIVED),
                                Counts.of(Observation.COMPLAINTS, 1),
                                List.of(kept.reporter())),
                        new Evidence(
                                PLATFORM,
                                Evidence.hourOf(ARRIVED),
                                Counts.of(Observation.COMPLAINTS, 1),
                                List.of(kept.reporter())));
    }

    @Test
    void nothingOfTheReaderIsKept() throws IOException {
        hub.take(
                says(ComplaintKind.SPAM, "alice@receiver.example", mail("alice@receiver.example")));
        assertThat(shelf.complaints.values().toString()).doesNotContain("alice");
        assertThat(
                        new SenderMarks(
                                        "<x.alice@receiver.example.1@shop.example>",
                                        "",
                                        "",
                                        "a",
                                        "")
                                .without(List.of("<Alice@receiver.example>")))
                .isEqualTo(new SenderMarks("", "", "", "a", ""));
    }

    @Test
    void theSameSaidTwiceCountsOnce() throws IOException {
        var mail = mail("alice@receiver.example");
        var first =
                (FeedbackAnswer.Accepted)
                        hub.take(says(ComplaintKind.SPAM, "alice@receiver.example", mail));
        assertThat(hub.take(says(ComplaintKind.SPAM, "alice@receiver.example", mail)))
                .isEqualTo(new FeedbackAnswer.Repeated(first.id()));
        assertThat(hub.take(says(ComplaintKind.PHISHING, "alice@receiver.example", mail)))
                .as("phishing is a complaint as well")
                .isEqualTo(new FeedbackAnswer.Repeated(first.id()));
        assertThat(handedOn).hasSize(1);
    }

    @Test
    void anUnsubscribeIsNoComplaintAndNotSpamNoCredit() throws IOException {
        var mail = mail("alice@receiver.example");
        hub.take(says(ComplaintKind.UNSUBSCRIBE, "alice@receiver.example", mail));
        hub.take(says(ComplaintKind.NOT_SPAM, "alice@receiver.example", mail));
        assertThat(handedOn)
                .extracting(batch -> batch.evidence().getFirst().counts())
                .containsExactly(
                        Counts.of(Observation.UNSUBSCRIBES, 1), Counts.of(Observation.NOT_SPAM, 1));
        assertThat(handedOn)
                .allSatisfy(batch ->
                        assertThat(batch.evidence())
                                .allSatisfy(e -> assertThat(e.reporters()).isEmpty()));
    }

    @Test
    void eachOfTwoReadersMayComplainOfOneMail() throws IOException {
        var mail = mail("alice@receiver.example", "bob@receiver.example");
        assertThat(hub.take(says(ComplaintKind.SPAM, "alice@receiver.example", mail)))
                .isInstanceOf(FeedbackAnswer.Accepted.class);
        assertThat(hub.take(says(ComplaintKind.SPAM, "bob@receiver.example", mail)))
                .isInstanceOf(FeedbackAnswer.Accepted.class);
        assertThat(handedOn)
                .extracting(batch -> batch.evidence().getFirst().reporters().getFirst())
                .doesNotHaveDuplicates();
    }

    @Test
    void withoutProofNothingChanges() throws IOException {
        var mail = mail("alice@receiver.example");
        assertThat(hub.take(says(ComplaintKind.SPAM, "mallory@receiver.example", mail)))
                .isEqualTo(new FeedbackAnswer.Unproven(Refusal.OTHER_READER));
        var bare = new MessageHead(mail.fields().subList(1, mail.fields().size()));
        assertThat(hub.take(says(ComplaintKind.SPAM, "alice@receiver.example", bare)))
                .isEqualTo(new FeedbackAnswer.WithoutReceipt());
        assertThat(shelf.complaints).isEmpty();
        assertThat(handedOn).isEmpty();
    }

    @Test
    void aFullDiskIsHeardOf() {
        shelf.full = true;
        var said =
                says(ComplaintKind.SPAM, "alice@receiver.example", mail("alice@receiver.example"));
        assertThatThrownBy(() -> hub.take(said)).isInstanceOf(IOException.class);
        assertThat(handedOn).isEmpty();
    }

    @Test
    void whatTheEngineDidNotTakeIsHandedOnLater() throws IOException {
        engineDown = true;
        assertThat(
                        hub.take(
                                says(
                                        ComplaintKind.SPAM,
                                        "alice@receiver.example",
                                        mail("alice@receiver.example"))))
                .isInstanceOf(FeedbackAnswer.Accepted.class);
        assertThatThrownBy(hub::catchUp).isInstanceOf(IOException.class);
        engineDown = false;
        assertThat(hub.catchUp()).isEqualTo(1);
        assertThat(hub.catchUp()).isZero();
        assertThat(handedOn).hasSize(1);
    }

    @Test
    void namesSortByTime() {
        var ids = new ComplaintIds(new Random(5));
        String first = ids.next(ARRIVED);
        assertThat(first).hasSize(26).isLessThan(ids.next(ARRIVED.plusMillis(1)));
    }
}
