package tayori.milter.client;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tayori.listen.SmtpText;
import tayori.milter.EnvelopeAddress;
import tayori.milter.client.MilterResult.Verdict;
import tayori.milter.wire.Answer;
import tayori.milter.wire.Octets;

/// A mail while a filter looks at it: takes the filter's changes and applies them as an MTA does.
final class MailInProgress {

    private final boolean keepsSpace;
    private final MailMessage original;
    private final List<MailField> header;
    private EnvelopeAddress sender;
    private final List<EnvelopeAddress> recipients = new ArrayList<>();
    private final List<MailField> added = new ArrayList<>();
    private final List<MailField> changed = new ArrayList<>();
    private final List<MailField> deleted = new ArrayList<>();
    private @Nullable ByteArrayOutputStream body;
    private Optional<String> quarantine = Optional.empty();

    MailInProgress(MailEnvelope envelope, MailMessage message, boolean keepsSpace) {
        this.original = message;
        this.header = new ArrayList<>(message.header());
        this.sender = envelope.sender();
        this.keepsSpace = keepsSpace;
    }

    void recipientTaken(EnvelopeAddress recipient) {
        recipients.add(recipient);
    }

    boolean hasRecipients() {
        return !recipients.isEmpty();
    }

    MilterResult result(Verdict verdict, String text) {
        MailMessage message =
                new MailMessage(header, body == null ? original.body() : body.toByteArray());
        return new MilterResult(
                verdict,
                text,
                sender,
                recipients,
                message,
                added,
                changed,
                deleted,
                body != null,
                quarantine);
    }

    /// Applies one packet.
    ///
    /// @return whether it was a change that we know
    boolean apply(byte letter, byte[] data) {
        switch (letter) {
            case Answer.ADD_HEADER -> insert(header.size(), field(data, 0));
            case Answer.INSERT_HEADER -> insert(Octets.int32(data, 0), field(data, 4));
            case Answer.CHANGE_HEADER -> change(Octets.int32(data, 0), field(data, 4));
            case Answer.ADD_RECIPIENT, Answer.ADD_RECIPIENT_WITH_ARGUMENTS ->
                    recipients.add(address(data));
            case Answer.DELETE_RECIPIENT -> recipients.remove(address(data));
            case Answer.CHANGE_FROM -> sender = address(data);
            case Answer.REPLACE_BODY -> replaceBody(data);
            case Answer.QUARANTINE -> quarantine = Optional.of(text(data, 0));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void insert(int index, MailField field) {
        added.add(field);
        header.add(index < 0 ? header.size() : Math.min(index, header.size()), field);
    }

    /// Changes the n-th field of the name; an empty value deletes it, a number too large adds a field, 0 means 1.
    private void change(int occurrence, MailField field) {
        int at = position(field.nameOctets(), Math.max(occurrence, 1));
        boolean delete = field.valueOctets().length == (keepsSpace ? 0 : 1);
        if (at < 0) {
            if (!delete) {
                insert(header.size(), field);
            }
        } else if (delete) {
            deleted.add(header.remove(at));
        } else {
            MailField now = new MailField(header.get(at).nameOctets(), field.valueOctets());
            header.set(at, now);
            changed.add(now);
        }
    }

    private int position(byte[] name, int occurrence) {
        int seen = 0;
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).isNamed(name) && ++seen == occurrence) {
                return i;
            }
        }
        return -1;
    }

    private void replaceBody(byte[] piece) {
        if (body == null) {
            body = new ByteArrayOutputStream(piece.length);
        }
        body.writeBytes(piece);
    }

    private MailField field(byte[] data, int from) {
        int nameEnd = Octets.endOfText(data, from, data.length);
        int valueStart = Math.min(nameEnd + 1, data.length);
        int valueEnd = Octets.endOfText(data, valueStart, data.length);
        byte[] name = Arrays.copyOfRange(data, from, nameEnd);
        if (keepsSpace) {
            return new MailField(name, Arrays.copyOfRange(data, valueStart, valueEnd));
        }
        byte[] value = new byte[valueEnd - valueStart + 1];
        value[0] = ' ';
        System.arraycopy(data, valueStart, value, 1, valueEnd - valueStart);
        return new MailField(name, value);
    }

    private static EnvelopeAddress address(byte[] data) {
        return EnvelopeAddress.parse(text(data, 0));
    }

    private static String text(byte[] data, int from) {
        return SmtpText.of(data, from, Octets.endOfText(data, from, data.length));
    }
}
