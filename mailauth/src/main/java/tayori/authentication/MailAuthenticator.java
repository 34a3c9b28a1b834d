package tayori.authentication;

import java.net.InetAddress;
import java.time.InstantSource;
import tayori.arc.ArcVerifier;
import tayori.dkim.DkimVerifier;
import tayori.dkim.KeyRecords;
import tayori.dkim.SignatureCrypto;
import tayori.dmarc.DmarcEvaluator;
import tayori.dns.BudgetedDns;
import tayori.dns.Dns;
import tayori.domainkeys.DomainKeyVerifier;
import tayori.spf.SpfChecker;
import tayori.spf.SpfResult;

/// Authenticates mail after mail. Thread-safe and meant to be kept: keys and records it has read are remembered.
///
/// ```java
/// var client = authenticator.connect(InetAddress.ofLiteral("192.0.2.1"));
/// client.helo("mail.example.com");
/// var mail = client.mail("news@example.com");
/// mail.head(head);                          // keys and policies are looked up from here on
/// mail.body(chunk, 0, chunk.length);        // as often as chunks come
/// Authentication result = mail.finish();
/// ```
public final class MailAuthenticator {
    final Dns dns;
    final AuthenticationOptions options;
    final SpfChecker spf;
    final DkimVerifier dkim;
    final ArcVerifier arc;
    final DmarcEvaluator dmarc;
    final DomainKeyVerifier domainKeys;

    public MailAuthenticator(Dns dns, InstantSource clock, AuthenticationOptions options) {
        this.dns = dns;
        this.options = options;
        this.spf = new SpfChecker(dns, options.spf());
        var keys = new KeyRecords(SignatureCrypto.standard());
        this.dkim = new DkimVerifier(dns, clock, options.dkim(), keys);
        this.arc = new ArcVerifier(dns, clock, options.arc(), keys);
        this.dmarc = new DmarcEvaluator(dns, options.dmarc());
        this.domainKeys = new DomainKeyVerifier(dns, keys);
    }

    /// The door to the DNS for one mail, or for one client.
    BudgetedDns budget() {
        return new BudgetedDns(dns, options.questionsPerMail());
    }

    /// A client has connected.
    ///
    /// @param address of the SMTP client; IPv4-mapped IPv6 counts as IPv4
    public ClientSession connect(InetAddress address) {
        return new ClientSession(this, address, true);
    }

    /// For a mail from a file, of whose way here nothing is known: what needs the client (SPF, iprev, Sender ID) is not
    /// checked.
    public ClientSession withoutClient() {
        return new ClientSession(this, Authentication.NO_CLIENT, false);
    }

    /// SPF of MAIL FROM alone, for those who see no more of a mail than its envelope.
    ///
    /// @param mailFrom the reverse-path without angle brackets; empty for `<>`
    public SpfResult checkSpf(InetAddress address, String mailFrom, String helo) {
        return spf.asking(new BudgetedDns(dns, options.questionsPerMail()))
                .checkMailFrom(address, mailFrom, helo);
    }
}
