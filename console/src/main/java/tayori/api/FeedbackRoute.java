package tayori.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tayori.api.Route.Parameter;
import tayori.feedback.ComplaintKind;
import tayori.feedback.FeedbackAnswer;
import tayori.feedback.FeedbackHub;
import tayori.feedback.Submission;
import tayori.message.HeadLimits;
import tayori.message.HeadReading;
import tayori.message.MessageHead;
import tayori.message.MessageReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a reader says of one mail: `POST /v1/feedback`, the mail itself as body. Only its header is looked at, and
/// nothing of it is kept but what the sender wrote to know its mail by.
final class FeedbackRoute {
    static final String MAIL = "message/rfc822";

    private final FeedbackHub hub;

    private FeedbackRoute(FeedbackHub hub) {
        this.hub = hub;
    }

    static Route of(FeedbackHub hub) {
        return new Route(
                "POST",
                "/v1/feedback",
                "sayAboutMail",
                "Takes what one reader says of one mail. 202 means: kept, and counted once.",
                Optional.of(ApiKey.FEEDBACK),
                List.of(
                        new Parameter(
                                "kind", "spam, not-spam, phishing, virus or unsubscribe", text()),
                        new Parameter(
                                "reader",
                                "addresses of the reader, with commas between; the one signed in with first",
                                text()),
                        new Parameter("channel", "http (the default), imap or mail", text())),
                Optional.of(MAIL),
                answers(),
                Reply.JSON,
                Optional.of("Heard"),
                new FeedbackRoute(hub)::take);
    }

    private static Map<Integer, String> answers() {
        var answers = new LinkedHashMap<Integer, String>();
        answers.put(202, "kept");
        answers.put(400, "no kind or no reader");
        answers.put(413, "too large");
        answers.put(415, "not message/rfc822");
        answers.put(422, "the mail carries no receipt that proves its delivery to this reader");
        answers.put(503, "not kept; come again");
        return answers;
    }

    private static ObjectNode text() {
        return JsonMapper.shared().createObjectNode().put("type", "string");
    }

    private Reply take(Request request) throws IOException {
        var kind = request.parameter("kind").flatMap(ComplaintKind::of);
        if (kind.isEmpty()) {
            return Reply.problem(
                    400, "kind: expected spam, not-spam, phishing, virus or unsubscribe");
        }
        var readers =
                request.parameter("reader").stream()
                        .flatMap(list -> List.of(list.split(",", -1)).stream())
                        .map(String::strip)
                        .filter(address -> !address.isEmpty())
                        .toList();
        if (readers.isEmpty()) {
            return Reply.problem(400, "reader: expected an address");
        }
        var channel = channel(request.parameter("channel").orElse("http"));
        if (channel.isEmpty()) {
            return Reply.problem(400, "channel: expected http, imap or mail");
        }
        var head = head(request.body());
        if (head.isEmpty()) {
            return Reply.problem(413, "the header of the mail is larger than is read here");
        }
        return reply(
                hub.take(
                        new Submission(
                                kind.get(), readers, head, Optional.empty(), channel.get())));
    }

    private static Optional<Submission.Channel> channel(String keyword) {
        return List.of(Submission.Channel.values()).stream()
                .filter(channel -> channel.keyword().equals(keyword))
                .findFirst();
    }

    private static Optional<MessageHead> head(byte[] mail) throws IOException {
        var reader = new MessageReader(new ByteArrayInputStream(mail), HeadLimits.DEFAULTS);
        return reader.head() instanceof HeadReading.Read(var head, _)
                ? Optional.of(head)
                : Optional.empty();
    }

    private static Reply reply(FeedbackAnswer answer) {
        return switch (answer) {
            case FeedbackAnswer.Accepted(var id) -> heard(id, "accepted");
            case FeedbackAnswer.Repeated(var id) -> heard(id, "repeated");
            case FeedbackAnswer.WithoutReceipt _ ->
                    Reply.problem(422, "the mail carries no receipt of ours");
            case FeedbackAnswer.Unproven(var reason) ->
                    Reply.problem(422, reason.keyword() + ": " + reason.sentence());
        };
    }

    private static Reply heard(String id, String status) {
        return Reply.json(
                202, JsonMapper.shared().createObjectNode().put("id", id).put("status", status));
    }
}
