package tayori.lists;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tayori.dns.ALabels;
import tayori.dns.DomainName;

/// One `VBR-Info` field: who a sender says vouches for it (RFC 5518 §4.1).
///
/// @param domain `md`: whose mail it is
/// @param content `mc`: what kind of mail, in lower case
/// @param certifiers `mv`: those who vouch, at most [#MAX_CERTIFIERS]
record VbrInfo(DomainName domain, String content, List<DomainName> certifiers) {
    /// Longest value read. Unit: characters.
    static final int MAX_LENGTH = 2_000;

    /// Most certifiers read of one field; the others are passed over.
    static final int MAX_CERTIFIERS = 16;

    /// Longest kind of mail; those defined have eleven letters at most. Unit: characters.
    static final int MAX_CONTENT = 32;

    VbrInfo {
        certifiers = List.copyOf(certifiers);
    }

    /// Reads the value of a field. White space is allowed around every part, an unknown part is passed over.
    ///
    /// @return nothing where one of the three parts is missing, stands twice or is no such thing
    static Optional<VbrInfo> parse(String value) {
        if (value.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        @Nullable String md = null;
        @Nullable String mc = null;
        @Nullable String mv = null;
        for (String part : value.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                if (!part.isBlank()) {
                    return Optional.empty();
                }
                continue;
            }
            String content = part.substring(equals + 1).strip();
            switch (part.substring(0, equals).strip().toLowerCase(Locale.ROOT)) {
                case "md" -> {
                    if (md != null) {
                        return Optional.empty();
                    }
                    md = content;
                }
                case "mc" -> {
                    if (mc != null) {
                        return Optional.empty();
                    }
                    mc = content;
                }
                case "mv" -> {
                    if (mv != null) {
                        return Optional.empty();
                    }
                    mv = content;
                }
                default -> {
                    // a part of a later version
                }
            }
        }
        if (md == null || mc == null || mv == null || !isKind(mc)) {
            return Optional.empty();
        }
        String kind = mc.toLowerCase(Locale.ROOT);
        var certifiers = certifiers(mv);
        return certifiers.isEmpty()
                ? Optional.empty()
                : ALabels.toDomainName(md).map(domain -> new VbrInfo(domain, kind, certifiers));
    }

    private static boolean isKind(String text) {
        boolean good = !text.isEmpty() && text.length() <= MAX_CONTENT;
        for (int i = 0; i < text.length() && good; i++) {
            char c = text.charAt(i);
            good =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '-';
        }
        return good;
    }

    /// Separated by colons; a name that is none is passed over.
    private static List<DomainName> certifiers(String text) {
        var certifiers = new ArrayList<DomainName>(2);
        for (String name : text.split(":", -1)) {
            if (certifiers.size() < MAX_CERTIFIERS) {
                ALabels.toDomainName(name.strip()).ifPresent(certifiers::add);
            }
        }
        return certifiers;
    }
}
