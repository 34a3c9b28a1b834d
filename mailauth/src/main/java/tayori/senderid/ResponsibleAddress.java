package tayori.senderid;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tayori.dns.DomainName;
import tayori.message.AddressList;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

/// The purported responsible address: the mailbox that, by the header itself, most recently sent the mail on its way.
///
/// @param field the name of the header field it stands in, as written there
/// @param localPart without quotes
/// @param domain in A-labels
public record ResponsibleAddress(String field, String localPart, DomainName domain) {
    /// `local-part@domain`.
    public String mailbox() {
        return localPart + "@" + domain;
    }

    /// Finds the address by the six steps of RFC 4407 §2.
    ///
    /// @return nothing where the header does not determine one
    public static Optional<ResponsibleAddress> of(MessageHead head) {
        var selected = select(head);
        return selected == null ? Optional.empty() : singleMailbox(selected);
    }

    /// Step 5: one well-formed mailbox with a domain name, or nothing.
    private static Optional<ResponsibleAddress> singleMailbox(HeaderField field) {
        var list = AddressList.parse(field.value());
        if (!list.clean() || list.grouped() || list.mailboxes().size() != 1) {
            return Optional.empty();
        }
        var mailbox = list.mailboxes().getFirst();
        return mailbox.domainName()
                .map(domain -> new ResponsibleAddress(field.name(), mailbox.localPart(), domain));
    }

    /// Steps 1 to 4: the one field that tells; null for step 6.
    private static @Nullable HeaderField select(MessageHead head) {
        var resentSender = resentSender(head);
        if (resentSender != null) {
            return resentSender;
        }
        for (var field : head.all("Resent-From")) {
            if (!isEmpty(field)) {
                return field;
            }
        }
        var senders = head.all("Sender").stream().filter(f -> !isEmpty(f)).toList();
        if (!senders.isEmpty()) {
            return senders.size() == 1 ? senders.getFirst() : null;
        }
        var authors = head.all("From").stream().filter(f -> !isEmpty(f)).toList();
        return authors.size() == 1 ? authors.getFirst() : null;
    }

    /// Step 1: the first Resent-Sender, unless a Resent-From stands above it with trace fields in between, which makes
    /// it part of an older resending.
    private static @Nullable HeaderField resentSender(MessageHead head) {
        boolean resentFrom = false;
        boolean traceAfter = false;
        for (var field : head.fields()) {
            switch (field.key()) {
                case "resent-from" -> resentFrom |= !isEmpty(field);
                case "received", "return-path" -> traceAfter |= resentFrom;
                case "resent-sender" -> {
                    if (!isEmpty(field)) {
                        return traceAfter ? null : field;
                    }
                }
                default -> {
                    // says nothing about who is responsible
                }
            }
        }
        return null;
    }

    private static boolean isEmpty(HeaderField field) {
        return field.unfolded().isEmpty();
    }
}
