package tayori.arf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tayori.dns.DomainName;
import tayori.message.AddressList;
import tayori.mime.FieldBlock;
import tayori.mime.MailDate;
import tayori.redaction.Redaction;

/// Writes one report (RFC 5965 §2): three parts, of which the first says to people all that matters (RFC 6650 §5.4).
///
/// Of the mail complained of only chosen header fields are passed on, never its body and never its subject: what a reader
/// received is secret. Recipients are redacted (RFC 6590) wherever they stand in these fields.
public final class ArfWriter {
    /// Fields of the mail that are passed on: what tells its sender which mail, which list and which signature. All others
    /// stay here.
    private static final Set<String> PASSED_ON =
            Set.of(
                    "return-path",
                    "received",
                    "authentication-results",
                    "dkim-signature",
                    "date",
                    "from",
                    "sender",
                    "reply-to",
                    "message-id",
                    "list-id",
                    "list-unsubscribe",
                    "list-unsubscribe-post",
                    "feedback-id",
                    "cfbl-address",
                    "cfbl-feedback-id",
                    "mime-version",
                    "content-type");

    /// What RFC 9477 §3.5 asks to send back, at least.
    private static final Set<String> IDENTIFIERS = Set.of("message-id", "cfbl-feedback-id");

    /// Fields whose addresses are readers.
    private static final Set<String> OF_READERS = Set.of("to", "cc", "bcc", "delivered-to");

    /// Longest value of a field that is passed on; a longer one is left out. Unit: characters.
    static final int MAX_VALUE_LENGTH = 8_000;

    /// Most fields of the mail that are passed on.
    static final int MAX_FIELDS = 200;

    /// Most addresses that are looked for in the fields passed on. Fields that list readers are never passed on, so those
    /// beyond are not shown either.
    static final int MAX_READERS = 100;

    private final FeedbackType type;
    private final String userAgent;
    private final Redaction redaction;
    private Optional<InetAddress> sourceIp = Optional.empty();
    private Optional<Instant> arrivalDate = Optional.empty();
    private Optional<String> mailFrom = Optional.empty();
    private Optional<String> reportingMta = Optional.empty();
    private Optional<AuthenticationFailure> failure = Optional.empty();
    private final List<String> recipients = new ArrayList<>(1);
    private final List<DomainName> domains = new ArrayList<>(1);
    private final List<String> authenticationResults = new ArrayList<>(1);
    private int incidents = 1;
    private FieldBlock original = FieldBlock.EMPTY;
    private boolean identifiersOnly;

    /// @param userAgent what writes it: `Name/version`
    /// @param redaction how readers are hidden
    public ArfWriter(FeedbackType type, String userAgent, Redaction redaction) {
        this.type = type;
        this.userAgent = userAgent;
        this.redaction = redaction;
    }

    /// A failure of authentication (RFC 6591, RFC 9991), without any content.
    public static ArfWriter ofFailure(
            AuthenticationFailure failure, String userAgent, Redaction redaction) {
        var writer = new ArfWriter(FeedbackType.AUTH_FAILURE, userAgent, redaction);
        writer.failure = Optional.of(failure);
        return writer;
    }

    /// The client that delivered the mail.
    public ArfWriter sourceIp(InetAddress ip) {
        sourceIp = Optional.of(ip);
        return this;
    }

    /// When the mail arrived.
    public ArfWriter arrivalDate(Instant date) {
        arrivalDate = Optional.of(date);
        return this;
    }

    /// The envelope sender; empty for the null sender.
    public ArfWriter originalMailFrom(String address) {
        mailFrom = Optional.of(address);
        return this;
    }

    /// A recipient who complains; written redacted.
    public ArfWriter originalRecipient(String address) {
        recipients.add(address);
        return this;
    }

    /// Who is thought responsible.
    public ArfWriter reportedDomain(DomainName domain) {
        domains.add(domain);
        return this;
    }

    /// The value of an Authentication-Results field (RFC 8601).
    public ArfWriter authenticationResults(String value) {
        authenticationResults.add(value);
        return this;
    }

    /// The host that took the mail: its name.
    public ArfWriter reportingMta(DomainName host) {
        reportingMta = Optional.of("dns; " + host);
        return this;
    }

    /// How many complaints this report stands for.
    public ArfWriter incidents(int count) {
        incidents = Math.max(1, count);
        return this;
    }

    /// Head of the mail, from which the fields are chosen that are passed on.
    public ArfWriter original(FieldBlock head) {
        original = head;
        return this;
    }

    /// Passes on `Message-ID` and `CFBL-Feedback-ID` alone: the least that RFC 9477 §3.5 asks for.
    public ArfWriter identifiersOnly() {
        identifiersOnly = true;
        return this;
    }

    /// The report as it goes to SMTP, lines ended with CRLF; not yet signed.
    public byte[] write(ReportHead head) {
        var out = new Lines();
        out.line("From: <" + head.from() + ">");
        out.line("To: <" + head.to() + ">");
        out.line("Date: " + MailDate.write(head.date()));
        out.line("Subject: Feedback report: " + type.word());
        out.line("Message-ID: " + head.messageId());
        out.line("Auto-Submitted: auto-generated"); // RFC 3834 §5: nobody's autoresponder shall
        // answer
        out.line("MIME-Version: 1.0");
        out.line("Content-Type: multipart/report; report-type=feedback-report;");
        out.line("\tboundary=\"" + head.boundary() + "\"");
        out.line("");
        delimiter(out, head, "text/plain; charset=utf-8");
        forPeople(out);
        delimiter(out, head, "message/feedback-report");
        fields(out);
        delimiter(out, head, "text/rfc822-headers; charset=utf-8");
        original(out);
        out.line("");
        out.line("--" + head.boundary() + "--");
        return out.octets();
    }

    private static void delimiter(Lines out, ReportHead head, String type) {
        out.line("");
        out.line("--" + head.boundary());
        out.line("Content-Type: " + type);
        out.line("");
    }

    private void forPeople(Lines out) {
        out.line(
                "This is a feedback report of type "
                        + type.word()
                        + " (RFC 5965) about one message.");
        out.line("");
        sourceIp.ifPresent(ip -> out.line("Received from: " + ip.getHostAddress()));
        arrivalDate.ifPresent(date -> out.line("Received on: " + MailDate.write(date)));
        mailFrom.ifPresent(from -> out.line("Envelope sender: <" + from + ">"));
        original.first("Message-ID").ifPresent(id -> out.line("Message-ID: " + id));
        if (redaction.redacts()) {
            out.line("");
            out.line("Recipients are redacted (RFC 6590), and the content is left out.");
        }
    }

    private void fields(Lines out) {
        out.line("Feedback-Type: " + type.word());
        out.line("User-Agent: " + userAgent);
        out.line("Version: 1");
        mailFrom.ifPresent(from -> out.line("Original-Mail-From: <" + from + ">"));
        for (String recipient : recipients) {
            out.line("Original-Rcpt-To: <" + redaction.address(recipient) + ">");
        }
        arrivalDate.ifPresent(date -> out.line("Arrival-Date: " + MailDate.write(date)));
        reportingMta.ifPresent(mta -> out.line("Reporting-MTA: " + mta));
        sourceIp.ifPresent(ip -> out.line("Source-IP: " + ip.getHostAddress()));
        if (incidents > 1) {
            out.line("Incidents: " + incidents);
        }
        for (String results : authenticationResults) {
            out.line("Authentication-Results: " + hidden(results));
        }
        for (var domain : domains) {
            out.line("Reported-Domain: " + domain);
        }
        failure.ifPresent(f -> failure(out, f));
    }

    private static void failure(Lines out, AuthenticationFailure failure) {
        out.line("Auth-Failure: " + failure.kind());
        failure.deliveryResult().ifPresent(result -> out.line("Delivery-Result: " + result));
        if (failure.kind().equals("dmarc")) {
            out.line(
                    "Identity-Alignment: "
                            + (failure.identityAlignment().isEmpty()
                                    ? "none"
                                    : String.join(", ", failure.identityAlignment())));
        }
        failure.dkimDomain().ifPresent(domain -> out.line("DKIM-Domain: " + domain));
        failure.dkimSelector().ifPresent(selector -> out.line("DKIM-Selector: " + selector));
        for (String record : failure.spfDns()) {
            out.line("SPF-DNS: " + record);
        }
    }

    private void original(Lines out) {
        var wanted = identifiersOnly ? IDENTIFIERS : PASSED_ON;
        int passed = 0;
        for (int i = 0; i < original.size() && passed < MAX_FIELDS; i++) {
            String value = original.value(i);
            if (wanted.contains(original.name(i).toLowerCase(Locale.ROOT))
                    && value.length() <= MAX_VALUE_LENGTH) {
                out.line(original.name(i) + ": " + hidden(value));
                passed++;
            }
        }
    }

    /// A value with every address of a reader redacted that we know of: those who complain, and those whom the mail names
    /// as its readers.
    private String hidden(String value) {
        if (!redaction.redacts()) {
            return value;
        }
        String out = value;
        for (String reader : readers()) {
            out = replaced(out, reader, redaction.address(reader));
        }
        return out;
    }

    private List<String> readers() {
        var readers = new ArrayList<String>(recipients);
        for (int i = 0; i < original.size(); i++) {
            if (OF_READERS.contains(original.name(i).toLowerCase(Locale.ROOT))) {
                AddressList.parse(original.value(i)).mailboxes().stream()
                        .map(Object::toString)
                        .filter(address -> address.indexOf('@') > 0)
                        .limit(Math.max(0, MAX_READERS - readers.size()))
                        .forEach(readers::add);
            }
        }
        return readers;
    }

    /// Every occurrence, in any case.
    private static String replaced(String text, String address, String by) {
        String lower = text.toLowerCase(Locale.ROOT);
        String wanted = address.toLowerCase(Locale.ROOT);
        if (lower.length() != text.length() || wanted.isEmpty()) {
            return text.contains(address) ? text.replace(address, by) : text;
        }
        var out = new StringBuilder(text.length());
        int at = 0;
        for (int found = lower.indexOf(wanted); found >= 0; found = lower.indexOf(wanted, at)) {
            out.append(text, at, found).append(by);
            at = found + wanted.length();
        }
        return out.append(text, at, text.length()).toString();
    }

    /// Lines of a message: whatever a stranger's value holds, it stays within its line.
    private static final class Lines {
        private final StringBuilder text = new StringBuilder(2_048);

        /// Where a long line is folded. Unit: characters; RFC 5322 §2.1.1 wants 998 at most.
        private static final int FOLD_AT = 900;

        void line(String line) {
            int length = 0;
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                boolean control = (c < ' ' && c != '\t') || c == 0x7f;
                text.append(control ? ' ' : c);
                length++;
                if (length >= FOLD_AT && c == ' ') {
                    text.append("\r\n ");
                    length = 1;
                }
            }
            text.append("\r\n");
        }

        byte[] octets() {
            return text.toString().getBytes(UTF_8);
        }
    }
}
