package tayori.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.authentication.AuthenticationOptions.Extra;
import tayori.authres.AuthenticationResultsParser;
import tayori.authres.AuthenticationResultsParser.Reading;
import tayori.dkim.BodyHasher;
import tayori.dkim.DkimKeys;
import tayori.dkim.DkimReason;
import tayori.dkim.DkimResult;
import tayori.dkim.DkimSigner;
import tayori.dkim.SigningOptions;
import tayori.dkim.TestMessage;
import tayori.dkim.TestZones;
import tayori.dmarc.DmarcResult;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.dns.ZoneDns;
import tayori.message.AuthorDomains;
import tayori.message.HeaderField;
import tayori.message.MessageHead;
import tayori.spf.SpfResult;
import tools.jackson.databind.ObjectMapper;

/// Whole mails: what is asked and when, what it costs at most, and how the results are put into words.
class MailAuthenticatorTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final String US = "mx.receiver.example";
    private static final DkimKeys.Pair KEY = DkimKeys.generateEd25519();
    private static final ZoneDns ZONE =
            ZoneDns.builder()
                    .txt("shop.example", "v=spf1 ip4:192.0.2.10 -all")
                    .txt("s1._domainkey.shop.example", KEY.txt())
                    .txt("_dmarc.shop.example", "v=DMARC1; p=reject")
                    .txt("default._bimi.shop.example", "v=BIMI1; l=https://shop.example/logo.svg")
                    .txt("mail.shop.example", "v=spf1 a -all")
                    .address("mail.shop.example", "192.0.2.10")
                    .ptr("10.2.0.192.in-addr.arpa", "mail.shop.example")
                    .build();
    private static final TestMessage MAIL =
            TestMessage.of(
                    """
                    From: Shop <news@shop.example>
                    To: reader@receiver.example
                    Subject: News

                    Hello.
                    """);

    /// Counts what really reaches the DNS.
    private record CountingDns(Dns dns, AtomicInteger asked) implements Dns {
        CountingDns(Dns dns) {
            this(dns, new AtomicInteger());
        }

        @Override
        public DnsAnswer query(DomainName name, RecordType type) {
            asked.incrementAndGet();
            return dns.query(name, type);
        }
    }

    private static MailAuthenticator authenticator(Dns dns, int questions, Set<Extra> extras) {
        var defaults = AuthenticationOptions.DEFAULTS;
        return new MailAuthenticator(
                dns,
                InstantSource.fixed(NOW),
                new AuthenticationOptions(
                        defaults.spf().withReceiver(US),
                        defaults.dkim(),
                        defaults.arc(),
                        defaults.dmarc(),
                        questions,
                        extras));
    }

    @Test
    void whatElseIsAskedComesOutOfTheMailsOwnBudget() throws Exception {
        var mail =
                authenticator(ZONE, 1, Set.of())
                        .connect(InetAddress.ofLiteral("192.0.2.10"))
                        .mail("news@other.example"); // SPF has asked the one question
        var answer =
                mail.beside(dns -> dns.query(DomainName.of("shop.example"), RecordType.TXT)).get();
        assertThat(answer)
                .isInstanceOfSatisfying(
                        DnsAnswer.Failed.class,
                        failed -> assertThat(failed.trouble()).isEqualTo(DnsAnswer.Trouble.BUDGET));
    }

    @Test
    void aMailClaimsItsAuthorItsEnvelopeAndItsSigners() {
        var mail =
                withEverything(ZONE)
                        .connect(InetAddress.ofLiteral("192.0.2.10"))
                        .mail("news@other.example");
        assertThat(mail.claimedDomains()).containsExactly(DomainName.of("other.example"));
        String signature =
                "DKIM-Signature: v=1; a=ed25519-sha256; d=%s; s=s; h=from; b=AAAA;"
                        + " bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        var fields = new ArrayList<HeaderField>();
        for (var field :
                List.of(
                        signature.formatted("list.example"),
                        signature.formatted("shop.example"),
                        "DKIM-Signature: no signature",
                        "From: news@news.shop.example")) {
            fields.add(HeaderField.ofRaw(field.getBytes(StandardCharsets.US_ASCII)));
        }
        mail.head(new MessageHead(fields));
        assertThat(mail.claimedDomains())
                .containsExactly(
                        DomainName.of("news.shop.example"),
                        DomainName.of("other.example"),
                        DomainName.of("list.example"),
                        DomainName.of("shop.example"));
        assertThat(mail.organizationalDomain(DomainName.of("news.shop.example")))
                .contains(DomainName.of("shop.example"));
    }

    private static MailAuthenticator withEverything(Dns dns) {
        return authenticator(
                dns, AuthenticationOptions.DEFAULT_QUESTIONS_PER_MAIL, EnumSet.allOf(Extra.class));
    }

    private static Authentication authenticate(
            MailAuthenticator authenticator, String mailFrom, TestMessage message) {
        var client = authenticator.connect(InetAddress.ofLiteral("192.0.2.10"));
        client.helo("mail.shop.example");
        var mail = client.mail(mailFrom);
        mail.head(message.head());
        byte[] body = message.body();
        mail.body(body, 0, body.length);
        return mail.finish();
    }

    private static TestMessage signed(TestMessage message) {
        var signer =
                new DkimSigner(
                        List.of(new DkimSigner.Key("shop.example", "s1", KEY.privateKey())),
                        SigningOptions.DEFAULTS,
                        InstantSource.fixed(NOW));
        var hasher = new BodyHasher();
        var signing = signer.begin(message.head(), hasher);
        byte[] body = message.body();
        hasher.update(body, 0, body.length);
        return message.with(signing.finish());
    }

    @Test
    void everyMethodInWords() {
        var result = authenticate(withEverything(ZONE), "news@shop.example", signed(MAIL));
        assertThat(result.toResults(US).toField().unfolded().replace('\t', ' '))
                .startsWith(US + "; ")
                .contains("iprev=pass (mail.shop.example) policy.iprev=192.0.2.10;")
                .containsPattern("spf=pass \\([^;]*\\) smtp.mailfrom=news@shop.example;")
                .containsPattern("spf=pass \\([^;]*\\) smtp.helo=mail.shop.example;")
                .containsPattern(
                        "sender-id=pass \\([^;]*informational\\) header.From=news@shop.example;")
                .containsPattern(
                        "dkim=pass \\(256-bit key\\) header.d=shop.example header.i=@shop.example"
                                + " header.s=s1 header.a=ed25519-sha256 header.b=")
                .containsPattern(
                        "dmarc=pass \\([^;]*policy of shop.example\\) header.from=shop.example"
                                + " policy.dmarc=reject;")
                .containsPattern(
                        "bimi=pass \\([^;]*\\) header.d=shop.example header.selector=default$");
        assertReadable(result);
    }

    @Test
    void rfc7208Section24ABounceSpeaksForItsHeloName() {
        var result = authenticate(withEverything(ZONE), "", MAIL);
        assertThat(result.toResults(US).of("spf"))
                .singleElement()
                .satisfies(spf ->
                        assertThat(spf.property("smtp", "helo")).contains("mail.shop.example"));
    }

    /// Answers nothing before it is told to, and remembers what it was asked.
    private record WaitingDns(Dns dns, CountDownLatch goOn, Set<String> asked) implements Dns {
        WaitingDns(Dns dns) {
            this(dns, new CountDownLatch(1), ConcurrentHashMap.newKeySet());
        }

        @Override
        public DnsAnswer query(DomainName name, RecordType type) {
            asked.add(name + " " + type);
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return dns.query(name, type);
        }
    }

    @Test
    void nothingWaitsThatCouldHaveBeenAskedBefore() {
        var dns = new WaitingDns(ZONE);
        var message = signed(MAIL);
        var client = withEverything(dns).connect(InetAddress.ofLiteral("192.0.2.10"));
        await().until(() -> dns.asked().contains("10.2.0.192.in-addr.arpa PTR"));
        client.helo("mail.shop.example");
        await().until(() -> dns.asked().contains("mail.shop.example TXT"));
        var mail = client.mail("news@shop.example");
        await().until(() -> dns.asked().contains("shop.example TXT"));
        mail.head(message.head());
        await().until(() ->
                dns.asked().contains("s1._domainkey.shop.example TXT")
                        && dns.asked().contains("_dmarc.shop.example TXT"));
        byte[] body = message.body();
        mail.body(body, 0, body.length);
        dns.goOn().countDown();
        assertThat(mail.finish().dmarc()).isInstanceOf(DmarcResult.Pass.class);
    }

    @ParameterizedTest(name = "a budget of {0} questions")
    @ValueSource(ints = {1, 2, 3, 5, 8})
    void aMailNeverAsksMoreThanItsBudget(int questions) {
        var zone = ZoneDns.builder();
        var record = new StringBuilder("v=spf1");
        for (int i = 0; i < 10; i++) {
            record.append(" include:i").append(i).append(".shop.example");
            zone.txt("i" + i + ".shop.example", "v=spf1 ip4:203.0.113." + i + " -all");
        }
        zone.txt("shop.example", record + " -all");
        var dns = new CountingDns(zone.build());
        var fields = new ArrayList<HeaderField>();
        for (int i = 0; i < 8; i++) {
            fields.add(signature("k" + i));
        }
        var none = EnumSet.of(Extra.SENDER_ID, Extra.DOMAIN_KEYS, Extra.BIMI);
        var result =
                authenticate(
                        authenticator(dns, questions, none), "a@shop.example", MAIL.with(fields));
        assertThat(dns.asked().get()).isEqualTo(questions);
        assertThat(result.dnsQuestions()).isEqualTo(questions);
        assertThat(result.spf().result()).isIn("temperror", "permerror");
        assertThat(result.dkim())
                .allMatch(signature ->
                        signature instanceof DkimResult.TempError
                                || signature.reason() == DkimReason.KEY_NOT_FOUND);
        assertThat(result.dmarc().keyword()).isIn("temperror", "none");
        assertReadable(result);
    }

    @Test
    void aClientThatGreetsAThousandTimesIsAskedAboutNoMore() {
        var dns = new CountingDns(ZONE);
        var client =
                authenticator(dns, 10, EnumSet.of(Extra.IPREV, Extra.SPF_OF_HELO))
                        .connect(InetAddress.ofLiteral("192.0.2.10"));
        for (int i = 0; i < 1_000; i++) {
            client.helo("greeting" + i + ".shop.example");
        }
        var mail = client.mail("");
        mail.head(MAIL.head());
        var helo = mail.finish().spfOfHelo().orElseThrow();
        assertThat(helo).isInstanceOfAny(SpfResult.TempError.class, SpfResult.None.class);
        await().untilAsserted(() -> assertThat(dns.asked().get()).isBetween(10, 20));
    }

    private static HeaderField signature(String selector) {
        return HeaderField.of(
                "DKIM-Signature",
                "v=1; a=rsa-sha256; d=shop.example; s="
                        + selector
                        + "; h=from; bh=YWJj; b=YWJj; i="
                        + "x".repeat(800)
                        + "@shop.example");
    }

    @Test
    void tenThousandSignaturesCostNoMoreThanEight() {
        var dns = new CountingDns(ZONE);
        var message = MAIL.with(Collections.nCopies(10_000, signature("s2")));
        var result =
                authenticate(
                        authenticator(dns, 200, EnumSet.of(Extra.DOMAIN_KEYS)),
                        "news@shop.example",
                        message);
        assertThat(dns.asked().get()).isLessThan(10);
        assertThat(result.dkim())
                .filteredOn(signature -> signature.reason() != DkimReason.TOO_MANY_SIGNATURES)
                .hasSize(8);
        assertThat(result.toResults(US).of("dkim")).hasSize(ResultsInWords.MAX_SIGNATURES);
        assertThat(result.toResults(US).of("dkim").getLast().comments())
                .contains("and 9984 more signatures");
        assertReadable(result);
    }

    @Test
    void aThousandArcSetsAreNoChain() {
        var dns = new CountingDns(ZONE);
        var fields = new ArrayList<HeaderField>();
        for (int i = 1_000; i > 0; i--) {
            fields.add(
                    HeaderField.of(
                            "ARC-Seal",
                            "i=" + i + "; a=rsa-sha256; cv=pass; d=a.example; s=s; b=YWJj"));
            fields.add(
                    HeaderField.of(
                            "ARC-Message-Signature",
                            "i="
                                    + i
                                    + "; a=rsa-sha256; d=a.example; s=s; h=from; bh=YWJj; b=YWJj"));
            fields.add(
                    HeaderField.of("ARC-Authentication-Results", "i=" + i + "; a.example; none"));
        }
        var result =
                authenticate(
                        authenticator(dns, 200, Set.of()), "news@shop.example", MAIL.with(fields));
        assertThat(result.arc().status().word()).isEqualTo("fail");
        assertThat(dns.asked().get()).isLessThan(10);
        assertReadable(result);
    }

    @Test
    void aFromFieldOfAMegabyteNamesNoAuthor() {
        var dns = new CountingDns(ZONE);
        var from = new StringBuilder();
        for (int i = 0; from.length() < 1 << 20; i++) {
            from.append("a@d").append(i).append(".example, ");
        }
        var head = new MessageHead(List.of(HeaderField.of("From", from.toString())));
        var result =
                authenticate(
                        withEverything(dns), "news@shop.example", new TestMessage(head, "x\r\n"));
        assertThat(result.author()).isInstanceOf(AuthorDomains.Several.class);
        assertThat(result.dmarc()).isInstanceOf(DmarcResult.None.class);
        assertThat(dns.asked().get()).isLessThan(20);
        assertReadable(result);
    }

    /// Real mail of the suites, damaged: whatever stands in it, every result is one of the registered words and our own
    /// field can be read back.
    @ParameterizedTest(name = "200 mails from seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void damagedMail(long seed) throws java.io.IOException {
        var folder = Path.of("src/test/resources/conformance/dkim");
        var json = new ObjectMapper();
        var cases = json.readTree(folder.resolve("cases.json").toFile());
        var zones = json.readTree(folder.resolve("dns.json").toFile());
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            var one = cases.get(random.nextInt(cases.size()));
            byte[] octets = Files.readAllBytes(folder.resolve(one.get("file").asString()));
            var damaged = TestMessage.of(damage(octets, random));
            var dns = one.has("dns") ? zones.get(one.get("dns").asString()) : zones;
            String mailFrom = random.nextBoolean() ? "" : text(random);
            assertReadable(
                    authenticate(withEverything(TestZones.keys(dns, null)), mailFrom, damaged));
        }
    }

    private static byte[] damage(byte[] octets, Random random) {
        byte[] damaged = octets.clone();
        for (int times = random.nextInt(1, 12); times > 0; times--) {
            int at = random.nextInt(Math.max(1, Math.min(damaged.length, 2_000)));
            int length = Math.min(random.nextInt(1, 40), damaged.length - at);
            switch (random.nextInt(4)) {
                case 0 -> damaged[at] = (byte) random.nextInt(256);
                case 1 -> System.arraycopy(damaged, at, damaged, damaged.length - length, length);
                case 2 -> damaged[at] = (byte) "\r\n\t ;=:\"()<>@,\\\0".charAt(random.nextInt(16));
                default -> {
                    int from = random.nextInt(damaged.length - length + 1);
                    System.arraycopy(damaged, from, damaged, at, length);
                }
            }
        }
        return damaged;
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int length = random.nextInt(40); length > 0; length--) {
            text.append((char) random.nextInt(random.nextInt(10) == 0 ? 0x2100 : 0x80));
        }
        return text.append(random.nextBoolean() ? "@shop.example" : "").toString();
    }

    private static final Set<String> WORDS =
            Set.of("none", "pass", "fail", "policy", "neutral", "temperror", "permerror");

    /// In closed lists, on lines that are folds, and readable by the strictest reader there is.
    private static void assertReadable(Authentication mail) {
        assertThat(mail.spf().result())
                .matches(word -> WORDS.contains(word) || word.equals("softfail"));
        assertThat(mail.dkim()).allMatch(result -> WORDS.contains(result.keyword()));
        assertThat(WORDS).contains(mail.arc().status().word(), mail.dmarc().keyword());
        assertThat(mail.domainKeys()).allMatch(key -> WORDS.contains(key.outcome().keyword()));
        var results = mail.toResults(US);
        var field = results.toField();
        String text = new String(field.raw(), StandardCharsets.UTF_8);
        for (String line : text.split("\r\n\t", -1)) {
            assertThat(line).doesNotContain("\r", "\n");
            assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThan(998);
        }
        boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(text);
        var parser =
                new AuthenticationResultsParser(ascii ? Reading.STRICT : Reading.INTERNATIONALIZED);
        var read = parser.parse(field).results();
        assertThat(read).as(text).isPresent();
        assertThat(read.get().authservId()).isEqualTo(US);
        assertThat(read.get().results().stream().map(r -> r.method() + "=" + r.result()))
                .containsExactlyElementsOf(
                        results.results().stream()
                                .map(r -> r.method() + "=" + r.result())
                                .toList());
    }
}
