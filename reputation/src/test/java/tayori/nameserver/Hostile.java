package tayori.nameserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import tayori.dns.DomainName;
import tayori.psl.PublicSuffixList;
import tayori.publication.ListFiles;
import tayori.publication.PublishedTable;
import tayori.reputation.ListedFor;
import tayori.reputation.SenderClass;

/// Zones for messages of strangers, and what holds for every answer, whatever they send.
final class Hostile {
    private static final byte CANARY = 0x5a;
    private final Responder responder =
            new Responder(zones(), Admission.DEFAULTS, new Tally.OfLoop());

    private static Zones zones() {
        var table = new PublishedTable(PublicSuffixList.bundled());
        var far = TestServer.NOW.plusSeconds(86_400);
        table.put(TestServer.listed("spam.example.com", ListedFor.SPAM, far));
        table.put(TestServer.white("good.example.jp", SenderClass.REGISTERED, 2, far));
        table.put(TestServer.young("fresh.example.com", 5));
        try {
            var list =
                    ListFiles.dnset(
                            ("bad.example :3:bad $\n.wide.example :4:" + "x".repeat(250))
                                    .getBytes(StandardCharsets.US_ASCII));
            return new Zones(
                    DomainName.of("z.example"),
                    new StartOfAuthority(
                            List.of(
                                    new StartOfAuthority.Host(
                                            DomainName.of("ns1.z.example"),
                                            List.of(InetAddress.ofLiteral("192.0.2.53")))),
                            DomainName.of("hostmaster.z.example")),
                    TestServer.OPTIONS,
                    table,
                    List.of(new ImportedZone(DomainName.of("list.test"), false, list)),
                    TestServer.NOW.getEpochSecond());
        } catch (IOException e) {
            throw new UncheckedIOException("octets in memory can be read", e);
        }
    }

    /// Hands in a message and checks the answer.
    ///
    /// @return the answer; empty for none
    byte[] check(byte[] message, boolean tcp) {
        var octets = new byte[Responder.LEAST_ROOM];
        Arrays.fill(octets, CANARY);
        int length = Math.min(message.length, octets.length);
        System.arraycopy(message, 0, octets, 0, length);
        int answer = responder.respond(octets, length, tcp, TestServer.NOW.getEpochSecond());
        if (answer == 0) {
            assertThat(length < Wire.HEADER || (message[2] & 0x80) != 0)
                    .as("only what is no query stays without an answer")
                    .isTrue();
            return new byte[0];
        }
        assertThat(answer).isBetween(Wire.HEADER, tcp ? octets.length : Responder.MAX_UDP);
        assertThat(octets[0]).isEqualTo(message[0]);
        assertThat(octets[1]).isEqualTo(message[1]);
        assertThat(octets[2] & 0x80).isEqualTo(0x80);
        assertThat(octets[2] & 0x79).as("operation and RD").isEqualTo(message[2] & 0x79);
        int code = octets[3] & 15;
        assertThat(code).as("a bug, caught at the last door").isNotEqualTo(Wire.SERVFAIL);
        assertThat(octets[3] & 0xf0).as("RA, Z, AD, CD").isZero();
        if (code != Wire.NOERROR) {
            assertThat(Wire.u16(octets, 6)).as("no data with an error").isZero();
        }
        if (code == Wire.FORMERR || code == Wire.NOTIMP) {
            assertThat(answer).as("no longer than what was sent").isLessThanOrEqualTo(length + 11);
        }
        if (!tcp && code != Wire.NOERROR && code != Wire.NXDOMAIN && code != Wire.REFUSED) {
            assertThat(answer).isLessThanOrEqualTo(length + 64);
        }
        return Arrays.copyOf(octets, answer);
    }
}
