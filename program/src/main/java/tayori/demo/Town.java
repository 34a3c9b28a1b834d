package tayori.demo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tayori.arc.ArcSeal;
import tayori.arc.ArcSealer;
import tayori.arc.ChainStatus;
import tayori.authres.AuthenticationResults;
import tayori.authres.MethodResult;
import tayori.authres.Property;
import tayori.dkim.BodyHasher;
import tayori.dkim.DkimKeys;
import tayori.dkim.DkimSigner;
import tayori.dkim.SigningOptions;
import tayori.dns.Dns;
import tayori.dns.DomainName;
import tayori.dns.loopback.ZoneText;
import tayori.message.HeadLimits;
import tayori.message.HeadReading;
import tayori.message.HeaderField;
import tayori.message.MessageHead;
import tayori.message.MessageReader;
import tayori.milter.client.MailMessage;

/// The people of the demonstration: their keys, their DNS and what they send.
final class Town {
    /// One mail and how it comes.
    ///
    /// @param story what a person would say about it
    record Letter(String story, String client, String helo, String mailFrom, MailMessage message) {}

    private static final DomainName SELECTOR = DomainName.of("s2026");

    private final InstantSource clock;
    private final DkimKeys.Pair shop = DkimKeys.generateRsa(2048);
    private final DkimKeys.Pair shopEd25519 = DkimKeys.generateEd25519();
    private final DkimKeys.Pair bank = DkimKeys.generateRsa(2048);
    private final DkimKeys.Pair list = DkimKeys.generateRsa(2048);
    private final DkimKeys.Pair tatoe = DkimKeys.generateEd25519();

    Town(InstantSource clock) {
        this.clock = clock;
    }

    Dns dns() {
        var zone = new StringBuilder(resourceText("town.zone"));
        publish("s2026._domainkey.shop.example", shop, zone);
        publish("ed2026._domainkey.shop.example", shopEd25519, zone);
        publish("s2026._domainkey.bank.example", bank, zone);
        publish("s2026._domainkey.list.example", list, zone);
        publish("s2026._domainkey.xn--r8jz45g.example", tatoe, zone);
        return ZoneText.of(zone.toString());
    }

    private static void publish(String name, DkimKeys.Pair pair, StringBuilder zone) {
        zone.append('\n').append(name).append(" TXT");
        for (String part : pair.txtStrings()) {
            zone.append(" \"").append(part).append('"');
        }
        zone.append('\n');
    }

    List<Letter> letters() {
        var newsletter =
                signed(
                        mail("News <news@shop.example>", "Plums this week", "Ripe since Monday."),
                        new DkimSigner.Key("shop.example", "s2026", shop.privateKey()),
                        new DkimSigner.Key("shop.example", "ed2026", shopEd25519.privateKey()));
        var fromTheBank =
                signed(
                        mail("Your bank <post@bank.example>", "Your statement", "See inside."),
                        new DkimSigner.Key("bank.example", "s2026", bank.privateKey()));
        var letters = new ArrayList<Letter>();
        letters.add(
                letter(
                        "a newsletter, signed twice",
                        "192.0.2.10",
                        "out.shop.example",
                        "news@shop.example",
                        newsletter));
        letters.add(
                letter(
                        "the same over IPv6",
                        "2001:db8::10",
                        "out.shop.example",
                        "news@shop.example",
                        newsletter));
        letters.add(
                letter(
                        "the same, changed on the way",
                        "192.0.2.10",
                        "out.shop.example",
                        "news@shop.example",
                        changed(newsletter, "Monday", "Friday")));
        letters.add(
                letter(
                        "the bank",
                        "192.0.2.20",
                        "mx.bank.example",
                        "post@bank.example",
                        fromTheBank));
        letters.add(
                letter(
                        "a thief in the bank's name",
                        "203.0.113.66",
                        "mx.bank.example",
                        "post@quiet.example",
                        mail(
                                "Your bank <post@bank.example>",
                                "Confirm your PIN",
                                "Click here, quickly.")));
        letters.add(
                letter(
                        "a thief with results of his own",
                        "203.0.113.66",
                        "mx.bank.example",
                        "post@quiet.example",
                        withField(
                                Demonstration.AUTHSERV_ID
                                        + "; spf=pass smtp.mailfrom=bank.example; dmarc=pass header.from=bank.example",
                                mail(
                                        "Your bank <post@bank.example>",
                                        "Confirm your PIN",
                                        "You can trust this."))));
        letters.add(
                letter(
                        "the bank by a list we trust",
                        "192.0.2.40",
                        "out.list.example",
                        "talk-bounces@list.example",
                        byTheList(fromTheBank, true)));
        letters.add(
                letter(
                        "the bank by a list without seal",
                        "192.0.2.40",
                        "out.list.example",
                        "talk-bounces@list.example",
                        byTheList(fromTheBank, false)));
        letters.add(
                letter(
                        "a name the club does not use",
                        "203.0.113.66",
                        "a.quiet.example",
                        "x@quiet.example",
                        mail("The board <board@news.club.example>", "Fees", "Pay me.")));
        letters.add(
                letter(
                        "a policy that is only a test",
                        "203.0.113.66",
                        "a.quiet.example",
                        "x@quiet.example",
                        mail("Careful <c@careful.example>", "Hello", "Not from there.")));
        letters.add(
                letter(
                        "a name with its own letters",
                        "203.0.113.90",
                        "a.quiet.example",
                        "x@quiet.example",
                        signed(
                                mail("便り <tayori@例え.example>", "お便り", "元気ですか。"),
                                new DkimSigner.Key(
                                        "xn--r8jz45g.example", "s2026", tatoe.privateKey()))));
        letters.add(
                letter(
                        "name servers that do not answer",
                        "192.0.2.70",
                        "mail.lame.example",
                        "a@lame.example",
                        mail("Lame <a@lame.example>", "Are you there?", "Hello?")));
        letters.add(
                letter(
                        "two authors",
                        "203.0.113.66",
                        "a.quiet.example",
                        "x@quiet.example",
                        mail(
                                "Your bank <post@bank.example>, Me <x@quiet.example>",
                                "Both of us",
                                "Believe one of us.")));
        letters.add(
                letter(
                        "a bounce, no envelope sender",
                        "192.0.2.20",
                        "mx.bank.example",
                        "",
                        mail(
                                "Mail system <mailer-daemon@mx.bank.example>",
                                "Undelivered mail",
                                "Nobody of that name.")));
        letters.add(
                letter(
                        "the example of RFC 6376 §A.2",
                        "192.0.2.1",
                        "client1.football.example.com",
                        "joe@football.example.com",
                        resource("rfc6376-A.2.eml")));
        letters.add(
                letter(
                        "the example of RFC 8463 §A.3",
                        "192.0.2.1",
                        "client1.football.example.com",
                        "joe@football.example.com",
                        resource("rfc8463-A.3.eml")));
        letters.add(
                letter(
                        "a real mail, sealed twice",
                        "203.0.113.5",
                        "forwarder.example",
                        "forwarder@quiet.example",
                        resource("arc-ietf-list.eml")));
        return letters;
    }

    private static Letter letter(
            String story, String client, String helo, String mailFrom, byte[] message) {
        return new Letter(story, client, helo, mailFrom, MailMessage.parse(message));
    }

    /// A list puts its name on the subject and a line below the body, so the author's signature no longer holds; it signs
    /// for itself and, if it is a good list, seals what it found.
    private byte[] byTheList(byte[] original, boolean seals) {
        var changed =
                signed(
                        changed(
                                changed(original, "Subject: ", "Subject: [talk] "),
                                "See inside.",
                                "See inside.\r\n-- \r\ntalk@list.example"),
                        new DkimSigner.Key("list.example", "s2026", list.privateKey()));
        return seals ? sealed(changed, list.privateKey()) : changed;
    }

    private byte[] sealed(byte[] message, PrivateKey key) {
        var sealer =
                new ArcSealer(
                        DomainName.of("list.example"),
                        SELECTOR,
                        key,
                        ArcSealer.DEFAULT_HEADERS,
                        clock);
        var found =
                new AuthenticationResults(
                        "list.example",
                        List.of(
                                MethodResult.of(
                                        "dkim",
                                        "pass",
                                        new Property("header", "d", "bank.example")),
                                MethodResult.of(
                                        "dmarc",
                                        "pass",
                                        new Property("header", "from", "bank.example"))));
        var body = new BodyHasher();
        var sealing = sealer.begin(head(message), body);
        feed(message, body);
        return switch (sealing.finish(found, ChainStatus.NONE)) {
            case ArcSeal.Sealed(_, var fields) -> onTop(fields, message);
            case ArcSeal.Refused(var reason) -> throw new IllegalStateException(reason);
        };
    }

    private byte[] signed(byte[] message, DkimSigner.Key... keys) {
        var signer = new DkimSigner(List.of(keys), SigningOptions.DEFAULTS, clock);
        var body = new BodyHasher();
        var signing = signer.begin(head(message), body);
        feed(message, body);
        return onTop(signing.finish(), message);
    }

    private static MessageHead head(byte[] message) {
        try {
            var reader = new MessageReader(new ByteArrayInputStream(message), HeadLimits.DEFAULTS);
            return switch (reader.head()) {
                case HeadReading.Read(var head, _) -> head;
                case HeadReading.TooLarge(var limit, _) ->
                        throw new IllegalStateException("a demonstration mail breaks " + limit);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void feed(byte[] message, BodyHasher body) {
        int start = new String(message, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        body.update(message, start, message.length - start);
    }

    private static byte[] onTop(List<HeaderField> fields, byte[] message) {
        var out = new ByteArrayOutputStream();
        for (var field : fields) {
            out.writeBytes(field.raw());
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes(message);
        return out.toByteArray();
    }

    private static byte[] withField(String results, byte[] message) {
        return onTop(List.of(HeaderField.of(AuthenticationResults.FIELD_NAME, results)), message);
    }

    private static byte[] changed(byte[] message, String from, String to) {
        return new String(message, StandardCharsets.UTF_8)
                .replace(from, to)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] mail(String from, String subject, String text) {
        return String.join(
                        "\r\n",
                        "From: " + from,
                        "To: Reader <reader@receiver.example>",
                        "Subject: " + subject,
                        "Date: Sun, 22 Nov 2026 09:00:00 +0900",
                        "Message-ID: <" + Integer.toHexString(text.hashCode()) + "@town.example>",
                        "MIME-Version: 1.0",
                        "Content-Type: text/plain; charset=utf-8",
                        "",
                        text,
                        "")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String resourceText(String name) {
        return new String(resource(name), StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) {
        try (var in = Town.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its own file " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
