package tayori.receiver;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tayori.dns.ALabels;
import tayori.dns.DomainName;
import tayori.milter.EnvelopeAddress;

/// The sub-address under which a recipient's mail is filed as Junk: `user+Junk@example.jp` (RFC 5233 §1).
///
/// @param delimiter between user and detail, as the delivery agent has it; `+` in most
/// @param detail the folder, `Junk`
/// @param domains whose delivery agent knows such addresses; empty for all
public record JunkAddress(char delimiter, String detail, Set<DomainName> domains) {
    private static final String NOTIFY = "NOTIFY=";
    private static final String ORIGINAL = "ORCPT=";

    public JunkAddress {
        domains = Set.copyOf(domains);
    }

    /// The address to deliver to instead.
    ///
    /// @return nothing for a domain without such addresses, and for a quoted local part
    Optional<EnvelopeAddress> of(EnvelopeAddress recipient) {
        String user = recipient.localPart();
        if (user.isEmpty() || user.startsWith("\"") || !isServed(recipient)) {
            return Optional.empty();
        }
        int at = user.indexOf(delimiter);
        String bare = at > 0 ? user.substring(0, at) : user;
        return Optional.of(
                new EnvelopeAddress(
                        bare
                                + delimiter
                                + detail
                                + recipient.domain().map(domain -> "@" + domain).orElse("")));
    }

    private boolean isServed(EnvelopeAddress recipient) {
        return domains.isEmpty()
                || recipient
                        .domain()
                        .flatMap(ALabels::toDomainName)
                        .filter(domains::contains)
                        .isPresent();
    }

    /// What must be handed on with the new address, so that a bounce names the one the sender wrote to and does not tell
    /// how the mail was filed (RFC 3461 §4.2).
    static String arguments(EnvelopeAddress recipient, List<String> arguments) {
        var kept = new StringBuilder(80);
        boolean original = false;
        for (var argument : arguments) {
            String upper = argument.toUpperCase(Locale.ROOT);
            if (upper.startsWith(NOTIFY) || upper.startsWith(ORIGINAL)) {
                original |= upper.startsWith(ORIGINAL);
                kept.append(argument).append(' ');
            }
        }
        if (!original) {
            kept.append(ORIGINAL).append("rfc822;").append(xtext(recipient.text()));
        }
        return kept.toString().strip();
    }

    /// RFC 3461 §4: printable ASCII but `+` and `=`, the rest in hexadecimal.
    private static String xtext(String text) {
        var out = new StringBuilder(text.length() + 8);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet > ' ' && octet < 0x7f && octet != '+' && octet != '=') {
                out.append((char) octet);
            } else {
                out.append('+').append(String.format(Locale.ROOT, "%02X", octet & 0xff));
            }
        }
        return out.toString();
    }
}
