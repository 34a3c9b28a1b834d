package tayori.arc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.time.InstantSource;
import tayori.dns.ZoneDns;

/// Any header gives one of three results; a broken chain asks nothing; nothing throws.
class ArcFuzzTest {
    private static final ArcVerifier VERIFIER =
            new ArcVerifier(
                    ZoneDns.builder()
                            .txt(
                                    "s._domainkey.a.example",
                                    "k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
                            .build(),
                    InstantSource.fixed(Instant.EPOCH),
                    ArcOptions.DEFAULTS);

    @FuzzTest
    void anyHeader(byte[] data) {
        var mail = ArcMail.of(data);
        var result = mail.verify(VERIFIER);
        switch (result) {
            case ArcResult.None _ -> assertThat(ArcChain.read(mail.head()).isEmpty()).isTrue();
            case ArcResult.Pass(int instances, int oldest, var hops) -> {
                assertThat(instances).isBetween(1, ArcChain.MAX_INSTANCES);
                assertThat(oldest).isBetween(0, instances);
                assertThat(hops).hasSize(instances);
            }
            case ArcResult.Fail(var reason, var text, int instances, var hops) -> {
                assertThat(reason).isNotIn(ArcReason.VERIFIED, ArcReason.NOT_SEALED);
                assertThat(text).isNotEmpty();
                assertThat(hops.size()).isLessThanOrEqualTo(instances);
                for (var hop : hops) {
                    hop.results().ifPresent(r -> assertThat(r.toField().toString()).isNotEmpty());
                }
            }
        }
    }
}
