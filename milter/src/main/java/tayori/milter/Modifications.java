package tayori.milter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tayori.milter.wire.Answer;
import tayori.milter.wire.Negotiation;
import tayori.milter.wire.PacketWriter;

/// What a filter wants changed in a mail. Gathered, and sent only when the filter has come to an end without trouble and the mail
/// is not refused.
///
/// **Occurrences are counted in the header as the MTA sent it** (1 is the first field of that name, compared without regard to
/// case), whatever else is changed: MTAs disagree on whether a deleted field still counts, so changes go first, deletions from the
/// last to the first, then insertions, then additions.
///
/// **Values** are what follows the colon. Where a value does not begin with white space, one space is put there. Folds are CRLF or
/// LF followed by white space; any other line end, CR or NUL becomes a space, so that no value can smuggle in a field.
///
/// A method whose [Action] was not asked for in [FilterNeeds] throws [IllegalStateException]; where the MTA did not offer it, the
/// change is left out, and [#offered(Action)] says so beforehand.
public final class Modifications {

    /// Largest piece of a new body in one packet; what either MTA takes.
    static final int MAX_BODY_PIECE = 65_535;

    private record Deletion(int occurrence, String name) {}

    /// Writes one change into the packets.
    @FunctionalInterface
    private interface Change {
        void write(PacketWriter out);
    }

    private final Set<Action> asked;
    private final Negotiation agreed;

    private final List<Change> envelope = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Deletion> deletions = new ArrayList<>();
    private final List<Change> insertions = new ArrayList<>();
    private final List<Change> additions = new ArrayList<>();
    private @Nullable List<Change> body;
    private @Nullable Change quarantine;

    Modifications(Set<Action> asked, Negotiation agreed) {
        this.asked = asked;
        this.agreed = agreed;
    }

    /// Whether the MTA lets us do this.
    public boolean offered(Action action) {
        return agreed.allows(action.bit());
    }

    /// Adds a field below all others.
    public void addHeader(String name, String value) {
        if (may(Action.ADD_HEADERS)) {
            byte[] nameOctets = nameOf(name);
            byte[] valueOctets = valueOf(value.getBytes(StandardCharsets.UTF_8));
            additions.add(
                    out -> out.begin(Answer.ADD_HEADER).text(nameOctets).text(valueOctets).end());
        }
    }

    /// Inserts a field.
    ///
    /// @param index how many fields are to stand above it: 0 puts it on top. Of several inserted on top, the last stands highest
    public void insertHeader(int index, String name, String value) {
        insertHeader(index, name, value.getBytes(StandardCharsets.UTF_8));
    }

    /// As [#insertHeader(int, String, String)], octet by octet.
    public void insertHeader(int index, String name, byte[] value) {
        if (index < 0) {
            throw new IllegalArgumentException("no place " + index + " in a header");
        }
        if (may(Action.ADD_HEADERS)) {
            byte[] nameOctets = nameOf(name);
            byte[] valueOctets = valueOf(value);
            insertions.add(out ->
                    out.begin(Answer.INSERT_HEADER)
                            .int32(index)
                            .text(nameOctets)
                            .text(valueOctets)
                            .end());
        }
    }

    /// Replaces the value of the n-th field of that name; where there are fewer, the MTA adds one.
    ///
    /// @param occurrence 1 for the first field of that name
    public void changeHeader(int occurrence, String name, String value) {
        checkOccurrence(occurrence);
        if (may(Action.CHANGE_HEADERS)) {
            byte[] nameOctets = nameOf(name);
            byte[] valueOctets = valueOf(value.getBytes(StandardCharsets.UTF_8));
            changes.add(out -> writeChange(out, occurrence, nameOctets, valueOctets));
        }
    }

    /// Deletes the n-th field of that name; where there are fewer, nothing happens.
    ///
    /// @param occurrence 1 for the first field of that name
    public void deleteHeader(int occurrence, String name) {
        checkOccurrence(occurrence);
        if (may(Action.CHANGE_HEADERS)) {
            checkName(name);
            deletions.add(new Deletion(occurrence, name));
        }
    }

    public void addRecipient(EnvelopeAddress recipient) {
        if (may(Action.ADD_RECIPIENTS)) {
            byte[] octets = addressOf(recipient);
            envelope.add(out -> out.begin(Answer.ADD_RECIPIENT).text(octets).end());
        }
    }

    /// Adds a recipient with ESMTP arguments, e.g. `NOTIFY=NEVER ORCPT=rfc822;a@example.org`.
    public void addRecipient(EnvelopeAddress recipient, String arguments) {
        if (may(Action.ADD_RECIPIENTS_WITH_ARGUMENTS)) {
            byte[] octets = addressOf(recipient);
            byte[] argumentOctets = oneLine(arguments);
            envelope.add(out ->
                    out.begin(Answer.ADD_RECIPIENT_WITH_ARGUMENTS)
                            .text(octets)
                            .text(argumentOctets)
                            .end());
        }
    }

    public void deleteRecipient(EnvelopeAddress recipient) {
        if (may(Action.DELETE_RECIPIENTS)) {
            byte[] octets = addressOf(recipient);
            envelope.add(out -> out.begin(Answer.DELETE_RECIPIENT).text(octets).end());
        }
    }

    /// Changes the envelope sender.
    ///
    /// @param arguments ESMTP arguments; empty for none
    public void changeFrom(EnvelopeAddress sender, String arguments) {
        if (may(Action.CHANGE_FROM)) {
            byte[] octets = addressOf(sender);
            byte[] argumentOctets = oneLine(arguments);
            envelope.add(out -> {
                out.begin(Answer.CHANGE_FROM).text(octets);
                if (argumentOctets.length > 0) {
                    out.text(argumentOctets);
                }
                out.end();
            });
        }
    }

    /// Replaces the body; several calls give one body, piece after piece. Lines end in CRLF.
    ///
    /// @param piece not copied: leave it unchanged until [MilterFilter#endOfMessage] has returned
    public void replaceBody(byte[] piece, int offset, int length) {
        if (may(Action.REPLACE_BODY)) {
            if (body == null) {
                body = new ArrayList<>();
            }
            int at = 0;
            do {
                int start = offset + at;
                int size = Math.min(length - at, MAX_BODY_PIECE);
                body.add(out -> out.begin(Answer.REPLACE_BODY).raw(piece, start, size).end());
                at += size;
            } while (at < length);
        }
    }

    /// Holds the mail back for the postmaster.
    ///
    /// @param reason for people; one line
    public void quarantine(String reason) {
        if (may(Action.QUARANTINE)) {
            byte[] octets = oneLine(reason);
            quarantine = out -> out.begin(Answer.QUARANTINE).text(octets).end();
        }
    }

    void write(PacketWriter out) {
        envelope.forEach(change -> change.write(out));
        changes.forEach(change -> change.write(out));
        deletions.sort(Comparator.comparingInt(Deletion::occurrence).reversed());
        for (Deletion deletion : deletions) {
            out.begin(Answer.CHANGE_HEADER)
                    .int32(deletion.occurrence())
                    .text(deletion.name())
                    .octet(0)
                    .end();
        }
        insertions.forEach(change -> change.write(out));
        additions.forEach(change -> change.write(out));
        if (body != null) {
            body.forEach(change -> change.write(out));
        }
        if (quarantine != null) {
            quarantine.write(out);
        }
    }

    private static void writeChange(PacketWriter out, int occurrence, byte[] name, byte[] value) {
        out.begin(Answer.CHANGE_HEADER).int32(occurrence).text(name).text(value).end();
    }

    private boolean may(Action action) {
        if (!asked.contains(action)) {
            throw new IllegalStateException("the filter has not asked for " + action);
        }
        return offered(action);
    }

    private static void checkOccurrence(int occurrence) {
        if (occurrence < 1) {
            throw new IllegalArgumentException("fields are counted from 1, not " + occurrence);
        }
    }

    private static byte[] nameOf(String name) {
        checkName(name);
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    private static void checkName(String name) {
        boolean good = !name.isEmpty();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            good &= c > ' ' && c < 0x7f && c != ':';
        }
        if (!good) {
            throw new IllegalArgumentException("not a field name: '" + name + "'");
        }
    }

    /// A value as it goes over the wire: folds as LF, and the first space only when the MTA does not put it there itself.
    private byte[] valueOf(byte[] value) {
        boolean spaced = value.length > 0 && (isBlank(value[0]) || startsWithFold(value));
        boolean keepsSpace = agreed.has(Negotiation.LEADING_SPACE);
        byte[] clean = new byte[value.length + 1];
        int size = 0;
        if (!spaced && keepsSpace) {
            clean[size++] = ' ';
        }
        for (int i = spaced && !keepsSpace && value[0] == ' ' ? 1 : 0; i < value.length; i++) {
            byte octet = value[i];
            boolean blankFollows = i + 1 < value.length && isBlank(value[i + 1]);
            if (octet == '\r' && i + 1 < value.length && value[i + 1] == '\n') {
                continue; // the LF decides
            }
            boolean harmful = octet == 0 || octet == '\r' || (octet == '\n' && !blankFollows);
            clean[size++] = harmful ? (byte) ' ' : octet;
        }
        return Arrays.copyOf(clean, size);
    }

    private static boolean startsWithFold(byte[] value) {
        int lineEnd = value[0] == '\r' ? 1 : 0;
        return value.length > lineEnd + 1 && value[lineEnd] == '\n' && isBlank(value[lineEnd + 1]);
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private static byte[] addressOf(EnvelopeAddress address) {
        return oneLine(address.toString());
    }

    private static byte[] oneLine(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] >= 0 && octets[i] < ' ') {
                octets[i] = ' ';
            }
        }
        return octets;
    }
}
