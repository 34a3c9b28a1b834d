package tayori.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import tayori.dns.DomainName;
import tayori.listen.ListenAddress;

/// How reputation is published in the DNS.
public record NameServerConfig(
        @Doc(
                        value = "Addresses to answer at, over UDP and TCP. Empty: off.",
                        example = "[\"192.0.2.53:53\", \"[2001:db8::53]:53\"]")
                List<ListenAddress> listen,
        @Doc(
                        value =
                                "The name below which the zones `dwl`, `dbl`, `new`, `rep`, `sup`, `_vouch` and `status` stand.",
                        example = "rep.example.org")
                Optional<DomainName> zone,
        @Doc(
                        value =
                                "Names of the servers that answer for the zone, as its parent has them.",
                        example = "[ns1.example.org, ns2.example.org]")
                List<DomainName> nameServers,
        @Doc(
                        value =
                                "Address of who looks after the zone, its `@` written as a dot (RFC 1035 §3.3.13). Unset: `hostmaster` below the zone.",
                        example = "hostmaster.example.org")
                Optional<DomainName> contact,
        @Doc(
                        value =
                                "Page that explains a listing; the domain is added to it. It stands in every reason that a refused client reads.",
                        example = "\"https://rep.example.org/why/\"")
                Optional<URI> explanation,
        @Doc("Who may ask: `anybody`, or `keys` for clients with a key only.") Access access,
        @Doc("Clients that ask with a key in the name, `example.jp.KEY.dwl.ZONE`.")
                List<ClientConfig> clients,
        @Doc(
                        "Keys with which the zones may be transferred as a whole (RFC 8945). Without one nobody may.")
                List<TransferKeyConfig> transferKeys,
        @Doc("Further lists to publish below the zone, from files that somebody else made.")
                List<ListConfig> lists,
        @Doc(
                        "Most answers of one kind a second to one network (IPv4 /24, IPv6 /56) over UDP, so that nobody is flooded in its name; 0: no limit.")
                @Range(min = "0", max = "1000000")
                int answersPerSecond,
        @Doc(
                        "Answer 127.255.255.x instead of REFUSED, for clients that cannot tell. Leave it off: careless ones take any address for a listing.")
                boolean refuseByAddress) {
    public static final NameServerConfig DEFAULTS =
            new NameServerConfig(
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Access.ANYBODY,
                    List.of(),
                    List.of(),
                    List.of(),
                    200,
                    false);

    /// Who may ask.
    public enum Access {
        ANYBODY,
        KEYS
    }

    /// A client that asks with a key.
    public record ClientConfig(
            @Doc("Its name, for logs and counters.") String name,
            @Doc(
                            "File with its key: 16 to 63 letters and digits. Nobody but its owner and group may read it.")
                    KeyFile keyFile,
            @Doc("Most questions a second.") @Range(min = "1", max = "1000000")
                    int questionsPerSecond,
            @Doc("Most questions a day.") @Range(min = "1", max = "2000000000")
                    int questionsPerDay) {}

    /// A key for zone transfers.
    public record TransferKeyConfig(
            @Doc("Its name, as both sides have it.") DomainName name,
            @Doc("How it signs.") Algorithm algorithm,
            @Doc("File with the secret in base64; nobody but its owner and group may read it.")
                    KeyFile keyFile) {}

    /// How a transfer key signs.
    public enum Algorithm {
        HMAC_SHA256,
        HMAC_SHA384,
        HMAC_SHA512
    }

    /// A list from a file.
    public record ListConfig(
            @Doc("The label it stands under: `NAME.ZONE`.") DomainName name,
            @Doc(
                            "File in rbldnsd's `dnset` form, or lines of domain, address and text with tabs between. It is read again when it changes.")
                    FilePath file) {}
}
