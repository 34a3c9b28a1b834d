package tayori.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DnsRecord;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.dns.ZoneDns;

/// Nothing a stranger publishes or says makes a check throw, loop or ask without end.
class SpfHostileInputTest {
    /// 10 terms, each at most one question and ten names, plus a record look-up each, the reverse names and `exp`.
    private static final int MOST_QUESTIONS = 10 * 12 + 1 + 11 + 1;

    private static final List<String> RESULTS =
            List.of("none", "neutral", "pass", "fail", "softfail", "temperror", "permerror");
    private static final List<String> PIECES =
            List.of(
                    "a",
                    "mx",
                    "ptr",
                    "all",
                    "-all",
                    "include:",
                    "redirect=",
                    "exp=",
                    "exists:",
                    "ip4:",
                    "ip6:",
                    "%{s}",
                    "%{p}",
                    "%{d2r}",
                    "%{L-}",
                    "%{i}",
                    "%{h}",
                    "%",
                    "%%",
                    "%_",
                    "%-",
                    "%{",
                    "}",
                    "/24",
                    "//64",
                    "/",
                    ":",
                    "=",
                    ".",
                    "..",
                    "example.com",
                    "x.example.com",
                    "192.0.2.1",
                    "::1",
                    "~",
                    "?",
                    "\u0000",
                    "\u00ff",
                    " ",
                    " ",
                    " ",
                    "\t",
                    "moo=",
                    "%{d1}.example.com");

    private static final List<String> SENDERS =
            List.of(
                    "a@example.com",
                    "",
                    "@",
                    "@@@",
                    "\u00fc@example.com",
                    "a..b-c+d@x.example.com",
                    "\r\n@example.com");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anyRecordAnySender(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            var asked = new AtomicInteger();
            var dns = countingDns(random, asked);
            var client = InetAddress.ofLiteral(random.nextBoolean() ? "192.0.2.1" : "2001:db8::1");
            var sender = SENDERS.get(random.nextInt(SENDERS.size()));
            var result =
                    new SpfChecker(dns, SpfOptions.DEFAULTS)
                            .checkMailFrom(client, sender, "x.example.com");
            assertThat(result.result()).isIn(RESULTS);
            assertThat(asked.get()).isLessThanOrEqualTo(MOST_QUESTIONS);
            assertThat(ReceivedSpf.value(result, client, sender, "x.example.com", "r").lines())
                    .allMatch(line -> line.length() < 998);
        }
    }

    private static Dns countingDns(Random random, AtomicInteger asked) {
        return (name, type) -> {
            asked.incrementAndGet();
            if (random.nextInt(20) == 0) {
                return new DnsAnswer.Failed(DnsAnswer.Trouble.TIMEOUT, "no answer");
            }
            if (random.nextInt(20) == 0) {
                return new DnsAnswer.NoSuchName(Duration.ZERO, false);
            }
            DnsRecord record =
                    switch (type) {
                        case TXT -> new DnsRecord.Text(record(random));
                        case MX -> new DnsRecord.MailExchange(1, name);
                        case PTR -> new DnsRecord.Name(DomainName.of("x.example.com"));
                        default ->
                                new DnsRecord.Address(
                                        InetAddress.ofLiteral(
                                                type == RecordType.A
                                                        ? "192.0.2.7"
                                                        : "2001:db8::7"));
                    };
            return new DnsAnswer.Found(List.of(record), Duration.ZERO, false);
        };
    }

    private static String record(Random random) {
        var record = new StringBuilder("v=spf1 ");
        for (int i = random.nextInt(12); i > 0; i--) {
            record.append(PIECES.get(random.nextInt(PIECES.size())));
            if (random.nextInt(3) > 0) {
                record.append(random.nextBoolean() ? " " : "example.com ");
            }
        }
        return record.toString();
    }

    @ParameterizedTest(name = "RFC 7208 §4.6.4  \"{0}\" ends in a permerror")
    @ValueSource(
            strings = {
                "v=spf1 include:example.com -all",
                "v=spf1 redirect=example.com",
                "v=spf1 include:%{d} include:%{d} -all",
                "v=spf1 include:example.com redirect=example.com"
            })
    void loops(String record) {
        var dns = ZoneDns.builder().txt("example.com", record).build();
        var asked = new AtomicInteger();
        Dns counting =
                (name, type) -> {
                    asked.incrementAndGet();
                    return dns.query(name, type);
                };
        var result =
                new SpfChecker(counting, SpfOptions.DEFAULTS)
                        .checkMailFrom(
                                InetAddress.ofLiteral("192.0.2.1"), "a@example.com", "h.test");
        assertThat(result).isInstanceOf(SpfResult.PermError.class);
        assertThat(asked.get()).isEqualTo(11);
    }

    @Test
    void macroBombAsksForReverseNamesOnce() {
        var asked = new AtomicInteger();
        var zone =
                ZoneDns.builder()
                        .txt("example.com", "v=spf1 exists:" + "%{p}%{s}".repeat(8000) + " -all");
        for (int i = 0; i < 40; i++) {
            zone.ptr("1.2.0.192.in-addr.arpa", "h" + i + ".example.com");
        }
        var dns = zone.build();
        Dns counting =
                (name, type) -> {
                    asked.incrementAndGet();
                    return dns.query(name, type);
                };
        var result =
                new SpfChecker(counting, SpfOptions.DEFAULTS)
                        .checkMailFrom(
                                InetAddress.ofLiteral("192.0.2.1"),
                                "x".repeat(100_000) + "@example.com",
                                "h.test");
        assertThat(result.result()).isEqualTo("fail");
        assertThat(asked.get()).isLessThanOrEqualTo(1 + 1 + 10 + 1);
    }
}
