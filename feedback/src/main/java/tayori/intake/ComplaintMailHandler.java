package tayori.intake;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.arf.ArfReader;
import tayori.arf.ArfReading;
import tayori.arf.ArfReport;
import tayori.feedback.ComplaintKind;
import tayori.feedback.FeedbackAnswer;
import tayori.feedback.FeedbackHub;
import tayori.feedback.Submission;
import tayori.message.MessageHead;
import tayori.milter.EnvelopeAddress;
import tayori.smtp.Envelope;
import tayori.smtp.MailHandler;
import tayori.smtp.MailServerOptions.Protocol;
import tayori.smtp.SmtpReply;

/// Takes complaints and feedback reports that come as mail.
///
/// **A complaint** is a mail to one of the complaint addresses with the mail complained of attached (`message/rfc822`), or that
/// mail itself, piped here as it was delivered. The reader is the envelope sender. That is believed only from the provider's own
/// networks, and from a unix socket, whose file mode says who may write to it: there stands the submission server, which has
/// asked for a password and let nobody send in another's name. What it cannot know, whether this reader got this mail, the
/// receipt in the attached mail proves; so even a reader who sends in another's name moves nothing without that other's mail.
///
/// **A feedback report** (RFC 5965) to one of the report addresses may come from anywhere, and goes on unjudged.
///
/// Thread-safe.
public final class ComplaintMailHandler implements MailHandler {
    private static final Logger LOG = LoggerFactory.getLogger("tayori.intake");

    private static final SmtpReply NOT_FROM_HERE =
            SmtpReply.of(550, "5.7.1", "Complaints are taken from our own submission server only");
    private static final SmtpReply NO_READER =
            SmtpReply.of(550, "5.7.1", "A complaint needs a reader, and the sender is empty");
    private static final SmtpReply NO_MAIL =
            SmtpReply.of(
                    550, "5.6.0", "No mail is attached; forward it as an attachment, not as text");
    private static final SmtpReply NO_REPORT =
            SmtpReply.of(550, "5.6.0", "This is no feedback report (RFC 5965)");
    private static final SmtpReply REPORT_TAKEN =
            SmtpReply.of(250, "2.0.0", "The feedback report is taken");

    private final FeedbackHub hub;
    private final ReportSink reports;
    private final Predicate<InetAddress> ownNetworks;
    private final MailIntakeOptions options;

    /// @param ownNetworks whether an address is one of the provider's own submission servers
    public ComplaintMailHandler(
            FeedbackHub hub,
            ReportSink reports,
            Predicate<InetAddress> ownNetworks,
            MailIntakeOptions options) {
        this.hub = hub;
        this.reports = reports;
        this.ownNetworks = ownNetworks;
        this.options = options;
    }

    @Override
    public SmtpReply recipient(Envelope envelope, EnvelopeAddress recipient) {
        if (options.takesReportsAt(recipient)) {
            return SmtpReply.RECIPIENT_OK;
        }
        if (options.kindAt(recipient).isEmpty()) {
            return SmtpReply.UNKNOWN_RECIPIENT;
        }
        if (!envelope.client().map(ownNetworks::test).orElse(true)) {
            return NOT_FROM_HERE;
        }
        return envelope.sender().isNull() ? NO_READER : SmtpReply.RECIPIENT_OK;
    }

    @Override
    public List<SmtpReply> message(Envelope envelope, byte[] octets) {
        var replies =
                envelope.recipients().stream()
                        .map(recipient -> answer(envelope, recipient, octets))
                        .toList();
        return envelope.protocol() == Protocol.LMTP ? replies : List.of(together(replies));
    }

    private SmtpReply answer(Envelope envelope, EnvelopeAddress recipient, byte[] octets) {
        try {
            return options.kindAt(recipient).isPresent()
                    ? complaint(envelope, options.kindAt(recipient).get(), octets)
                    : report(octets);
        } catch (IOException e) {
            LOG.atError().setCause(e).log("a complaint by mail cannot be kept");
            return SmtpReply.TRY_AGAIN;
        }
    }

    // ---- complaints

    private SmtpReply complaint(Envelope envelope, ComplaintKind kind, byte[] octets)
            throws IOException {
        return switch (ReportedMails.read(octets, options.maxMails())) {
            case ReportedMails.Reading.Refused(var reason) -> SmtpReply.of(550, "5.6.0", reason);
            case ReportedMails.Reading.Found(var mails) -> complaint(envelope, kind, mails);
        };
    }

    /// The mail itself counts only where none of the attached is proven: a report that went through our own receiver carries a
    /// receipt, too, and a mail that is piped here may have another one attached.
    private SmtpReply complaint(Envelope envelope, ComplaintKind kind, ReportedMails mails)
            throws IOException {
        var answers = new ArrayList<FeedbackAnswer>();
        for (var head : mails.attached()) {
            answers.add(take(envelope, kind, head));
        }
        if (answers.stream().noneMatch(ComplaintMailHandler::isTaken)
                && mails.whole().isPresent()) {
            answers.add(take(envelope, kind, mails.whole().get()));
        }
        return reply(answers);
    }

    private FeedbackAnswer take(Envelope envelope, ComplaintKind kind, MessageHead head)
            throws IOException {
        return hub.take(
                new Submission(
                        kind,
                        List.of(envelope.sender().text()),
                        Optional.of(head),
                        Optional.empty(),
                        Submission.Channel.MAIL));
    }

    private static boolean isTaken(FeedbackAnswer answer) {
        return switch (answer) {
            case FeedbackAnswer.Accepted _, FeedbackAnswer.Repeated _ -> true;
            case FeedbackAnswer.WithoutReceipt _, FeedbackAnswer.Unproven _ -> false;
        };
    }

    /// Positive when one was taken: a bounce for all of them would make the reader send all of them again.
    private static SmtpReply reply(List<FeedbackAnswer> answers) {
        if (answers.isEmpty()) {
            return NO_MAIL;
        }
        boolean taken = answers.stream().anyMatch(ComplaintMailHandler::isTaken);
        var lines = answers.stream().map(ComplaintMailHandler::line).toList();
        return taken ? new SmtpReply(250, "2.0.0", lines) : new SmtpReply(550, "5.7.1", lines);
    }

    private static String line(FeedbackAnswer answer) {
        return switch (answer) {
            case FeedbackAnswer.Accepted(var id) -> "Complaint " + id + " is taken";
            case FeedbackAnswer.Repeated(var id) -> "Complaint " + id + " had been taken before";
            case FeedbackAnswer.WithoutReceipt _ ->
                    "Nothing proves that the mail was delivered here: it carries no receipt";
            case FeedbackAnswer.Unproven(var reason) ->
                    "The receipt of the mail proves nothing: " + reason.sentence();
        };
    }

    // ---- feedback reports

    private SmtpReply report(byte[] octets) throws IOException {
        return switch (ArfReader.read(octets)) {
            case ArfReading.NoReport _ -> NO_REPORT;
            case ArfReport report -> {
                reports.take(report, octets);
                LOG.atInfo().addKeyValue("report", report.toString()).log("feedback report");
                yield REPORT_TAKEN;
            }
        };
    }

    // ---- SMTP has one reply for all recipients

    /// Try again, when one of them must; repeating does no harm. Else what was taken, else the first refusal.
    private static SmtpReply together(List<SmtpReply> replies) {
        return replies.stream()
                .filter(reply -> reply.code() / 100 == 4)
                .findFirst()
                .or(() -> replies.stream().filter(SmtpReply::isPositive).findFirst())
                .orElseGet(replies::getFirst);
    }
}
