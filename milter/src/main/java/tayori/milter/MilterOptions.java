package tayori.milter;

import java.time.Duration;
import java.util.List;
import tayori.listen.ListenAddress;
import tayori.listen.ListenOptions;

/// How the server listens, and what it bears.
///
/// @param addresses where MTAs find us
/// @param listen backlog and connection limits
/// @param onFailure what a mail gets whose filter threw or took too long
/// @param maxPacket largest packet. Unit: octets after the length
/// @param maxMacros most macro text kept for a connection. Unit: octets
/// @param negotiationTime longest wait for the first packet
/// @param idleTime longest wait for the next packet
/// @param packetTime longest time from a packet's first octet to its last, and for the MTA to take an answer
/// @param commandTime longest time the filter may work before it is interrupted
/// @param progressInterval how often the MTA hears from us while the end of a message is at work
public record MilterOptions(
        List<ListenAddress> addresses,
        ListenOptions listen,
        OnFailure onFailure,
        int maxPacket,
        int maxMacros,
        Duration negotiationTime,
        Duration idleTime,
        Duration packetTime,
        Duration commandTime,
        Duration progressInterval) {

    /// Packets that may come before the negotiation: none; whoever starts otherwise is no MTA.
    public static final int MAX_PACKETS_BEFORE_NEGOTIATION = 0;

    /// Ten times the header field that Postfix lets through (`header_size_limit`, 102,400). Body pieces are 65,535 at most,
    /// unless more is negotiated, which we do not ask for.
    public static final int DEFAULT_MAX_PACKET = 1 << 20;

    /// Smallest `maxPacket`: a full body piece must fit.
    public static final int LEAST_MAX_PACKET = 65_536;

    /// A usual MTA hands over less than 2 KB; certificates' names may be long.
    public static final int DEFAULT_MAX_MACROS = 65_536;

    public static final Duration DEFAULT_NEGOTIATION_TIME = Duration.ofSeconds(30);

    /// As libmilter: an SMTP client may take very long between RCPT and the end of its message, and Postfix is silent meanwhile.
    public static final Duration DEFAULT_IDLE_TIME = Duration.ofSeconds(7_210);

    public static final Duration DEFAULT_PACKET_TIME = Duration.ofSeconds(60);

    /// As the time Postfix waits for the end of a message without a sign of life (`milter_content_timeout`).
    public static final Duration DEFAULT_COMMAND_TIME = Duration.ofMinutes(5);

    /// Well below the shortest wait of either MTA (10 s, Sendmail's for a reply).
    public static final Duration DEFAULT_PROGRESS_INTERVAL = Duration.ofSeconds(5);

    /// What a mail gets when its filter failed.
    public enum OnFailure {
        /// The client shall try again later: nothing passes unseen.
        TEMPFAIL,
        /// The mail passes as it came, unseen.
        ACCEPT;

        Reply reply() {
            return this == TEMPFAIL ? Reply.TEMPFAIL : Reply.ACCEPT;
        }
    }

    public MilterOptions {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no address to listen on");
        }
        if (maxPacket < LEAST_MAX_PACKET || maxMacros < 0) {
            throw new IllegalArgumentException(
                    "a packet must hold " + LEAST_MAX_PACKET + " octets");
        }
        for (Duration time :
                List.of(negotiationTime, idleTime, packetTime, commandTime, progressInterval)) {
            if (!time.isPositive() || time.compareTo(Duration.ofDays(365)) > 0) {
                throw new IllegalArgumentException("not a time to wait: " + time);
            }
        }
    }

    /// Defaults for everything but the addresses.
    public static MilterOptions listeningOn(ListenAddress... addresses) {
        return new MilterOptions(
                List.of(addresses),
                ListenOptions.DEFAULTS,
                OnFailure.TEMPFAIL,
                DEFAULT_MAX_PACKET,
                DEFAULT_MAX_MACROS,
                DEFAULT_NEGOTIATION_TIME,
                DEFAULT_IDLE_TIME,
                DEFAULT_PACKET_TIME,
                DEFAULT_COMMAND_TIME,
                DEFAULT_PROGRESS_INTERVAL);
    }
}
