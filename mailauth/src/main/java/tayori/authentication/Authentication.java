package tayori.authentication;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import tayori.arc.ArcResult;
import tayori.authres.AuthenticationResults;
import tayori.bimi.BimiResult;
import tayori.dkim.DkimResult;
import tayori.dmarc.DmarcResult;
import tayori.domainkeys.DomainKeyResult;
import tayori.iprev.IprevResult;
import tayori.message.AuthorDomains;
import tayori.senderid.SenderIdResult;
import tayori.spf.SpfResult;

/// Everything that was found out about one mail.
///
/// @param client the SMTP client; [#NO_CLIENT] where none is known
/// @param mailFrom the reverse-path; empty for `<>`
/// @param iprev absent where it was not asked, as with all that is [Optional] here
/// @param spf of MAIL FROM; of `postmaster@` the HELO name where that is empty (RFC 7208 §2.4)
/// @param dkim one for each signature, topmost first; a single [DkimResult.None] without signatures
/// @param domainKeys informational, never for DMARC
/// @param senderId informational, never for DMARC
/// @param bodyOctets length of the body as it came
/// @param dnsQuestions asked for this mail, answered by a cache or not
public record Authentication(
        InetAddress client,
        String helo,
        String mailFrom,
        AuthorDomains author,
        Optional<IprevResult> iprev,
        Optional<SpfResult> spfOfHelo,
        SpfResult spf,
        List<DkimResult> dkim,
        ArcResult arc,
        DmarcResult dmarc,
        Optional<SenderIdResult> senderId,
        List<DomainKeyResult> domainKeys,
        Optional<BimiResult> bimi,
        long bodyOctets,
        int dnsQuestions) {
    /// Stands for the client of a mail that did not come over a connection; the unspecified address, which no client
    /// can have.
    public static final InetAddress NO_CLIENT = InetAddress.ofLiteral("0.0.0.0");

    public Authentication {
        dkim = List.copyOf(dkim);
        domainKeys = List.copyOf(domainKeys);
    }

    /// Whether there was a client to check.
    public boolean hasClient() {
        return !client.equals(NO_CLIENT);
    }

    /// Whether any domain vouches for the mail: SPF passed for MAIL FROM, or a signature verified.
    public boolean vouchedFor() {
        return spf instanceof SpfResult.Pass
                || dkim.stream().anyMatch(DkimResult.Pass.class::isInstance);
    }

    /// The results in the words of RFC 8601, under our name.
    public AuthenticationResults toResults(String authservId) {
        return new AuthenticationResults(authservId, ResultsInWords.of(this));
    }
}
