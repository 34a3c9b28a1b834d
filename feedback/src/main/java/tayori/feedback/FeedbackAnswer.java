package tayori.feedback;

import tayori.receipt.ReceiptCheck.Refusal;

/// What a reader is told.
public sealed interface FeedbackAnswer {
    /// It is kept, and whatever follows from it will follow.
    record Accepted(String id) implements FeedbackAnswer {}

    /// The reader had said so already.
    ///
    /// @param id of the first one
    record Repeated(String id) implements FeedbackAnswer {}

    /// The mail carries no receipt, so nobody knows that it was delivered here.
    record WithoutReceipt() implements FeedbackAnswer {}

    /// The receipt proves nothing.
    record Unproven(Refusal reason) implements FeedbackAnswer {}
}
