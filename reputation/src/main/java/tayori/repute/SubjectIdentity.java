package tayori.repute;

import java.util.Optional;

/// Where in a mail the subject of a question was found: `email-id-identity`, by the tokens of RFC 7073 §3.2.
enum SubjectIdentity {
    /// `d=` of a signature that verified.
    DKIM("dkim", true),
    IPV4("ipv4", false),
    IPV6("ipv6", false),
    /// The HELO name, authenticated or not.
    HELO("rfc5321.helo", false),
    /// The domain of MAIL FROM, authenticated or not.
    MAIL_FROM("rfc5321.mailfrom", false),
    /// The author domain. Only what DMARC found aligned is ever counted for one.
    FROM("rfc5322.from", true),
    /// The domain that SPF let pass.
    SPF("spf", true);

    private final String token;
    private final boolean authenticatedDomain;

    SubjectIdentity(String token, boolean authenticatedDomain) {
        this.token = token;
        this.authenticatedDomain = authenticatedDomain;
    }

    String token() {
        return token;
    }

    /// Whether it is a domain that somebody proved to be his. Nothing is known of the others, because nothing is charged
    /// to a name that anybody can write.
    boolean isAuthenticatedDomain() {
        return authenticatedDomain;
    }

    static Optional<SubjectIdentity> of(String token) {
        for (var identity : values()) {
            if (identity.token.equalsIgnoreCase(token)) {
                return Optional.of(identity);
            }
        }
        return Optional.empty();
    }
}
