package tayori.feedback;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.message.HeaderField;
import tayori.receipt.Receipt;
import tayori.receipt.ReceiptCheck;
import tayori.receipt.ReceiptChecker;
import tayori.receipt.ReceiptIssuer;
import tayori.reputation.Counts;
import tayori.reputation.Evidence;
import tayori.reputation.EvidenceBatch;
import tayori.reputation.EvidenceSink;

/// Takes what readers say: checks its receipt, keeps it, answers, and hands it on as evidence. Thread-safe.
///
/// The order is the promise. A complaint is durable before it is answered, and it is evidence only after that; when the
/// program ends in between, [#catchUp] hands it on at the next start, under the same name, so that it counts once.
public final class FeedbackHub {
    private static final Logger LOG = LoggerFactory.getLogger("tayori.feedback");

    /// Most complaints handed on at a time when catching up.
    static final int MAX_HANDED_ON = 1_000;

    private final ReceiptChecker receipts;
    private final FeedbackStore store;
    private final EvidenceSink evidence;
    private final ReaderHash readers;
    private final String provider;
    private final InstantSource clock;
    private final ComplaintIds ids;

    /// @param provider whose readers these are
    public FeedbackHub(
            ReceiptChecker receipts,
            FeedbackStore store,
            EvidenceSink evidence,
            ReaderHash readers,
            String provider,
            InstantSource clock,
            RandomGenerator random) {
        this.receipts = receipts;
        this.store = store;
        this.evidence = evidence;
        this.readers = readers;
        this.provider = provider;
        this.clock = clock;
        this.ids = new ComplaintIds(random);
    }

    /// Takes what one reader says of one mail.
    ///
    /// @throws IOException when it cannot be kept; the reader must hear that, and may come again
    /// @throws IllegalArgumentException without an address of the reader
    public FeedbackAnswer take(Submission submission) throws IOException {
        if (submission.reader().isEmpty()) {
            throw new IllegalArgumentException("a complaint of nobody");
        }
        Instant now = clock.instant();
        var field = receiptOf(submission);
        if (field.isEmpty()) {
            return new FeedbackAnswer.WithoutReceipt();
        }
        return switch (receipts.check(field.get(), submission.head(), submission.reader(), now)) {
            case ReceiptCheck.Refused(var reason) -> {
                LOG.atInfo()
                        .addKeyValue("kind", submission.kind().keyword())
                        .addKeyValue("channel", submission.channel().keyword())
                        .addKeyValue("reason", reason.keyword())
                        .log("complaint refused");
                yield new FeedbackAnswer.Unproven(reason);
            }
            case ReceiptCheck.Valid(var receipt) -> keep(complaint(submission, receipt, now));
        };
    }

    /// The topmost: ours, when the mail has been delivered by us.
    private static Optional<String> receiptOf(Submission submission) {
        return submission
                .receipt()
                .or(() ->
                        submission
                                .head()
                                .flatMap(head -> head.first(ReceiptIssuer.FIELD_NAME))
                                .map(HeaderField::unfolded));
    }

    private Complaint complaint(Submission submission, Receipt receipt, Instant now) {
        return new Complaint(
                ids.next(now),
                submission.kind(),
                receipt.delivery(),
                readers.of(submission.reader().getFirst()),
                submission.channel(),
                now,
                receipt.arrived(),
                receipt.identities(),
                submission
                        .head()
                        .map(SenderMarks::of)
                        .map(marks -> marks.without(submission.reader()))
                        .orElse(SenderMarks.NONE));
    }

    private FeedbackAnswer keep(Complaint complaint) throws IOException {
        var kept = store.keep(complaint);
        if (kept.repeated()) {
            return new FeedbackAnswer.Repeated(kept.id());
        }
        LOG.atInfo()
                .addKeyValue("id", complaint.id())
                .addKeyValue("kind", complaint.kind().keyword())
                .addKeyValue("channel", complaint.channel().keyword())
                .addKeyValue(
                        "responsible", complaint.responsible().map(Object::toString).orElse(""))
                .addKeyValue("counts", kept.counts())
                .log("complaint");
        if (kept.counts()) {
            handOn(complaint);
        }
        return new FeedbackAnswer.Accepted(complaint.id());
    }

    /// What is not handed on now is handed on by [#catchUp]: the reader's part is done.
    private void handOn(Complaint complaint) {
        try {
            evidence.accept(batch(complaint));
            store.handedOn(List.of(complaint.id()));
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("id", complaint.id())
                    .setCause(e)
                    .log("a complaint is kept, but not evidence yet");
        }
    }

    private EvidenceBatch batch(Complaint complaint) {
        var counts = Counts.of(complaint.kind().observation(), 1);
        boolean complains = complaint.kind().observation() == ComplaintKind.SPAM.observation();
        var reporters = complains ? List.of(complaint.reporter()) : List.<Long>of();
        long hour = Evidence.hourOf(complaint.arrived());
        return new EvidenceBatch(
                complaint.id(),
                provider,
                "feedback",
                complaint.identities().stream()
                        .map(identity -> new Evidence(identity, hour, counts, reporters))
                        .toList());
    }

    /// Hands on what was kept and not handed on, for whatever reason. To be called at the start and from time to time.
    ///
    /// @return how many
    /// @throws IOException when evidence is still not taken; what was taken is remembered
    public int catchUp() throws IOException {
        int handed = 0;
        while (true) {
            var waiting = store.notHandedOn(MAX_HANDED_ON);
            for (var complaint : waiting) {
                evidence.accept(batch(complaint));
                store.handedOn(List.of(complaint.id()));
                handed++;
            }
            if (waiting.size() < MAX_HANDED_ON) {
                return handed;
            }
        }
    }
}
