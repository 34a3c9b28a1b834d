package tayori.feedback;

import java.util.List;
import java.util.Optional;
import tayori.message.MessageHead;

/// What comes in from one reader about one mail, before anything of it is believed.
///
/// @param reader all addresses of the reader, the one he signs in with first; whoever hands it in has made sure of them
/// @param head of the mail, as it was delivered; nothing where only the receipt is handed in
/// @param receipt where the receipt comes without the mail
/// @param channel how it came
public record Submission(
        ComplaintKind kind,
        List<String> reader,
        Optional<MessageHead> head,
        Optional<String> receipt,
        Channel channel) {
    /// How a complaint came in.
    public enum Channel {
        HTTP("http"),
        IMAP("imap"),
        MAIL("mail");

        private final String keyword;

        Channel(String keyword) {
            this.keyword = keyword;
        }

        public String keyword() {
            return keyword;
        }
    }

    public Submission {
        reader = List.copyOf(reader);
    }

    /// Never the reader.
    @Override
    public String toString() {
        return kind.keyword() + " by " + channel.keyword();
    }
}
