package tayori.nameserver;

import java.time.Duration;
import java.util.List;
import tayori.dns.DomainName;

/// What all our zones say of themselves.
///
/// @param servers names of the name servers, the primary one first (RFC 1035 §3.3.11, §3.3.13)
/// @param mailbox of who is responsible, with its `@` as a dot
/// @param refresh how often a secondary looks for changes
/// @param retry how soon it looks again when it could not
/// @param expire after what time without contact it stops answering
public record StartOfAuthority(
        List<Host> servers, DomainName mailbox, Duration refresh, Duration retry, Duration expire) {
    /// Most name servers. An NS answer with long names must fit 1,232 octets; 13 are what the root has.
    public static final int MAX_SERVERS = 13;

    /// How often secondaries look, when they are not told. Our lists change each second.
    public static final Duration DEFAULT_REFRESH = Duration.ofMinutes(5);

    public static final Duration DEFAULT_RETRY = Duration.ofMinutes(1);

    /// As long as the longest time to live: a list older than that has nothing to say.
    public static final Duration DEFAULT_EXPIRE = Duration.ofHours(6);

    /// A name server.
    ///
    /// @param addresses answered where the name lies within our apex; others know the rest
    public record Host(DomainName name, List<java.net.InetAddress> addresses) {
        public Host {
            addresses = List.copyOf(addresses);
        }
    }

    public StartOfAuthority {
        servers = List.copyOf(servers);
        if (servers.isEmpty() || servers.size() > MAX_SERVERS) {
            throw new IllegalArgumentException(
                    "a zone has 1 to %d name servers, not %d"
                            .formatted(MAX_SERVERS, servers.size()));
        }
        requireSeconds("refresh", refresh);
        requireSeconds("retry", retry);
        requireSeconds("expire", expire);
    }

    public StartOfAuthority(List<Host> servers, DomainName mailbox) {
        this(servers, mailbox, DEFAULT_REFRESH, DEFAULT_RETRY, DEFAULT_EXPIRE);
    }

    private static void requireSeconds(String what, Duration time) {
        if (time.toSeconds() < 1 || time.toSeconds() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(what + " must be a second or more: " + time);
        }
    }
}
