package tayori.smtp;

import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import tayori.listen.ListenAddress;
import tayori.listen.ListenOptions;

/// How the server listens, and what it bears.
///
/// @param hostName what we call ourselves in the greeting: a host name of ASCII
/// @param protocol what is spoken on all addresses
/// @param addresses where clients find us
/// @param listen backlog and connection limits; a connection beyond them is closed at once, and the client comes again
/// @param tls offers STARTTLS (RFC 3207) with this certificate and key; nothing offers none
public record MailServerOptions(
        String hostName,
        Protocol protocol,
        List<ListenAddress> addresses,
        ListenOptions listen,
        Optional<SSLContext> tls,
        MailLimits limits,
        MailTimes times) {

    /// What is spoken.
    public enum Protocol {
        /// RFC 5321: one answer for the mail as a whole.
        SMTP,
        /// RFC 2033: one answer for each recipient; for an MTA's last step (`lmtp:` in Postfix), never on port 25 (§5).
        LMTP
    }

    /// 1,000 at the same time, 100 of one address: above the 20 that Postfix opens to one destination
    /// (`default_destination_concurrency_limit`).
    public static final ListenOptions DEFAULT_LISTEN = new ListenOptions(256, 1_000, 100);

    /// Longest host name (RFC 1035 §2.3.4). Unit: characters.
    static final int MAX_HOST_NAME = 253;

    public MailServerOptions {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no address to listen on");
        }
        if (hostName.isEmpty()
                || hostName.length() > MAX_HOST_NAME
                || !hostName.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("not a host name: '" + hostName + "'");
        }
    }

    /// Defaults for everything but name and addresses.
    public static MailServerOptions smtp(String hostName, ListenAddress... addresses) {
        return untouched(hostName, Protocol.SMTP, addresses);
    }

    /// Defaults for everything but name and addresses.
    public static MailServerOptions lmtp(String hostName, ListenAddress... addresses) {
        return untouched(hostName, Protocol.LMTP, addresses);
    }

    private static MailServerOptions untouched(
            String hostName, Protocol protocol, ListenAddress... addresses) {
        return new MailServerOptions(
                hostName,
                protocol,
                List.of(addresses),
                DEFAULT_LISTEN,
                Optional.empty(),
                MailLimits.DEFAULTS,
                MailTimes.DEFAULTS);
    }

    public MailServerOptions with(MailLimits limits) {
        return new MailServerOptions(hostName, protocol, addresses, listen, tls, limits, times);
    }

    public MailServerOptions with(MailTimes times) {
        return new MailServerOptions(hostName, protocol, addresses, listen, tls, limits, times);
    }

    public MailServerOptions with(ListenOptions listen) {
        return new MailServerOptions(hostName, protocol, addresses, listen, tls, limits, times);
    }

    public MailServerOptions with(SSLContext tls) {
        return new MailServerOptions(
                hostName, protocol, addresses, listen, Optional.of(tls), limits, times);
    }
}
