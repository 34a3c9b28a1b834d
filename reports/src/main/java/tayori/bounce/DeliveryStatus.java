package tayori.bounce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tayori.mime.FieldBlock;
import tayori.mime.MimeLimits;

/// A `message/delivery-status` (RFC 3464 §2), or `message/global-delivery-status` (RFC 6533 §4).
///
/// The groups for recipients are told by their fields and not by the empty lines between them, which some systems lose
/// and some put where none belong.
final class DeliveryStatus {
    /// Most recipients that are taken from one report; RFC 5321 §4.5.3.1.8 has 100 in one mail, lists have more.
    static final int MAX_RECIPIENTS = 1_000;

    private static final List<String> RECIPIENT_FIELDS =
            List.of("Final-Recipient", "Original-Recipient", "Action", "Status", "Diagnostic-Code");

    /// What one group says.
    static final class Group {
        private Optional<String> finalRecipient = Optional.empty();
        private Optional<String> originalRecipient = Optional.empty();
        private Optional<String> actualRecipient = Optional.empty();
        private Optional<String> action = Optional.empty();
        private Optional<String> status = Optional.empty();
        private Optional<String> diagnostic = Optional.empty();

        /// The address mail was sent to, as far as it is one: what was written is worth more than what it became.
        Optional<String> address() {
            return originalRecipient
                    .flatMap(DeliveryStatus::address)
                    .or(() -> finalRecipient.flatMap(DeliveryStatus::address))
                    .or(() -> actualRecipient.flatMap(DeliveryStatus::address));
        }

        /// `failed`, `delayed`, `delivered`, `relayed`, `expanded`; empty where it is missing.
        String action() {
            return action.map(DeliveryStatus::firstWord).orElse("").toLowerCase(Locale.ROOT);
        }

        Optional<EnhancedStatus> status() {
            return status.flatMap(text -> EnhancedStatus.parse(text.strip()));
        }

        /// Without its type, which a semicolon ends.
        String diagnostic() {
            String text = diagnostic.orElse("");
            int semicolon = text.indexOf(';');
            return semicolon >= 0 && semicolon < 40 ? text.substring(semicolon + 1).strip() : text;
        }

        private boolean isRecipient() {
            return finalRecipient.isPresent()
                    || originalRecipient.isPresent()
                    || action.isPresent();
        }

        private boolean has(String name) {
            return switch (name) {
                case "Final-Recipient" -> finalRecipient.isPresent();
                case "Original-Recipient" -> originalRecipient.isPresent();
                case "Action" -> action.isPresent();
                case "Status" -> status.isPresent();
                default -> diagnostic.isPresent();
            };
        }

        private void put(String name, String value) {
            var text = Optional.of(value);
            switch (name) {
                case "Final-Recipient" -> finalRecipient = text;
                case "Original-Recipient" -> originalRecipient = text;
                case "Action" -> action = text;
                case "Status" -> status = text;
                default -> diagnostic = text;
            }
        }
    }

    private DeliveryStatus() {}

    /// The groups for recipients, in order.
    static List<Group> groups(byte[] content) {
        var groups = new ArrayList<Group>();
        var group = new Group();
        int at = 0;
        while (at < content.length && groups.size() < MAX_RECIPIENTS) {
            var block = FieldBlock.read(content, at, content.length, MimeLimits.DEFAULT_MAX_FIELDS);
            for (int i = 0; i < block.size(); i++) {
                String name = recipientField(block, i);
                if (block.isNamed(i, "X-Actual-Recipient")) {
                    group.actualRecipient = Optional.of(block.value(i));
                }
                if (name.isEmpty()) {
                    continue;
                }
                boolean begins =
                        name.equals("Final-Recipient") || name.equals("Original-Recipient");
                if (group.has(name) && begins) {
                    add(group, groups);
                    group = new Group();
                }
                if (!group.has(name)) {
                    group.put(name, block.value(i));
                }
            }
            boolean emptyLine =
                    block.end() < content.length
                            && (content[block.end()] == '\n' || content[block.end()] == '\r');
            if (emptyLine && group.isRecipient()) {
                add(group, groups);
                group = new Group();
            }
            at = nextLine(content, block.end());
        }
        add(group, groups);
        return groups;
    }

    private static void add(Group group, List<Group> groups) {
        if (group.isRecipient() && groups.size() < MAX_RECIPIENTS) {
            groups.add(group);
        }
    }

    private static String recipientField(FieldBlock block, int field) {
        for (String name : RECIPIENT_FIELDS) {
            if (block.isNamed(field, name)) {
                return name;
            }
        }
        return "";
    }

    private static int nextLine(byte[] octets, int from) {
        int i = from;
        while (i < octets.length && octets[i] != '\n') {
            i++;
        }
        return i + 1;
    }

    /// `rfc822; user@example.com`, `utf-8; …` (RFC 6533 §3), or an address alone. Codes of xtext (RFC 3461 §4) are undone.
    private static Optional<String> address(String field) {
        String text = field.substring(field.indexOf(';') + 1).strip();
        int open = text.indexOf('<');
        int close = text.lastIndexOf('>');
        if (open >= 0 && close > open) {
            text = text.substring(open + 1, close);
        }
        text = withoutXtext(firstWord(text));
        int sign = text.lastIndexOf('@');
        return sign > 0 && sign < text.length() - 1 ? Optional.of(text) : Optional.empty();
    }

    private static String withoutXtext(String text) {
        var out = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            int code = text.charAt(i) == '+' && i + 2 < text.length() ? hex(text, i + 1) : -1;
            // RFC 3461 §4 codes `+` and `=` alone; `+20` is more often a tag of the mailbox.
            if (code == '+' || code == '=') {
                out.append((char) code);
                i += 3;
            } else {
                out.append(text.charAt(i++));
            }
        }
        return out.toString();
    }

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : 16 * high + low;
    }

    private static String firstWord(String text) {
        String word = text.strip();
        int end = 0;
        while (end < word.length() && word.charAt(end) > ' ') {
            end++;
        }
        return word.substring(0, end);
    }
}
