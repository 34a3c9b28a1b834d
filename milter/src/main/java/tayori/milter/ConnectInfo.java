package tayori.milter;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/// Who has connected to the MTA.
///
/// @param hostName name the MTA found for the client, or its address in brackets, or `unknown`; a stranger's DNS may have
///     chosen it
/// @param peer its address
public record ConnectInfo(String hostName, Peer peer) {

    /// The client's address as far as the MTA told it.
    public sealed interface Peer {
        /// An internet address; IPv4-mapped IPv6 addresses have become IPv4.
        record Ip(InetAddress address, int port) implements Peer {}

        /// A local client.
        record UnixSocket(String path) implements Peer {}

        /// The MTA did not say, or said something that is no address.
        ///
        /// @param told what it said, for the log; often empty
        record Unknown(String told) implements Peer {}
    }

    /// The IP address, if the client has one.
    public Optional<InetAddress> address() {
        return peer instanceof Peer.Ip(var address, _) ? Optional.of(address) : Optional.empty();
    }

    /// Reads an address literal as MTAs write it, with or without the tag `IPv6:` (RFC 5321 §4.1.3). Never asks the DNS.
    static Peer ip(String literal, int port) {
        String bare = literal;
        if (literal.regionMatches(true, 0, "IPv6:", 0, 5)) {
            bare = literal.substring(5);
        }
        try {
            if (isDottedQuad(bare)) {
                return new Peer.Ip(Inet4Address.ofLiteral(bare), port);
            }
            // A scope (`fe80::1%eth0`) means something on the MTA's machine only.
            int scope = bare.indexOf('%');
            String unscoped = scope < 0 ? bare : bare.substring(0, scope);
            if (unscoped.indexOf(':') >= 0) {
                return new Peer.Ip(Inet6Address.ofLiteral(unscoped), port);
            }
        } catch (IllegalArgumentException _) {
            // not an address after all
        }
        return new Peer.Unknown(literal);
    }

    private static boolean isDottedQuad(String text) {
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                dots++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return dots == 3;
    }
}
