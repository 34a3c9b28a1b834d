package tayori.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import tayori.dns.DnsAnswer.Failed;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.Exchange.NoReply;
import tayori.dns.Exchange.Octets;
import tayori.dns.WireAnswer.Chain;
import tayori.dns.WireAnswer.Step;

/// A DNS that asks recursive resolvers over UDP, and over TCP where the answer was cut off (RFC 7766 §5).
///
/// Every try has a socket of its own, so that its source port is the kernel's random choice, and a query id from
/// [SecureRandom] (RFC 5452 §9.2). What does not repeat id and question is not our answer and is passed over
/// (RFC 5452 §9.1). Servers are asked in their order, beginning with the one that answered last; one that said SERVFAIL,
/// REFUSED or nonsense is not asked again for the same question (RFC 9520 §3.1), one that was silent is.
///
/// Nothing is kept here: [CachingDns] does that. A call blocks its thread; it is made for virtual ones.
public final class ResolverDns implements Dns {
    /// Most servers one resolver list may hold.
    public static final int MAX_SERVERS = 16;

    private static final int PORT = 53;

    private final List<InetSocketAddress> servers;
    private final String[] serverNames;
    private final Limits limits;
    private final SecureRandom ids = new SecureRandom();
    private volatile int preferred;

    /// How long to wait and how much to take in.
    ///
    /// @param perTry wait for one reply of one server
    /// @param perQuestion wait for everything one question needs: tries, other servers, TCP, further CNAMEs
    /// @param rounds how often the list of servers is gone through while they are silent
    /// @param maxRecords most records in an answer; more is [Trouble#MALFORMED]. Unit: records of the type asked for
    /// @param maxTextOctets longest TXT record; a longer one is [Trouble#MALFORMED]. Unit: octets, strings joined
    /// @param maxAliases longest CNAME chain; a longer one is [Trouble#MALFORMED]. Unit: CNAME records
    public record Limits(
            Duration perTry,
            Duration perQuestion,
            int rounds,
            int maxRecords,
            int maxTextOctets,
            int maxAliases) {
        /// Five seconds for a question, as RFC 7208 §4.6.4 counts in seconds for a whole check; records and lengths well
        /// above anything published for mail.
        public static final Limits DEFAULTS =
                new Limits(Duration.ofSeconds(2), Duration.ofSeconds(5), 2, 512, 16_384, 12);

        public Limits {
            if (!perTry.isPositive() || !perQuestion.isPositive()) {
                throw new IllegalArgumentException("a time limit must be positive");
            }
            if (rounds < 1 || maxRecords < 1 || maxTextOctets < 1 || maxAliases < 0) {
                throw new IllegalArgumentException(
                        "rounds, records and octets are at least one, aliases at least none");
            }
        }

        /// The same limits with other times.
        public Limits withTimes(Duration perTry, Duration perQuestion) {
            return new Limits(perTry, perQuestion, rounds, maxRecords, maxTextOctets, maxAliases);
        }
    }

    /// Asks these servers, the first one first.
    ///
    /// @throws IllegalArgumentException for no servers, more than [#MAX_SERVERS], or one without an address
    public ResolverDns(List<InetSocketAddress> servers, Limits limits) {
        this.servers = List.copyOf(servers);
        this.limits = limits;
        if (servers.isEmpty() || servers.size() > MAX_SERVERS) {
            throw new IllegalArgumentException("one to " + MAX_SERVERS + " DNS servers, please");
        }
        this.serverNames = new String[servers.size()];
        for (int i = 0; i < serverNames.length; i++) {
            serverNames[i] = describe(this.servers.get(i));
        }
    }

    /// Asks the servers this machine is configured with: the `nameserver` lines of `/etc/resolv.conf`, or the one on
    /// this machine where there is none (resolv.conf(5)).
    public static ResolverDns ofSystem(Limits limits) {
        return new ResolverDns(systemServers(), limits);
    }

    /// The servers this machine is configured with.
    public static List<InetSocketAddress> systemServers() {
        return systemServers(Path.of("/etc/resolv.conf"));
    }

    /// Reads `192.0.2.53`, `192.0.2.53:5353`, `2001:db8::53`, `[2001:db8::53]:5353`, `localhost:5353`. A name is looked
    /// up by the operating system, once.
    ///
    /// @return nothing where the text is no address or the port is not within 1 and 65535
    public static Optional<InetSocketAddress> server(String text) {
        String host = text;
        int port = PORT;
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        boolean bareIpv6 = !bracketed && colon >= 0 && text.indexOf(':') != colon;
        if (colon >= 0 && !bareIpv6 && !text.endsWith("]")) {
            host = text.substring(0, colon);
            port = portNumber(text.substring(colon + 1));
        }
        if (bracketed) {
            if (!host.endsWith("]")) {
                return Optional.empty();
            }
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty() || port < 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static int portNumber(String digits) {
        int port = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9' || port > 65535) {
                return -1;
            }
            port = port * 10 + (c - '0');
        }
        return port <= 65535 ? port : -1;
    }

    static List<InetSocketAddress> systemServers(Path resolvConf) {
        var found = new ArrayList<InetSocketAddress>();
        try {
            for (String line : Files.readAllLines(resolvConf, StandardCharsets.ISO_8859_1)) {
                String text = line.strip();
                if (text.startsWith("nameserver")
                        && text.length() > 10
                        && Character.isWhitespace(text.charAt(10))
                        && found.size() < MAX_SERVERS) {
                    String address = text.substring(10).strip();
                    int end = 0;
                    while (end < address.length() && !Character.isWhitespace(address.charAt(end))) {
                        end++;
                    }
                    server(address.substring(0, end)).ifPresent(found::add);
                }
            }
        } catch (IOException e) {
            found.clear(); // no such file: the same as one without servers
        }
        return found.isEmpty()
                ? List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT))
                : found;
    }

    @Override
    public DnsAnswer query(DomainName name, RecordType type) {
        long deadline = System.nanoTime() + limits.perQuestion.toNanos();
        var chain = Chain.startingAt(name);
        while (true) { // ends: every step but the last lengthens the chain, which is bounded
            switch (askServers(chain, type, deadline)) {
                case Step.Done(var answer) -> {
                    return answer;
                }
                case Step.Further(var longer) -> chain = longer;
            }
        }
    }

    /// Goes through the servers until one knows; if none does, tells what each of them said.
    private Step askServers(Chain chain, RecordType type, long deadline) {
        int silentServers = (1 << servers.size()) - 1; // one bit each: still worth a try
        var trouble = Trouble.TIMEOUT;
        var said = new LinkedHashSet<String>(); // a server that says the same twice is quoted once
        int first = preferred;
        for (int round = 0; round < limits.rounds && silentServers != 0; round++) {
            for (int i = 0; i < servers.size(); i++) {
                int server = (first + i) % servers.size();
                if ((silentServers & (1 << server)) == 0) {
                    continue;
                }
                if (deadline - System.nanoTime() <= 0 || Thread.currentThread().isInterrupted()) {
                    round = limits.rounds;
                    break;
                }
                var step = askServer(server, chain, type, deadline);
                if (!(step instanceof Step.Done(Failed(var why, var detail)))) {
                    preferred = server;
                    return step;
                }
                if (why != Trouble.TIMEOUT) {
                    silentServers &= ~(1 << server);
                    trouble = trouble == Trouble.TIMEOUT ? why : trouble;
                }
                said.add(detail);
            }
        }
        if (said.isEmpty()) {
            said.add("no time left to ask for " + chain.at());
        }
        return new Step.Done(new Failed(trouble, String.join("; ", said)));
    }

    private Step askServer(int server, Chain chain, RecordType type, long deadline) {
        var step = askServer(server, chain, type, deadline, true);
        // RFC 6891 §7: a server that does not know EDNS says FORMERR (or NOTIMP); ask it again the
        // old way.
        return step.equals(WireAnswer.WITHOUT_EDNS_PLEASE)
                ? askServer(server, chain, type, deadline, false)
                : step;
    }

    private Step askServer(
            int server, Chain chain, RecordType type, long deadline, boolean withEdns) {
        var address = servers.get(server);
        var question = new WireQuestion(chain.at(), type, ids.nextInt(1 << 16), withEdns);
        var reply = Exchange.overUdp(address, question, tryUntil(deadline));
        if (reply instanceof Octets octets && octets.truncated()) {
            reply = Exchange.overTcp(address, question, tryUntil(deadline));
        }
        return switch (reply) {
            case Octets octets ->
                    WireAnswer.read(octets, question, chain, limits, serverNames[server]);
            case NoReply(var trouble, var what) ->
                    new Step.Done(new Failed(trouble, what + " " + serverNames[server]));
        };
    }

    private long tryUntil(long deadline) {
        long now = System.nanoTime();
        return now + Math.min(limits.perTry.toNanos(), deadline - now);
    }

    private static String describe(InetSocketAddress server) {
        if (server.isUnresolved()) {
            throw new IllegalArgumentException("no address for DNS server " + server);
        }
        String host = server.getAddress().getHostAddress();
        return host.indexOf(':') < 0
                ? host + ":" + server.getPort()
                : "[" + host + "]:" + server.getPort();
    }
}
