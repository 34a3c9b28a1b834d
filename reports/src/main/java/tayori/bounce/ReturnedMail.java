package tayori.bounce;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tayori.message.AddressList;
import tayori.mime.FieldBlock;
import tayori.mime.MimePart;

/// The parts of a mail that may have come back.
///
/// @param head of the notice
/// @param deliveryStatuses its parts of that type
/// @param notice what it says to people
/// @param wordsByRecipient what the notice says of each address that begins a line, by [Addresses#key]
/// @param original head of the mail that came back
record ReturnedMail(
        FieldBlock head,
        boolean isDispositionNotification,
        List<MimePart> deliveryStatuses,
        Notice notice,
        Map<String, String> wordsByRecipient,
        FieldBlock original) {
    /// Most text of a notice that is read. Unit: characters. Ours: the longest seen has some 10,000.
    static final int MAX_LENGTH = 128 * 1024;

    static ReturnedMail of(MimePart message) {
        var statuses = new ArrayList<MimePart>(1);
        var text = new StringBuilder();
        var original = new ArrayList<FieldBlock>(1);
        boolean[] disposition = {false};
        collect(
                message,
                part -> {
                    var type = part.mediaType();
                    if (type.type().equals("message")
                            && (type.subtype().equals("delivery-status")
                                    || type.subtype().equals("global-delivery-status"))) {
                        statuses.add(part);
                    } else if (type.is("message", "disposition-notification")) {
                        disposition[0] = true;
                    } else if (type.type().equals("message") || type.is("text", "rfc822-headers")) {
                        original.add(part.contentAsFields());
                    } else if ((type.type().equals("text") || type.isMultipart())
                            && original.isEmpty()) {
                        String content = part.text();
                        take(text, type.subtype().equals("html") ? withoutTags(content) : content);
                        text.append('\n');
                    }
                });
        var notice = Notice.of(text.toString());
        var words = new HashMap<String, String>();
        notice.recipients(Set.of(), Set.of())
                .forEach((address, said) -> words.put(Addresses.key(address), said));
        var quoted = original.isEmpty() ? headIn(notice.copied()) : original.getFirst();
        return new ReturnedMail(
                message.head(), disposition[0], List.copyOf(statuses), notice, words, quoted);
    }

    private static void take(StringBuilder text, String more) {
        text.append(more, 0, Math.min(more.length(), Math.max(0, MAX_LENGTH - text.length())));
    }

    private static void collect(MimePart part, Consumer<MimePart> into) {
        if (part.parts().isEmpty()) {
            into.accept(part);
        }
        for (var inner : part.parts()) {
            collect(inner, into);
        }
    }

    /// The text of HTML, well enough to find addresses and phrases: each tag is a line end. Brackets around an address stay.
    private static String withoutTags(String html) {
        var out = new StringBuilder(html.length());
        boolean tag = false;
        for (int i = 0; i < html.length(); i++) {
            char c = html.charAt(i);
            if (c == '<' && !isAddress(html, i + 1)) {
                tag = true;
            } else if (c == '>' && tag) {
                tag = false;
                out.append('\n');
            } else if (!tag) {
                out.append(c);
            }
        }
        return out.toString();
    }

    /// Whether no white space stands between here and an `@`: the longest address has 254 characters (RFC 5321 §4.5.3.1).
    private static boolean isAddress(String html, int from) {
        for (int i = from; i < Math.min(html.length(), from + 254); i++) {
            char c = html.charAt(i);
            if (c == '@') {
                return true;
            }
            if (c <= ' ' || c == '>' || c == '<' || c == '"') {
                return false;
            }
        }
        return false;
    }

    private static FieldBlock headIn(List<String> lines) {
        for (int i = 0; i < Math.min(lines.size(), 12); i++) {
            String rest = String.join("\n", lines.subList(i, lines.size()));
            var block = FieldBlock.read(rest.getBytes(UTF_8));
            if (block.size() > 1) {
                return block;
            }
        }
        return FieldBlock.EMPTY;
    }

    /// What the notice says of one recipient of several.
    String wordsAbout(String address) {
        return wordsByRecipient.getOrDefault(Addresses.key(address), notice.text());
    }

    /// `X-Failed-Recipients` of Exim and those that follow it.
    List<String> failedRecipientsField() {
        return head.all("X-Failed-Recipients").stream()
                .flatMap(value -> AddressList.parse(value).mailboxes().stream())
                .map(Object::toString)
                .distinct()
                .limit(DeliveryStatus.MAX_RECIPIENTS)
                .toList();
    }

    /// Addresses of the notice's own author and reader.
    Set<String> noticeParties() {
        var not = new HashSet<String>();
        for (String name : List.of("From", "To", "Sender", "Reply-To", "Return-Path")) {
            head.first(name).stream()
                    .flatMap(value -> AddressList.parse(value).mailboxes().stream())
                    .forEach(address -> not.add(Addresses.key(address.toString())));
        }
        return not;
    }

    /// Addresses of who wrote the mail that came back.
    Set<String> authors() {
        return original.first("From").stream()
                .flatMap(value -> AddressList.parse(value).mailboxes().stream())
                .map(address -> Addresses.key(address.toString()))
                .collect(Collectors.toSet());
    }

    Optional<String> originalMessageId() {
        return original.first("Message-ID");
    }

    /// Whether it only says that the mail is late.
    boolean isWarning() {
        return Signs.isWarning(Signs.subject(head), Diagnosis.words(notice.text()));
    }
}
