package tayori.feedback;

import java.util.List;
import java.util.Locale;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

/// What the sender itself wrote into its mail to know it again: all that it may hear back of a complaint, and all that is
/// kept of the header. Empty where a mail has none.
///
/// @param messageId `Message-ID` (RFC 5322 §3.6.4)
/// @param cfblAddress `CFBL-Address`: where the sender wants complaints (RFC 9477 §3.1)
/// @param cfblFeedbackId `CFBL-Feedback-ID` (RFC 9477 §3.3)
/// @param feedbackId `Feedback-ID`, the older custom of large mailbox providers
/// @param listId `List-Id` (RFC 2919)
public record SenderMarks(
        String messageId,
        String cfblAddress,
        String cfblFeedbackId,
        String feedbackId,
        String listId) {
    public static final SenderMarks NONE = new SenderMarks("", "", "", "", "");

    /// Longest mark kept: a header line (RFC 5322 §2.1.1). A longer one is left out, as a shortened one names something
    /// else. Unit: characters.
    public static final int MAX_LENGTH = 998;

    public static SenderMarks of(MessageHead head) {
        return new SenderMarks(
                mark(head, "Message-ID"),
                mark(head, "CFBL-Address"),
                mark(head, "CFBL-Feedback-ID"),
                mark(head, "Feedback-ID"),
                mark(head, "List-Id"));
    }

    private static String mark(MessageHead head, String name) {
        return head.first(name)
                .map(HeaderField::unfolded)
                .map(String::strip)
                .filter(value -> value.length() <= MAX_LENGTH)
                .orElse("");
    }

    /// A mail in which a reader's own address stands in a mark, as in `Message-ID`s that some programs make of the
    /// recipient, is known by its other marks.
    SenderMarks without(List<String> addresses) {
        return new SenderMarks(
                clean(messageId, addresses),
                clean(cfblAddress, addresses),
                clean(cfblFeedbackId, addresses),
                clean(feedbackId, addresses),
                clean(listId, addresses));
    }

    private static String clean(String mark, List<String> addresses) {
        String lower = mark.toLowerCase(Locale.ROOT);
        return addresses.stream()
                        .map(address -> address.strip().toLowerCase(Locale.ROOT))
                        .map(address -> address.replace("<", "").replace(">", ""))
                        .anyMatch(address -> !address.isEmpty() && lower.contains(address))
                ? ""
                : mark;
    }
}
