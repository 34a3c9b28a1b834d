package tayori.receiver;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tayori.authres.AuthenticationResults;
import tayori.message.HeadLimits;
import tayori.message.HeaderField;
import tayori.message.MessageHead;
import tayori.receipt.ReceiptIssuer;

/// The header section while it comes in, field by field, kept within limits.
///
/// Beyond the limits nothing is kept, but fields that could speak in our name are still counted, so that they can be
/// taken out.
final class IncomingHead {
    private static final String RESULTS = AuthenticationResults.FIELD_NAME.toLowerCase(Locale.ROOT);
    private static final String DECISION = DecisionLabel.FIELD_NAME.toLowerCase(Locale.ROOT);
    private static final String REPUTATION = ReputationLabel.FIELD_NAME.toLowerCase(Locale.ROOT);
    private static final String RECEIPT = ReceiptIssuer.FIELD_NAME.toLowerCase(Locale.ROOT);

    private final HeadLimits limits;
    private final List<HeaderField> fields = new ArrayList<>(24);
    private final List<Integer> unreadResults = new ArrayList<>(0);
    private int octets;
    private int results;
    private int decisions;
    private int reputations;
    private int receipts;
    private HeadLimits.@Nullable Limit broken;
    private @Nullable MessageHead head;

    IncomingHead(HeadLimits limits) {
        this.limits = limits;
    }

    void add(byte[] name, byte[] value) {
        int length = name.length + 1 + value.length + 2;
        octets += length;
        if (broken == null) {
            if (fields.size() == limits.maxFields()) {
                broken = HeadLimits.Limit.FIELDS;
            } else if (length > limits.maxFieldOctets()) {
                broken = HeadLimits.Limit.FIELD_OCTETS;
            } else if (octets > limits.maxOctets()) {
                broken = HeadLimits.Limit.HEAD_OCTETS;
            }
        }
        String key = broken == null ? keep(name, value) : key(name);
        if (key.equals(RESULTS)) {
            results++;
            if (broken != null) {
                unreadResults.add(results);
            }
        } else if (key.equals(DECISION)) {
            decisions++;
        } else if (key.equals(REPUTATION)) {
            reputations++;
        } else if (key.equals(RECEIPT)) {
            receipts++;
        }
    }

    private String keep(byte[] name, byte[] value) {
        var field = HeaderField.of(name, value);
        fields.add(field);
        return field.key();
    }

    private static String key(byte[] name) {
        return new String(name, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
    }

    /// The fields kept.
    MessageHead head() {
        var whole = head;
        if (whole == null) {
            whole = new MessageHead(fields);
            head = whole;
        }
        return whole;
    }

    boolean tooLarge() {
        return broken != null;
    }

    /// @throws IllegalStateException unless it is [#tooLarge]
    HeadLimits.Limit limitBroken() {
        if (broken == null) {
            throw new IllegalStateException("no limit was broken");
        }
        return broken;
    }

    /// Which Authentication-Results fields, counted from 1, came after a limit was broken, so that nobody has read whom
    /// they speak for.
    List<Integer> unreadResults() {
        return unreadResults;
    }

    /// How many fields claim to be a decision of ours.
    int decisions() {
        return decisions;
    }

    /// How many fields claim to be a reputation that we looked up.
    int reputations() {
        return reputations;
    }

    /// How many fields claim to be a receipt; one of an earlier delivery proves nothing about this one.
    int receipts() {
        return receipts;
    }
}
