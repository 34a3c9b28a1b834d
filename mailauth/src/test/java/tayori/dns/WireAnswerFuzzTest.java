package tayori.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tayori.dns.DnsAnswer.Failed;
import tayori.dns.DnsAnswer.Found;
import tayori.dns.ResolverDns.Limits;
import tayori.dns.WireAnswer.Chain;
import tayori.dns.WireAnswer.Step;
import tayori.dns.loopback.LoopbackDnsServer;
import tayori.dns.loopback.ZoneText;

/// Whatever a server sends, reading it ends in an answer within the limits.
class WireAnswerFuzzTest {
    private static final DomainName NAME = DomainName.of("example.org");

    /// @param rest follows a header and a question that are right
    @FuzzTest
    void anyReply(byte[] rest) {
        for (var type : RecordType.values()) {
            var question = new WireQuestion(NAME, type, 4711, true);
            byte[] reply = new byte[29 + rest.length];
            System.arraycopy(question.octets(), 0, reply, 0, 29);
            reply[2] |= (byte) 0x80;
            for (int i = 0;
                    i < 7 && i < rest.length;
                    i++) { // code and counts are the stranger's as well
                reply[i == 0 ? 3 : 5 + i] = rest[i];
            }
            System.arraycopy(
                    rest, Math.min(7, rest.length), reply, 29, Math.max(0, rest.length - 7));
            check(question, reply);
            byte[] raw = rest.clone();
            if (raw.length >= 12) {
                check(question, raw);
            }
        }
    }

    private static void check(WireQuestion question, byte[] reply) {
        question.isAnsweredBy(reply, reply.length);
        var octets = new Exchange.Octets(reply, reply.length, true);
        var step =
                WireAnswer.read(
                        octets, question, Chain.startingAt(NAME), Limits.DEFAULTS, "a server");
        switch (step) {
            case Step.Further(var chain) ->
                    assertThat(chain.aliases()).isBetween(1, Limits.DEFAULTS.maxAliases());
            case Step.Done(Found found) -> {
                assertThat(found.records()).hasSizeLessThanOrEqualTo(Limits.DEFAULTS.maxRecords());
                assertThat(found.ttl().toSeconds()).isBetween(0L, (long) Integer.MAX_VALUE);
            }
            case Step.Done(Failed failed) -> assertThat(failed.detail()).isNotEmpty();
            case Step.Done _ -> {}
        }
    }

    @ParameterizedTest(name = "answers with broken octets: {0}")
    @EnumSource(RecordType.class)
    void brokenAnswers(RecordType type) throws java.io.IOException {
        var zone =
                ZoneText.of(
                        """
                        example.org CNAME a.example
                        a.example   CNAME b.example
                        b.example   A     192.0.2.1
                        b.example   AAAA  2001:db8::1
                        b.example   MX    10 mail.b.example
                        b.example   TXT   "one" "two"
                        b.example   PTR   c.example
                        b.example   NS    ns.example
                        b.example   TLSA  3 1 1 00ff
                        """);
        try (var server = LoopbackDnsServer.start(zone)) {
            var question = new WireQuestion(NAME, type, 4711, true);
            var reply =
                    (Exchange.Octets)
                            Exchange.overTcp(
                                    server.address(),
                                    question,
                                    System.nanoTime() + 20_000_000_000L);
            var random = new Random(WireQuestion.typeCode(type));
            for (int i = 0; i < 3_000; i++) {
                byte[] broken = java.util.Arrays.copyOf(reply.octets(), reply.length());
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    broken[2 + random.nextInt(broken.length - 2)] = (byte) random.nextInt(256);
                }
                check(
                        question,
                        java.util.Arrays.copyOf(broken, 12 + random.nextInt(broken.length - 11)));
                check(question, broken);
            }
        }
    }
}
