package tayori.config;

import java.nio.file.Path;

/// Where a server waits for connections.
public sealed interface ListenAddress {
    /// @param host an IP address or a host name; `0.0.0.0` and `[::]` are every interface
    /// @param port 1 to 65535
    record Tcp(String host, int port) implements ListenAddress {
        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /// @param path absolute path of a unix socket
    record Unix(Path path) implements ListenAddress {
        @Override
        public String toString() {
            return "unix:" + path;
        }
    }
}
