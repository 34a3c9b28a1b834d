package tayori.listen;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// Where we listen, or where a client finds us.
///
/// Written as MTA people write it: `inet:8891@127.0.0.1` and `unix:/run/tayori/milter.sock` (Sendmail), `inet:127.0.0.1:8891`
/// (Postfix), or plainly `127.0.0.1:8891` and `[::1]:8891`.
public sealed interface ListenAddress {

    /// A TCP port.
    ///
    /// @param host name or IP literal, without brackets
    /// @param port 0 lets the kernel choose a free one; [Listener#addresses()] tells which
    record Tcp(String host, int port) implements ListenAddress {
        public Tcp {
            if (host.isEmpty() || port < 0 || port > 65_535) {
                throw new IllegalArgumentException("not a host and port: " + host + ":" + port);
            }
        }

        @Override
        public String toString() {
            return "inet:" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }

    /// A unix socket.
    ///
    /// @param path the socket file; a dead one of a former run is replaced, anything else that stands there is left alone
    /// @param permissions of the socket file; who may write it may connect
    /// @param owner user that gets the file, when it is not to be the user we run as (needs root)
    /// @param group group that gets the file: the group the MTA runs in
    record Unix(
            Path path,
            Set<PosixFilePermission> permissions,
            Optional<String> owner,
            Optional<String> group)
            implements ListenAddress {

        /// Owner and group may connect, others may not.
        public static final String DEFAULT_MODE = "rw-rw----";

        public Unix {
            permissions = Set.copyOf(permissions);
        }

        public Unix(Path path) {
            this(
                    path,
                    PosixFilePermissions.fromString(DEFAULT_MODE),
                    Optional.empty(),
                    Optional.empty());
        }

        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    /// Reads one of the forms above.
    ///
    /// @throws IllegalArgumentException with what was expected, when it is none of them
    static ListenAddress parse(String text) {
        if (text.startsWith("unix:") || text.startsWith("local:")) {
            String path = text.substring(text.indexOf(':') + 1);
            try {
                if (!path.isEmpty()) {
                    return new Unix(Path.of(path));
                }
            } catch (InvalidPathException _) {
                // said below, in the words for all forms
            }
            throw notAnAddress(text);
        }
        String rest = text;
        if (text.startsWith("inet:") || text.startsWith("inet6:")) {
            rest = text.substring(text.indexOf(':') + 1);
            int at = rest.indexOf('@');
            if (at >= 0) {
                return new Tcp(
                        withoutBrackets(rest.substring(at + 1), text),
                        port(rest.substring(0, at), text));
            }
        }
        int colon = rest.lastIndexOf(':');
        if (colon <= 0) {
            throw notAnAddress(text);
        }
        return new Tcp(
                withoutBrackets(rest.substring(0, colon), text),
                port(rest.substring(colon + 1), text));
    }

    private static String withoutBrackets(String host, String text) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        if (bare.isEmpty() || bare.indexOf('[') >= 0 || bare.indexOf(']') >= 0) {
            throw notAnAddress(text);
        }
        return bare;
    }

    private static int port(String digits, String text) {
        try {
            int port = Integer.parseInt(digits);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw notAnAddress(text);
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException(
                "not an address to listen on: '"
                        + text
                        + "'; expected HOST:PORT, inet:PORT@HOST or unix:/PATH");
    }
}
