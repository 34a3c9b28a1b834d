package tayori.milter.client;

import java.net.InetAddress;
import java.util.Map;

/// The SMTP client of a session: who comes to the MTA we play.
///
/// @param address where it comes from
/// @param hostName name that the MTA has found for it; `unknown` or `[192.0.2.1]` where there is none
/// @param helo what it calls itself
/// @param macros more macros of the session, or other values of those that are always given (`j`, `v`, `{daemon_name}`)
public record SmtpClient(
        InetAddress address, int port, String hostName, String helo, Map<String, String> macros) {

    private static final int SOME_PORT = 40_123;

    public SmtpClient {
        macros = Map.copyOf(macros);
    }

    /// A client whose name in the DNS is the one it gives in HELO.
    ///
    /// @param address an IP literal; never asked in the DNS
    public static SmtpClient of(String address, String helo) {
        return new SmtpClient(InetAddress.ofLiteral(address), SOME_PORT, helo, helo, Map.of());
    }
}
