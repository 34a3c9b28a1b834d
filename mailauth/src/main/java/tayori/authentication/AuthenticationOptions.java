package tayori.authentication;

import java.util.Set;
import tayori.arc.ArcOptions;
import tayori.dkim.DkimOptions;
import tayori.dmarc.DmarcOptions;
import tayori.spf.SpfOptions;

/// What a [MailAuthenticator] asks, and within which limits. Start from [#DEFAULTS].
///
/// @param questionsPerMail most questions to the DNS for one mail; beyond, methods end in temperror. What is asked about
///     the client (iprev, HELO) has a budget of the same size for the whole connection
/// @param extras what is asked beside SPF of MAIL FROM, DKIM, ARC and DMARC
public record AuthenticationOptions(
        SpfOptions spf,
        DkimOptions dkim,
        ArcOptions arc,
        DmarcOptions dmarc,
        int questionsPerMail,
        Set<Extra> extras) {
    /// Questions for one mail. The dearest mail that follows the rules: 10 + 10 × 10 for SPF (RFC 7208 §4.6.4), the same for HELO is
    /// out of all proportion, 8 DKIM keys, ARC keys, 8 for each DMARC walk. Honest mail stays below 40.
    public static final int DEFAULT_QUESTIONS_PER_MAIL = 200;

    public static final AuthenticationOptions DEFAULTS =
            new AuthenticationOptions(
                    SpfOptions.DEFAULTS,
                    DkimOptions.DEFAULTS,
                    ArcOptions.DEFAULTS,
                    DmarcOptions.TREE_WALK,
                    DEFAULT_QUESTIONS_PER_MAIL,
                    Set.of(Extra.IPREV, Extra.SPF_OF_HELO));

    public AuthenticationOptions {
        if (questionsPerMail < 1) {
            throw new IllegalArgumentException("a mail needs at least one question to the DNS");
        }
        extras = Set.copyOf(extras);
    }

    /// What can be asked besides.
    public enum Extra {
        /// Whether the client has a host name that points back to it (RFC 8601 §3).
        IPREV,
        /// SPF of the HELO name, also where MAIL FROM is not empty (RFC 7208 §2.3 recommends it).
        SPF_OF_HELO,
        /// Sender ID (RFC 4406): historic, informational.
        SENDER_ID,
        /// DomainKeys (RFC 4870): historic, informational.
        DOMAIN_KEYS,
        /// The brand's indicator record, where DMARC passed under an enforced policy.
        BIMI
    }
}
