package tayori.bounce;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Finds in what a mail system says the codes and the reason.
///
/// Words go before codes: a mailbox that is full is told as 5.1.1, a blocked client as 5.0.0, by systems in use, while
/// the words that people read are right. Among words, what speaks of the sender or the mail goes before what speaks of
/// the recipient, because a refusal of policy often quotes the recipient too.
record Diagnosis(
        Optional<EnhancedStatus> status, OptionalInt replyCode, Reason reason, Verdict verdict) {
    /// Most text that is looked at for one recipient. Unit: characters; notices quote a few lines.
    static final int MAX_LENGTH = 8_192;

    /// @param text what the receiving system said of the recipient
    /// @param told the status code of its own field, where there is one
    /// @param notice what the reporting system wrote around it
    static Diagnosis of(String text, Optional<EnhancedStatus> told, String notice) {
        String looked = bounded(text);
        String around = bounded(notice);
        var quoted = quotedStatus(looked).or(() -> quotedStatus(around));
        // A code in the receiver's own words is nearer to the cause than one that the reporting
        // system put over it.
        var status =
                quoted.filter(EnhancedStatus::isSpecific)
                        .or(() -> told.filter(EnhancedStatus::isSpecific))
                        .or(() -> quoted)
                        .or(() -> told);
        var reply = replyCode(looked);
        if (reply.isEmpty()) {
            reply = replyCode(around);
        }
        var reason = reason(looked, around, status, told, reply);
        // RFC 3463 §2: class 4 may work later, so it never speaks against an address.
        boolean forNow =
                told.or(() -> status).filter(s -> s.statusClass() == 4).isPresent()
                        && reason.verdict() == Verdict.HARD;
        return new Diagnosis(status, reply, reason, forNow ? Verdict.SOFT : reason.verdict());
    }

    private static String bounded(String text) {
        return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
    }

    private static Reason reason(
            String text,
            String notice,
            Optional<EnhancedStatus> status,
            Optional<EnhancedStatus> told,
            OptionalInt reply) {
        return Phrases.reason(words(text))
                .or(() -> status.filter(EnhancedStatus::isPrecise).flatMap(Diagnosis::byStatus))
                .or(() -> told.filter(EnhancedStatus::isPrecise).flatMap(Diagnosis::byStatus))
                .or(() -> Phrases.vagueReason(words(text)))
                .or(() -> Phrases.reason(words(notice)))
                .or(() -> status.flatMap(Diagnosis::byStatus))
                .or(() -> Phrases.vagueReason(words(notice)))
                .or(() -> byReply(reply))
                .orElse(Reason.UNKNOWN);
    }

    /// Lower case, runs of white space as one space: notices are folded anywhere.
    static String words(String text) {
        var out = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ') {
                gap = true;
            } else {
                if (gap) {
                    out.append(' ');
                    gap = false;
                }
                out.append(c == '\u2019' ? '\'' : c);
            }
        }
        return out.toString().toLowerCase(Locale.ROOT);
    }

    // ---- codes

    /// The first enhanced code in a text whose detail says something; else the first whose subject does; else the first.
    private static Optional<EnhancedStatus> quotedStatus(String text) {
        Optional<EnhancedStatus> half = Optional.empty();
        Optional<EnhancedStatus> vague = Optional.empty();
        for (int i = 0; i + 5 <= text.length(); i++) {
            char c = text.charAt(i);
            boolean begins = i == 0 || " \t\r\n(#[:;-<\"'/,=".indexOf(text.charAt(i - 1)) >= 0;
            if ((c == '5' || c == '4') && begins) {
                var status = EnhancedStatus.at(text, i).filter(s -> s.subject() <= 7);
                if (status.filter(EnhancedStatus::isPrecise).isPresent()) {
                    return status;
                }
                if (half.isEmpty()) {
                    half = status.filter(EnhancedStatus::isSpecific);
                }
                if (vague.isEmpty()) {
                    vague = status;
                }
            }
        }
        return half.isPresent() ? half : vague;
    }

    /// The first SMTP reply code of a failure: three digits that stand alone.
    private static OptionalInt replyCode(String text) {
        for (int i = 0; i + 3 <= text.length(); i++) {
            char c = text.charAt(i);
            boolean begins = i == 0 || " \t\r\n(#[:;-<>\"'=,".indexOf(text.charAt(i - 1)) >= 0;
            if (begins && (c == '4' || c == '5') && isReplyCode(text, i)) {
                return OptionalInt.of(Integer.parseInt(text, i, i + 3, 10));
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isReplyCode(String text, int at) {
        char second = text.charAt(at + 1);
        char third = text.charAt(at + 2);
        if (second < '0' || second > '5' || third < '0' || third > '9') {
            return false;
        }
        return at + 3 == text.length() || " -\r\n\t:;,)#<>\"'".indexOf(text.charAt(at + 3)) >= 0;
    }

    /// RFC 3463 §3 and the registry it made.
    private static final Map<String, Reason> BY_CODE =
            Map.ofEntries(
                    Map.entry("1.0", Reason.MAILBOX_UNKNOWN),
                    Map.entry("1.1", Reason.MAILBOX_UNKNOWN),
                    Map.entry("1.2", Reason.HOST_UNKNOWN),
                    Map.entry("1.3", Reason.MAILBOX_UNKNOWN),
                    Map.entry("1.4", Reason.MAILBOX_UNKNOWN),
                    Map.entry("1.6", Reason.MAILBOX_MOVED),
                    Map.entry("1.7", Reason.SENDER_REFUSED),
                    Map.entry("1.8", Reason.SENDER_REFUSED),
                    Map.entry("1.9", Reason.SYSTEM),
                    Map.entry("1.10", Reason.TAKES_NO_MAIL),
                    Map.entry("2.0", Reason.UNKNOWN),
                    Map.entry("2.1", Reason.MAILBOX_DISABLED),
                    Map.entry("2.2", Reason.MAILBOX_FULL),
                    Map.entry("2.3", Reason.TOO_LARGE),
                    Map.entry("2.4", Reason.SYSTEM),
                    Map.entry("3.0", Reason.SYSTEM),
                    Map.entry("3.1", Reason.SYSTEM),
                    Map.entry("3.2", Reason.TAKES_NO_MAIL),
                    Map.entry("3.3", Reason.SYSTEM),
                    Map.entry("3.4", Reason.TOO_LARGE),
                    Map.entry("3.5", Reason.SYSTEM),
                    Map.entry("4.0", Reason.NETWORK),
                    Map.entry("4.1", Reason.EXPIRED),
                    Map.entry("4.2", Reason.NETWORK),
                    Map.entry("4.3", Reason.NETWORK),
                    Map.entry("4.4", Reason.HOST_UNKNOWN),
                    Map.entry("4.5", Reason.RATE),
                    Map.entry("4.6", Reason.NETWORK),
                    Map.entry("4.7", Reason.EXPIRED),
                    Map.entry("5.0", Reason.SYSTEM),
                    Map.entry("5.1", Reason.SYSTEM),
                    Map.entry("5.2", Reason.SYSTEM),
                    Map.entry("5.3", Reason.RATE),
                    Map.entry("5.4", Reason.SYSTEM),
                    Map.entry("6.0", Reason.CONTENT),
                    Map.entry("6.1", Reason.CONTENT),
                    Map.entry("6.2", Reason.CONTENT),
                    Map.entry("6.3", Reason.CONTENT),
                    Map.entry("6.5", Reason.CONTENT),
                    Map.entry("6.6", Reason.CONTENT),
                    Map.entry("6.7", Reason.FORMAT),
                    Map.entry("7.0", Reason.RULES),
                    Map.entry("7.1", Reason.RULES),
                    Map.entry("7.2", Reason.RULES),
                    Map.entry("7.5", Reason.AUTHENTICATION),
                    Map.entry("7.7", Reason.AUTHENTICATION),
                    Map.entry("7.8", Reason.AUTHENTICATION),
                    Map.entry("7.9", Reason.AUTHENTICATION),
                    Map.entry("7.13", Reason.MAILBOX_DISABLED),
                    Map.entry("7.17", Reason.MAILBOX_UNKNOWN),
                    Map.entry("7.18", Reason.HOST_UNKNOWN),
                    Map.entry("7.20", Reason.AUTHENTICATION),
                    Map.entry("7.21", Reason.AUTHENTICATION),
                    Map.entry("7.22", Reason.AUTHENTICATION),
                    Map.entry("7.23", Reason.AUTHENTICATION),
                    Map.entry("7.24", Reason.AUTHENTICATION),
                    Map.entry("7.25", Reason.AUTHENTICATION),
                    Map.entry("7.26", Reason.AUTHENTICATION),
                    Map.entry("7.27", Reason.SENDER_REFUSED),
                    Map.entry("7.28", Reason.RATE));

    /// What the code says; of class 7 whatever the registry does not name is policy.
    private static Optional<Reason> byStatus(EnhancedStatus status) {
        return Optional.ofNullable(BY_CODE.get(status.subject() + "." + status.detail()))
                .or(() ->
                        status.subject() == 7
                                ? Optional.of(Reason.RULES)
                                : Optional.<Reason>empty());
    }

    /// RFC 5321 §4.2.3. 554 says that something failed, and 550 that a mailbox is not there or that policy refuses it, so
    /// without words they tell nothing.
    private static Optional<Reason> byReply(OptionalInt reply) {
        return switch (reply.orElse(0)) {
            case 421, 450, 451, 452, 454 -> Optional.of(Reason.SYSTEM);
            case 551 -> Optional.of(Reason.MAILBOX_MOVED);
            case 552 -> Optional.of(Reason.MAILBOX_FULL);
            case 556 -> Optional.of(Reason.TAKES_NO_MAIL);
            default -> Optional.empty();
        };
    }
}
