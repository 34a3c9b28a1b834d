package tayori.config;

/// A DNS server to ask.
///
/// @param address an IP address: a name would have to be looked up first
/// @param port 53 unless the file says otherwise
public record ResolverAddress(String address, int port) {
    public static final int DNS_PORT = 53;

    @Override
    public String toString() {
        String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
        return host + ":" + port;
    }
}
