package tayori.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import tayori.dns.Dns;
import tayori.dns.ZoneDns;

/// The signed messages printed in the RFCs.
class RfcExamplesTest {
    /// RFC 6376 appendix C.
    private static final Dns EXAMPLE =
            ZoneDns.builder()
                    .txt(
                            "brisbane._domainkey.example.com",
                            "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQ"
                                    + "KBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYt"
                                    + "IxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v"
                                    + "/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhi"
                                    + "tdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB")
                    .build();

    /// RFC 8463 §A.2.
    private static final Dns FOOTBALL =
            ZoneDns.builder()
                    .txt(
                            "brisbane._domainkey.football.example.com",
                            "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
                    .txt(
                            "test._domainkey.football.example.com",
                            "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWR"
                                    + "iGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutAC"
                                    + "DfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3"
                                    + "Ip3G+2kryOTIKT+l/K4w3QIDAQAB")
                    .build();

    private static List<DkimResult> verify(Dns dns, String text) {
        var mail = TestMessage.of(text);
        var body = new BodyHasher();
        var verifier =
                new DkimVerifier(
                        dns,
                        InstantSource.fixed(Instant.parse("2018-06-11T00:00:00Z")),
                        DkimOptions.DEFAULTS);
        var verification = verifier.begin(mail.head(), body);
        body.update(mail.body(), 0, mail.body().length);
        return verification.finish();
    }

    private static final String RFC_6376_A_2 =
            """
            DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;
                  c=simple/simple; q=dns/txt; i=joe@football.example.com;
                  h=Received : From : To : Subject : Date : Message-ID;
                  bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
                  b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB
                  4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut
                  KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV
                  4bmp/YzhwvcubU4=;
            Received: from client1.football.example.com  [192.0.2.1]
                  by submitserver.example.com with SUBMISSION;
                  Fri, 11 Jul 2003 21:01:54 -0700 (PDT)
            From: Joe SixPack <joe@football.example.com>
            To: Suzie Q <suzie@shopping.example.net>
            Subject: Is dinner ready?
            Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
            Message-ID: <20030712040037.46341.5F8J@football.example.com>

            Hi.

            We lost the game. Are you hungry yet?

            Joe.
            """;

    @Test
    void rfc6376SectionA2() {
        assertThat(verify(EXAMPLE, RFC_6376_A_2))
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.keyword()).as(result.text()).isEqualTo("pass");
                    assertThat(result.facts().orElseThrow().domain()).isEqualTo("example.com");
                    assertThat(result.facts().orElseThrow().identity())
                            .isEqualTo("joe@football.example.com");
                });
    }

    @Test
    void rfc6376SectionA2WithOneWordChanged() {
        assertThat(verify(EXAMPLE, RFC_6376_A_2.replace("hungry", "thirsty")).getFirst().reason())
                .isEqualTo(DkimReason.BODY_HASH_MISMATCH);
        assertThat(verify(EXAMPLE, RFC_6376_A_2.replace("dinner", "supper")).getFirst().reason())
                .isEqualTo(DkimReason.SIGNATURE_MISMATCH);
    }

    private static final String RFC_8463_A_3 =
            """
            DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
             d=football.example.com; i=@football.example.com;
             q=dns/txt; s=brisbane; t=1528637909; h=from : to :
             subject : date : message-id : from : subject : date;
             bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
             b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
             Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
            DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
             d=football.example.com; i=@football.example.com;
             q=dns/txt; s=test; t=1528637909; h=from : to : subject :
             date : message-id : from : subject : date;
             bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
             b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
             DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
             dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
            From: Joe SixPack <joe@football.example.com>
            To: Suzie Q <suzie@shopping.example.net>
            Subject: Is dinner ready?
            Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
            Message-ID: <20030712040037.46341.5F8J@football.example.com>

            Hi.

            We lost the game.  Are you hungry yet?

            Joe.
            """;

    @Test
    void rfc8463SectionA3() {
        var results = verify(FOOTBALL, RFC_8463_A_3);
        assertThat(results).extracting(DkimResult::keyword).containsExactly("pass", "pass");
        assertThat(results)
                .extracting(result -> result.facts().orElseThrow().algorithm())
                .containsExactly("ed25519-sha256", "rsa-sha256");
    }
}
