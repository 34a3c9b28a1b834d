package tayori.milter;

import java.util.List;

/// What is done with one SMTP session, in the order of the protocol. One object per session, called by one thread at a time.
///
/// The order is certain: `connect`, `helo` (perhaps again, perhaps never), then for each mail `mail`, `recipient` (once or more),
/// `data`, `header` (any number), `endOfHeaders`, `body` (any number) and `endOfMessage`; only steps that [FilterNeeds] asks for
/// are called. A mail may end early with `abort`, or without a word when an answer has settled it; `closed` is always last.
///
/// A method that throws costs the mail it was called for the answer that [MilterOptions] names, never the server.
public interface MilterFilter {

    default Reply connect(ConnectInfo client) {
        return Reply.CONTINUE;
    }

    /// @param name what the client calls itself, unchecked
    default Reply helo(String name) {
        return Reply.CONTINUE;
    }

    /// @param arguments ESMTP arguments as they came: `SIZE=1000`, `BODY=8BITMIME`
    default Reply mail(EnvelopeAddress sender, List<String> arguments) {
        return Reply.CONTINUE;
    }

    default Reply recipient(EnvelopeAddress recipient, List<String> arguments) {
        return Reply.CONTINUE;
    }

    default Reply data() {
        return Reply.CONTINUE;
    }

    /// One header field, octet by octet.
    ///
    /// @param name without the colon; white space before the colon stays if the MTA kept it
    /// @param value all that follows the colon, with the white space there, folds as LF and without the final line end. An MTA
    ///     that cannot tell the white space after the colon is taken to have had one space
    default Reply header(byte[] name, byte[] value) {
        return Reply.CONTINUE;
    }

    default Reply endOfHeaders() {
        return Reply.CONTINUE;
    }

    /// Some octets of the body, lines ending in CRLF. Pieces break anywhere.
    ///
    /// @param buffer belongs to the connection: read it, do not change or keep it
    default Reply body(byte[] buffer, int offset, int length) {
        return Reply.CONTINUE;
    }

    /// The mail is complete: the only moment at which it can be changed, and the answer that always counts.
    ///
    /// May take its time: the MTA is told that we are still at work.
    default Reply endOfMessage(Modifications modifications) {
        return Reply.CONTINUE;
    }

    /// An SMTP command that the MTA does not know.
    default Reply unknown(String command) {
        return Reply.CONTINUE;
    }

    /// The mail in progress will not be completed; another may follow.
    default void abort() {}

    /// The session is over.
    default void closed() {}
}
