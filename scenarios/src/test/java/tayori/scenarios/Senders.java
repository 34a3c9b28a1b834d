package tayori.scenarios;

import java.util.List;
import java.util.Map;
import tayori.dkim.DkimKeys;
import tayori.dkim.DkimSigner;

/// The world outside: domains that send, their keys, and what they publish.
final class Senders {
    private static final DkimKeys.Pair RSA = DkimKeys.generateRsa(2048);
    private static final DkimKeys.Pair ED25519 = DkimKeys.generateEd25519();

    /// Keys of the domain whose mail is as it should be.
    static final DkimSigner.Key PASS_RSA =
            new DkimSigner.Key("pass.example", "r1", RSA.privateKey());

    static final DkimSigner.Key PASS_ED25519 =
            new DkimSigner.Key("pass.example", "e1", ED25519.privateKey());

    /// A key of a mailing list that vouches for what it passes on.
    static final DkimSigner.Key LIST_RSA =
            new DkimSigner.Key("list.example", "r1", RSA.privateKey());

    /// A key of a domain that sends what nobody wants, all of it signed.
    static final DkimSigner.Key SPAMMER_RSA =
            new DkimSigner.Key("spammer.example", "r1", RSA.privateKey());

    /// A server of `pass.example`, as SPF allows it.
    static final Swaks GOOD_CLIENT =
            new Swaks("192.0.2.10", "mail.pass.example", "mail.pass.example", "", "");

    /// A host that nobody vouches for.
    static final Swaks BAD_CLIENT =
            new Swaks("198.51.100.66", "[UNAVAILABLE]", "bad.example", "", "");

    private Senders() {}

    static Swaks goodMail(String to) {
        return new Swaks(
                GOOD_CLIENT.client(),
                GOOD_CLIENT.clientName(),
                GOOD_CLIENT.helo(),
                "bounces@pass.example",
                to);
    }

    static Swaks badMail(String from, String to) {
        return new Swaks(BAD_CLIENT.client(), BAD_CLIENT.clientName(), BAD_CLIENT.helo(), from, to);
    }

    /// What all of them publish, as a zone file.
    static final String ZONE =
            """
            pass.example                 TXT  "v=spf1 ip4:192.0.2.10 ip6:2001:db8::10 -all"
            pass.example                 MX   10 mail.pass.example
            _dmarc.pass.example          TXT  "v=DMARC1; p=reject"
            r1._domainkey.pass.example   TXT  %1$s
            e1._domainkey.pass.example   TXT  %2$s
            mail.pass.example            A    192.0.2.10
            mail.pass.example            AAAA 2001:db8::10
            mail.pass.example            TXT  "v=spf1 a -all"
            10.2.0.192.in-addr.arpa      PTR  mail.pass.example
            0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa PTR mail.pass.example
            other.example                AAAA 2001:db8::30
            0.3.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa PTR other.example
            0.4.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa !SERVFAIL
            none.example                 TXT  "v=spf1 -all"
            _dmarc.none.example          TXT  "v=DMARC1; p=none"
            quarantine.example           TXT  "v=spf1 -all"
            _dmarc.quarantine.example    TXT  "v=DMARC1; p=quarantine"
            reject.example               TXT  "v=spf1 -all"
            _dmarc.reject.example        TXT  "v=DMARC1; p=reject"
            list.example                 TXT  "v=spf1 ip4:192.0.2.20 -all"
            r1._domainkey.list.example   TXT  %1$s
            seal._domainkey.receiver.example TXT %1$s
            spammer.example              TXT  "v=spf1 ip4:198.51.100.66 -all"
            r1._domainkey.spammer.example TXT %1$s
            unspoken.example             TXT  "hello"
            silent.example               !TIMEOUT
            _dmarc.silent.example        !TIMEOUT
            """
                    .formatted(quoted(RSA), quoted(ED25519));

    /// The private half of `seal._domainkey.receiver.example`.
    static final String SEAL_KEY_PEM = RSA.pem();

    /// The keys, by name, for verifiers that ask no DNS.
    static final Map<String, String> KEYS =
            Map.of(
                    "r1._domainkey.pass.example", RSA.txt(),
                    "e1._domainkey.pass.example", ED25519.txt(),
                    "r1._domainkey.list.example", RSA.txt(),
                    "seal._domainkey.receiver.example", RSA.txt());

    private static String quoted(DkimKeys.Pair pair) {
        return "\"" + String.join("\" \"", List.copyOf(pair.txtStrings())) + "\"";
    }
}
