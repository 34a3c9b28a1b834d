package tayori.receipt;

import java.time.Duration;

/// How receipts are made and checked.
///
/// @param window how long after delivery a reader may use one; a complaint about older mail moves nothing any more
/// @param clockSkew how far the clocks of one provider's machines may be apart
/// @param recipientDelimiter what parts a user's name from a detail of his own choice (RFC 5233 §1); the detail is no part
///     of who the reader is. Empty: names have no details
/// @param maxRecipients of one mail that get a receipt; further ones get none, as the field would not fit
public record ReceiptOptions(
        Duration window, Duration clockSkew, String recipientDelimiter, int maxRecipients) {
    public static final ReceiptOptions DEFAULTS =
            new ReceiptOptions(Duration.ofDays(30), Duration.ofMinutes(5), "+", 64);
}
