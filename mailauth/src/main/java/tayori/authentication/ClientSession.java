package tayori.authentication;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tayori.authentication.AuthenticationOptions.Extra;
import tayori.dns.BudgetedDns;
import tayori.iprev.Iprev;
import tayori.iprev.IprevResult;
import tayori.spf.SpfResult;

/// One SMTP client from its connection on: what is known of it holds for all its mails. Used by one thread at a time.
public final class ClientSession {
    private final MailAuthenticator authenticator;
    private final InetAddress address;
    private final boolean known;
    private final BudgetedDns dns;
    private final @Nullable Answer<IprevResult> iprev;
    private String helo = "";
    private @Nullable Answer<SpfResult> spfOfHelo;

    /// @param known whether there is a client at all; otherwise nothing is asked about it
    ClientSession(MailAuthenticator authenticator, InetAddress address, boolean known) {
        this.authenticator = authenticator;
        this.address = address;
        this.known = known;
        // A client may greet as often as it likes: all it makes us ask comes out of one purse.
        this.dns = authenticator.budget();
        this.iprev =
                known && authenticator.options.extras().contains(Extra.IPREV)
                        ? Answer.begin(dns, asked -> new Iprev(asked).check(address))
                        : null;
    }

    /// The client has named itself; a second time replaces the first.
    public void helo(String name) {
        helo = name;
        spfOfHelo =
                known && authenticator.options.extras().contains(Extra.SPF_OF_HELO)
                        ? Answer.begin(
                                dns,
                                asked -> authenticator.spf.asking(asked).checkHelo(address, name))
                        : null;
    }

    /// A mail begins.
    ///
    /// @param mailFrom the reverse-path without angle brackets; empty for `<>`
    public MailSession mail(String mailFrom) {
        return new MailSession(authenticator, this, mailFrom);
    }

    boolean known() {
        return known;
    }

    InetAddress address() {
        return address;
    }

    String helo() {
        return helo;
    }

    Optional<IprevResult> iprev() {
        return Optional.ofNullable(iprev).map(Answer::await);
    }

    Optional<SpfResult> spfOfHelo() {
        return Optional.ofNullable(spfOfHelo).map(Answer::await);
    }
}
