package tayori.config;

import java.util.List;
import java.util.Optional;
import tayori.dns.DomainName;
import tayori.listen.ListenAddress;

/// What programs may ask over HTTP.
public record ApiConfig(
        @Doc(
                        value =
                                "Addresses to answer at. Empty: off. It speaks plain HTTP: put a proxy that speaks TLS in front of it where it leaves this machine.",
                        example = "[\"127.0.0.1:8893\"]")
                List<ListenAddress> listen,
        @Doc(
                        "Whether clients outside reach it by `https` too, through your proxy: then the templates of RFC 7072 offer that.")
                boolean https,
        @Doc(
                        "Whether to answer reputation questions so that OpenDKIM's client understands them as well.")
                boolean openDkim,
        @Doc("Who may ask what is not for everybody.") List<ApiKeyConfig> keys) {
    public static final ApiConfig DEFAULTS = new ApiConfig(List.of(), false, false, List.of());

    /// A key and what it opens.
    public record ApiKeyConfig(
            @Doc("Whose it is, for logs and counters.") String name,
            @Doc("File with the key; nobody but its owner and group may read it.") KeyFile keyFile,
            @Doc("Whether it may ask why a domain stands where it stands.") boolean mayExplain,
            @Doc(
                            "Whether it may hand in what readers say; whoever has it vouches for who they are. For mail servers and webmail.")
                    boolean mayReport,
            @Doc("The provider whose evidence it may hand in. Unset: nobody's.")
                    Optional<DomainName> evidenceOf) {}
}
