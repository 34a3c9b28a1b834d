package tayori.spf;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tayori.dns.ALabels;
import tayori.dns.DomainName;

/// What the SMTP client said, taken apart once: the arguments of check_host() (RFC 7208 §4.1) and what macros need.
///
/// @param kind whose name is checked
/// @param shown the domain for people: A-labels where it is a domain name
/// @param domain the domain to check; nothing where it could not have a record (§4.3)
/// @param localPart of the sender, as given; `postmaster` where there was none (§4.3)
/// @param senderDomain `%{o}`
/// @param helo `%{h}`
record Identity(
        SpfIdentity kind,
        String shown,
        Optional<DomainName> domain,
        String localPart,
        String senderDomain,
        String helo) {
    /// Longest sender that macros are made of, in characters. RFC 5321 §4.5.3.1 allows 64 + 1 + 255; a longer one is
    /// checked all the same, but cut here so that a macro bomb has a small fuse.
    static final int MAX_LOCAL_PART = 512;

    private static final String POSTMASTER = "postmaster";

    static Identity ofMailFrom(String mailFrom, String helo) {
        if (mailFrom.isEmpty()) {
            return of(SpfIdentity.MAIL_FROM, POSTMASTER, helo, helo);
        }
        int at = mailFrom.lastIndexOf('@');
        String local = at <= 0 ? POSTMASTER : mailFrom.substring(0, Math.min(at, MAX_LOCAL_PART));
        return of(SpfIdentity.MAIL_FROM, local, mailFrom.substring(at + 1), helo);
    }

    static Identity ofHelo(String helo) {
        return of(SpfIdentity.HELO, POSTMASTER, helo, helo);
    }

    /// Whether the local part is outside ASCII: no term with `%{s}` or `%{l}` matches then (RFC 8616 §4).
    boolean hasForeignLocalPart() {
        return !isAscii(localPart);
    }

    String sender() {
        return localPart + '@' + senderDomain;
    }

    private static Identity of(SpfIdentity kind, String local, String domain, String helo) {
        var name = toName(domain);
        String shown = name == null ? domain : asWritten(domain, name);
        String client = helo.equals(domain) ? shown : toShown(helo);
        Optional<DomainName> checked =
                name == null || name.labelCount() < 2 || !isSafe(name.toString())
                        ? Optional.empty()
                        : Optional.of(name);
        return new Identity(kind, shown, checked, local, shown, client);
    }

    private static String toShown(String text) {
        var name = isAscii(text) ? null : toName(text);
        return name == null ? text : name.toString();
    }

    /// `%{o}` and `%{h}` keep the case of an ASCII name.
    private static String asWritten(String text, DomainName name) {
        return isAscii(text) && !text.endsWith(".") ? text : name.toString();
    }

    private static @Nullable DomainName toName(String text) {
        return (isAscii(text) ? DomainName.parse(text) : ALabels.toDomainName(text)).orElse(null);
    }

    /// Not a domain literal and nothing that only a hostile client would call its name.
    private static boolean isSafe(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '[' || c == ']') {
                return false;
            }
        }
        return true;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
