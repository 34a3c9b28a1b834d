package tayori.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tayori.dkim.BodyHasher;
import tayori.dkim.DkimKeys;
import tayori.dkim.DkimSigner;
import tayori.dkim.SigningOptions;
import tayori.dns.DnsRecord;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.dns.ZoneDns;
import tayori.message.HeaderField;
import tayori.message.MessageHead;
import tayori.milter.client.MailEnvelope;
import tayori.milter.client.MailField;
import tayori.milter.client.MailMessage;
import tayori.milter.client.SmtpClient;

/// Mails of many domains, signed with RSA-2048, and the DNS that vouches for them. The same every time but for the key.
final class Corpus {
    static final int DOMAINS = 200;
    static final String GOOD_CLIENT = "192.0.2.10";
    static final String OTHER_CLIENT = "203.0.113.9";

    /// By count: what a mix is made of. Unit: of 1,000 mails.
    private static final Map<String, Integer> MIX =
            Map.of("1k", 550, "10k", 350, "100k", 95, "1m", 5);

    private static final Map<String, Integer> SIZES =
            Map.of("1k", 1 << 10, "10k", 10 << 10, "100k", 100 << 10, "1m", 1 << 20);

    private static final String[] WORDS =
            ("the of mail order your account ship date price offer week thanks please find attached report list"
                            + " total amount service customer number confirm update new system reply team meeting")
                    .split(" ");

    /// A mail on its way.
    record Mail(SmtpClient client, MailEnvelope envelope, MailMessage message) {}

    /// A mail whose results are known.
    record Check(String name, Mail mail, Map<String, String> results) {}

    private final DkimKeys.Pair key = DkimKeys.generateRsa(2048);
    private final Random random = new Random(20_261_122);

    static String domain(int i) {
        return "d%04d.example".formatted(i % DOMAINS);
    }

    /// The records of all domains: SPF with one include, key, policy, and the client's name both ways.
    ZoneDns zone() {
        var zone =
                ZoneDns.builder()
                        .ttl(java.time.Duration.ofHours(1))
                        .ptr("10.2.0.192.in-addr.arpa", "mail.relay.example")
                        .address("mail.relay.example", GOOD_CLIENT);
        texts().forEach(zone::txt);
        for (int i = 0; i < DOMAINS; i++) {
            zone.address("mail." + domain(i), GOOD_CLIENT)
                    .record(
                            domain(i),
                            RecordType.MX,
                            new DnsRecord.MailExchange(10, DomainName.of("mail." + domain(i))));
        }
        return zone.build();
    }

    /// Every TXT record of [#zone].
    Map<String, String> texts() {
        var texts = new java.util.TreeMap<String, String>();
        texts.put(
                "_spf.relay.example",
                "v=spf1 ip4:192.0.2.0/24 ip4:198.51.100.0/24 ip6:2001:db8::/32 -all");
        for (int i = 0; i < DOMAINS; i++) {
            texts.put(domain(i), "v=spf1 include:_spf.relay.example -all");
            texts.put("s1._domainkey." + domain(i), key.txt());
            texts.put("_dmarc." + domain(i), "v=DMARC1; p=reject; rua=mailto:rua@" + domain(i));
        }
        return texts;
    }

    /// The mails of one size, or the mix: 55 % of 1 KB, 35 % of 10 KB, 9.5 % of 100 KB, 0.5 % of 1 MB, by count.
    List<Mail> mails(String size) {
        var mails = new ArrayList<Mail>();
        if (size.equals("mix")) {
            for (var part : List.of("1k", "10k", "100k", "1m")) {
                var some = mails(part);
                for (int i = 0; i < MIX.getOrDefault(part, 0); i++) {
                    mails.add(some.get(i % some.size()));
                }
            }
            java.util.Collections.shuffle(mails, new Random(1));
            return mails;
        }
        Integer octets = SIZES.get(size);
        if (octets == null) {
            throw new IllegalArgumentException("no size " + size + "; known: 1k 10k 100k 1m mix");
        }
        int count = octets >= 1 << 20 ? 8 : octets >= 100 << 10 ? 60 : DOMAINS;
        for (int i = 0; i < count; i++) {
            mails.add(mail(i, GOOD_CLIENT, signed(message(i, octets), i)));
        }
        return mails;
    }

    /// What every filter must tell apart before its speed counts.
    List<Check> checks() {
        var good = signed(message(1, 2048), 1);
        var body = good.body().clone();
        body[3] ^= 1; // within a word: what becomes of odd line ends is a matter of taste
        var fields = new ArrayList<>(good.header());
        fields.replaceAll(field ->
                field.name().equals("Subject") ? MailField.of("Subject", " another") : field);
        return List.of(
                new Check(
                        "good",
                        mail(1, GOOD_CLIENT, good),
                        Map.of("spf", "pass", "dkim", "pass", "dmarc", "pass")),
                new Check(
                        "body changed",
                        mail(1, GOOD_CLIENT, new MailMessage(good.header(), body)),
                        Map.of("spf", "pass", "dkim", "fail", "dmarc", "pass")),
                new Check(
                        "header changed, wrong client",
                        mail(1, OTHER_CLIENT, new MailMessage(fields, good.body())),
                        Map.of("spf", "fail", "dkim", "fail", "dmarc", "fail")),
                new Check(
                        "wrong client",
                        mail(1, OTHER_CLIENT, good),
                        Map.of("spf", "fail", "dkim", "pass", "dmarc", "pass")),
                new Check(
                        "unsigned, wrong client",
                        mail(2, OTHER_CLIENT, message(2, 2048)),
                        Map.of("spf", "fail", "dkim", "none", "dmarc", "fail")));
    }

    private static Mail mail(int i, String client, MailMessage message) {
        return new Mail(
                SmtpClient.of(client, "mail." + domain(i)),
                MailEnvelope.of("bounce@" + domain(i), "user" + i + "@receiver.example"),
                message);
    }

    private MailMessage message(int i, int octets) {
        String domain = domain(i);
        String boundary = "=_b%05d".formatted(i);
        boolean plain = octets <= 1 << 10;
        var header =
                """
                Received: from mail.%1$s (mail.%1$s [192.0.2.10])
                	by mx.receiver.example with ESMTPS id 4L%2$08X;
                	Tue, 4 Aug 2026 10:00:00 +0900
                Date: Tue, 4 Aug 2026 10:00:00 +0900
                From: "Shop %2$d" <news@%1$s>
                To: user%2$d@receiver.example
                Subject: Order %2$d of the week
                Message-ID: <%2$08d.%3$d@%1$s>
                MIME-Version: 1.0
                Content-Type: %4$s
                List-Unsubscribe: <https://%1$s/u/%2$d>
                List-Unsubscribe-Post: List-Unsubscribe=One-Click
                X-Mailer: bench 1

                """
                        .formatted(
                                domain,
                                i,
                                octets,
                                plain
                                        ? "text/plain; charset=utf-8"
                                        : "multipart/mixed; boundary=\"" + boundary + "\"");
        String body = plain ? text(octets) : parts(boundary, octets);
        return MailMessage.parse((header + body).getBytes(StandardCharsets.US_ASCII));
    }

    /// Plain text, the same as HTML, and an attachment that fills it up.
    private String parts(String boundary, int octets) {
        String text = text(Math.min(octets / 4, 6000));
        var binary = new byte[Math.max(0, (int) ((octets - 2.0 * text.length()) * 0.73))];
        random.nextBytes(binary);
        return """
        --%1$s
        Content-Type: text/plain; charset=utf-8

        %2$s
        --%1$s
        Content-Type: text/html; charset=utf-8

        <html><body><p>%3$s</p></body></html>
        --%1$s
        Content-Type: application/octet-stream; name="a.bin"
        Content-Transfer-Encoding: base64

        %4$s
        --%1$s--
        """
                .formatted(
                        boundary,
                        text,
                        text.replace("\n", "</p>\n<p>"),
                        Base64.getMimeEncoder().encodeToString(binary));
    }

    private String text(int octets) {
        var text = new StringBuilder(octets + 100);
        while (text.length() < octets) {
            for (int i = 0; i < 10; i++) {
                text.append(WORDS[random.nextInt(WORDS.length)]).append(i < 9 ? ' ' : '\n');
            }
        }
        return text.toString();
    }

    private MailMessage signed(MailMessage message, int i) {
        var signer =
                new DkimSigner(
                        List.of(new DkimSigner.Key(domain(i), "s1", key.privateKey())),
                        SigningOptions.DEFAULTS,
                        () -> Instant.parse("2026-08-04T01:00:00Z"));
        var hasher = new BodyHasher();
        var signing = signer.begin(head(message), hasher);
        hasher.update(message.body(), 0, message.body().length);
        var header = new ArrayList<MailField>();
        for (var field : signing.finish()) {
            header.add(MailField.of(field.name(), field.value().replace("\r\n", "\n")));
        }
        header.addAll(message.header());
        return new MailMessage(header, message.body());
    }

    static MessageHead head(MailMessage message) {
        return new MessageHead(
                message.header().stream()
                        .map(field -> HeaderField.of(octets(field.name()), octets(field.value())))
                        .toList());
    }

    private static byte[] octets(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}
