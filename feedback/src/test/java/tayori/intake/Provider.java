package tayori.intake;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tayori.arf.ArfReport;
import tayori.dns.DomainName;
import tayori.feedback.Complaint;
import tayori.feedback.FeedbackHub;
import tayori.feedback.FeedbackStore;
import tayori.feedback.ReaderHash;
import tayori.message.HeaderField;
import tayori.message.MessageHead;
import tayori.receipt.ReceiptChecker;
import tayori.receipt.ReceiptIssuer;
import tayori.receipt.ReceiptKey;
import tayori.receipt.ReceiptOptions;
import tayori.reputation.Identity;

/// A provider with readers, mail that it has delivered to them, and a shelf of complaints.
final class Provider implements FeedbackStore {
    private static final Instant ARRIVED = Instant.parse("2026-11-22T10:20:00Z");
    private static final ReceiptKey KEY = ReceiptKey.of("k1", new byte[32]);

    final Map<String, Complaint> complaints = new LinkedHashMap<>();
    final List<ArfReport> reports = new ArrayList<>();
    boolean full;

    final ComplaintMailHandler handler =
            new ComplaintMailHandler(
                    new FeedbackHub(
                            new ReceiptChecker(List.of(KEY), ReceiptOptions.DEFAULTS),
                            this,
                            _ -> {},
                            new ReaderHash(new byte[32]),
                            "example.jp",
                            () -> ARRIVED.plus(Duration.ofHours(3)),
                            new Random(1)),
                    (report, _) -> {
                        checkSpace();
                        reports.add(report);
                    },
                    InetAddress::isLoopbackAddress,
                    MailIntakeOptions.ofDomain("report.example.jp"));

    private void checkSpace() throws IOException {
        if (full) {
            throw new IOException("no space left on device");
        }
    }

    @Override
    public Kept keep(Complaint complaint) throws IOException {
        checkSpace();
        var before =
                complaints.putIfAbsent(
                        complaint.delivery() + complaint.kind().observation(), complaint);
        return before == null
                ? new Kept(complaint.id(), false, true)
                : new Kept(before.id(), true, false);
    }

    @Override
    public List<Complaint> notHandedOn(int limit) {
        return List.of();
    }

    @Override
    public void handedOn(List<String> ids) {
        // nobody asks
    }

    /// A mail as it lies in the mailbox.
    static String delivered(int number, String... recipients) {
        var fields = new ArrayList<HeaderField>();
        fields.add(HeaderField.of("Message-ID", "<" + number + "@shop.example>"));
        fields.add(HeaderField.of("From", "Shop <news@shop.example>"));
        fields.add(HeaderField.of("Date", "Sun, 22 Nov 2026 19:20:00 +0900"));
        fields.add(HeaderField.of("Subject", "Offer " + number));
        var receipt =
                new ReceiptIssuer(KEY, ReceiptOptions.DEFAULTS, new Random(number))
                        .issue(
                                new MessageHead(fields),
                                List.of(Identity.author(DomainName.of("shop.example"))),
                                List.of(recipients),
                                ARRIVED)
                        .orElseThrow();
        fields.addFirst(HeaderField.of(ReceiptIssuer.FIELD_NAME, receipt));
        var mail = new StringBuilder();
        for (var field : fields) {
            mail.append(new String(field.raw(), StandardCharsets.UTF_8)).append("\r\n");
        }
        return mail.append("\r\nBuy now.\r\n").toString();
    }
}
