package tayori.bounce;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tayori.message.Address;
import tayori.message.AddressList;
import tayori.mime.EncodedWords;
import tayori.mime.FieldBlock;
import tayori.mime.MimePart;

/// By what bounces and automatic replies are known, where no part says so by its type.
final class Signs {
    private static final List<String> SYSTEM_NAMES =
            List.of(
                    "mailer-daemon",
                    "maildaemon",
                    "mail-daemon",
                    "mailerdaemon",
                    "mdaemon",
                    "postmaster",
                    "post_master",
                    "mailmaster",
                    "daemon");

    private static final List<String> SYSTEM_DISPLAY_NAMES =
            List.of(
                    "mail delivery",
                    "mail deliver",
                    "mailer-daemon",
                    "mailer daemon",
                    "delivery subsystem",
                    "mail administrator",
                    "mail system",
                    "system administrator",
                    "postmaster");

    private static final List<String> SUBJECTS =
            List.of(
                    "undeliver",
                    "non-deliver",
                    "nondeliver",
                    "not deliver",
                    "returned mail",
                    "returned message",
                    "returned to sender",
                    "delivery status notification",
                    "delivery status",
                    "delivery failure",
                    "delivery failed",
                    "delivery has failed",
                    "delivery problem",
                    "delivery error",
                    "delivery notification",
                    "delivery report",
                    "delivery delayed",
                    "failure notice",
                    "failure delivery",
                    "failure to deliver",
                    "failed mail",
                    "mail failure",
                    "mail delivery",
                    "mail system error",
                    "mail error",
                    "could not send",
                    "could not be delivered",
                    "cannot be delivered",
                    "unable to deliver",
                    "undelivered",
                    "user unknown",
                    "message delayed",
                    "has been delayed",
                    "message status",
                    "returning message",
                    "bounce");

    private static final List<String> FAILURES =
            List.of(
                    "could not be delivered",
                    "couldn't be delivered",
                    "cannot be delivered",
                    "can't be delivered",
                    "can not be delivered",
                    "could not deliver",
                    "couldn't deliver",
                    "cannot deliver",
                    "wasn't able to deliver",
                    "not able to deliver",
                    "was unable to deliver",
                    "unable to deliver",
                    "unable to be delivered",
                    "undeliverable",
                    "undelivered",
                    "not delivered",
                    "not been delivered",
                    "not yet been delivered",
                    "not be delivered",
                    "did not reach",
                    "delivery failed",
                    "delivery to the following",
                    "delivery has failed",
                    "failed to deliver",
                    "failed permanently",
                    "permanent error",
                    "permanent fatal error",
                    "fatal error",
                    "delivery error",
                    "failed addresses",
                    "rejected by",
                    "failure reasons",
                    "could not send",
                    "has been delayed",
                    "is delayed",
                    "delivery attempts",
                    "delivery problem",
                    "attempting to deliver",
                    "trouble delivering",
                    "was aborted",
                    "error was detected while processing",
                    "error from remote",
                    "returned to sender",
                    "no such user",
                    "unknown user",
                    "user unknown");

    private Signs() {}

    /// Whether a mail system wrote this because it could not deliver something.
    static boolean ofMailSystem(MimePart message, ReturnedMail mail) {
        var head = message.head();
        if (head.has("X-Failed-Recipients")) {
            return true;
        }
        String subject = subject(head);
        boolean report = BounceReader.isReport(message);
        boolean named =
                head.first("From").stream()
                        .flatMap(from -> AddressList.parse(from).mailboxes().stream())
                        .anyMatch(Signs::isMailSystem);
        boolean subjected = SUBJECTS.stream().anyMatch(subject::contains);
        boolean nullSender =
                head.first("Return-Path").filter(path -> path.equals("<>")).isPresent();
        if (!report && !named && !subjected && !nullSender && mail.original().isEmpty()) {
            return false;
        }
        String words = Diagnosis.words(mail.notice().text());
        if (named && mail.notice().hasBracketedRecipients()) {
            return true; // the form of qmail, in any language
        }
        return FAILURES.stream().anyMatch(words::contains)
                || (Phrases.names(words) && (named || subjected || report));
    }

    /// In lower case, encoded words decoded.
    static String subject(FieldBlock head) {
        return EncodedWords.decode(head.first("Subject").orElse(""))
                .toLowerCase(Locale.ROOT)
                .strip();
    }

    private static boolean isMailSystem(Address address) {
        String local = address.localPart().toLowerCase(Locale.ROOT);
        String name = address.displayName().toLowerCase(Locale.ROOT);
        return SYSTEM_NAMES.stream().anyMatch(local::contains)
                || SYSTEM_DISPLAY_NAMES.stream().anyMatch(name::contains);
    }

    /// Whether a notice only tells of a delay: says so in its subject or its first words, and does not say that it is over.
    static boolean isWarning(String subject, String words) {
        boolean says =
                subject.contains("delay")
                        || subject.contains("warning")
                        || words.contains("this is a warning message only")
                        || words.contains("you do not need to resend")
                        || words.contains("will continue to attempt")
                        || words.contains("will be retried")
                        || words.contains("will keep trying")
                        || words.contains("delivery attempts will continue")
                        || words.contains("has not yet been delivered");
        boolean over =
                words.contains("permanent error")
                        || words.contains("giving up")
                        || words.contains("given up")
                        || words.contains("user unknown")
                        || words.contains("no such user");
        return says && !over;
    }

    private static final List<String> REPLY_SUBJECTS =
            List.of(
                    "out of office",
                    "out of the office",
                    "auto:",
                    "auto reply",
                    "auto-reply",
                    "autoreply",
                    "automatic reply",
                    "automatic response",
                    "vacation",
                    "away from",
                    "on holiday",
                    "on leave");

    /// Whether a machine wrote this for its owner: RFC 3834 §5, and the fields of before.
    ///
    /// @return what made us think so
    static Optional<String> ofAutoReply(FieldBlock head) {
        if (head.startsWith("Auto-Submitted", "auto-replied")
                || head.startsWith("Auto-Submitted", "auto-notified")) {
            return Optional.of("auto-replied");
        }
        if (head.has("X-Autoreply")
                || head.has("X-Autorespond")
                || head.has("X-Autoresponder")
                || head.startsWith("X-Apple-Action", "vacation")
                || head.startsWith("Precedence", "auto_reply")) {
            return Optional.of("auto-replied");
        }
        String subject = subject(head);
        return REPLY_SUBJECTS.stream().anyMatch(subject::startsWith)
                ? Optional.of("vacation")
                : Optional.empty();
    }
}
