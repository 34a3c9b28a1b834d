package tayori.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.dmarc.AuthenticatedIdentifier.Outcome;
import tayori.dmarc.IdentifierAlignment.Verdict;
import tayori.dmarc.PolicyDiscovery.Finding;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.dns.ZoneDns;
import tayori.message.AuthorDomains;

class DmarcEvaluatorTest {
    private static final String REJECT = "v=DMARC1; p=reject";

    @Test
    void theUsualMailCostsOneQuestion() {
        var dns = ZoneDns.builder().txt("_dmarc.example.com", REJECT).build();
        var result =
                evaluate(
                        dns,
                        "example.com",
                        spf("example.com"),
                        dkim("example.com"),
                        dkim("esp.example"));
        assertThat(result).isInstanceOf(DmarcResult.Pass.class);
        assertThat(result.findings().questions())
                .containsExactly(
                        new DnsQuestion(
                                DomainName.of("_dmarc.example.com"),
                                RecordType.TXT,
                                "a DMARC record"));
        assertThat(verdicts(result))
                .containsExactly(Verdict.ALIGNED, Verdict.ALIGNED, Verdict.NOT_ALIGNED);
    }

    @Test
    void sectionB11_relaxedAlignmentNamesTheOrganization() {
        var dns = ZoneDns.builder().txt("_dmarc.example.com", REJECT).build();
        var result = evaluate(dns, "example.com", spf("child.example.com"));
        assertThat(result.reason())
                .isEqualTo("SPF: child.example.com and example.com belong to example.com");
        assertThat(result.findings().organizationalDomain()).contains(DomainName.of("example.com"));
        assertThat(result.requestedPolicy()).isEmpty();
    }

    @Test
    void aDomainBesideTheAuthorsCannotBeAlignedAndIsNotAsked() {
        var dns = ZoneDns.builder().txt("_dmarc.example.com", REJECT).build();
        var result = evaluate(dns, "example.com", dkim("other.com"));
        assertThat(result).isInstanceOf(DmarcResult.Fail.class);
        assertThat(names(result)).containsExactly("_dmarc.example.com", "_dmarc.com");
        assertThat(result.findings().identifiers().getFirst().why())
                .isEqualTo("other.com is outside of example.com");
    }

    @Test
    void eachNameIsAskedOncePerMessage() {
        var dns = ZoneDns.builder().txt("_dmarc.example.com", REJECT).build();
        var result =
                evaluate(
                        dns,
                        "a.example.com",
                        dkim("b.example.com"),
                        spf("b.example.com"),
                        dkim("c.example.com"));
        assertThat(names(result))
                .containsExactly(
                        "_dmarc.a.example.com",
                        "_dmarc.example.com",
                        "_dmarc.com",
                        "_dmarc.b.example.com",
                        "_dmarc.c.example.com");
    }

    @Test
    void whereThePolicyComesFrom() {
        var dns =
                ZoneDns.builder()
                        .txt(
                                "_dmarc.example.com",
                                "v=DMARC1; p=none; sp=quarantine; np=reject; t=y")
                        .name("real.example.com")
                        .build();
        assertThat(applied(dns, "example.com")).isEqualTo("P none none");
        assertThat(applied(dns, "real.example.com")).isEqualTo("SP quarantine none");
        assertThat(applied(dns, "ghost.example.com")).isEqualTo("NP reject quarantine");
    }

    @Test
    void section3_2_13_onlyNxdomainMeansThatANameDoesNotExist() {
        var dns =
                ZoneDns.builder()
                        .txt("_dmarc.example.com", "v=DMARC1; p=none; np=reject")
                        .broken("odd.example.com", Trouble.SERVFAIL)
                        .name("host.empty.example.com")
                        .build();
        assertThat(applied(dns, "odd.example.com")).isEqualTo("P none none");
        assertThat(applied(dns, "empty.example.com")).isEqualTo("P none none");
        assertThat(applied(dns, "ghost.example.com")).isEqualTo("NP reject reject");
    }

    @Test
    void dnsTroubleIsNeitherPassNorFail() {
        var dns =
                ZoneDns.builder()
                        .txt("_dmarc.example.com", REJECT)
                        .broken("_dmarc.com", Trouble.TIMEOUT)
                        .broken("_dmarc.example.net", Trouble.SERVFAIL)
                        .build();
        assertThat(evaluate(dns, "example.net", spf("example.net")))
                .isInstanceOf(DmarcResult.TempError.class);
        assertThat(evaluate(dns, "a.example.com")).isInstanceOf(DmarcResult.TempError.class);
        // The same domain needs no walk, so it passes all the same.
        assertThat(evaluate(dns, "example.com", spf("b.example.com"), dkim("example.com")))
                .isInstanceOf(DmarcResult.Pass.class);
        assertThat(verdicts(evaluate(dns, "example.com", spf("b.example.com"))))
                .containsExactly(Verdict.UNDETERMINED);
        assertThat(evaluate(dns, "example.com", spf("b.example.com")))
                .isInstanceOf(DmarcResult.TempError.class);
        assertThat(evaluate(dns, "example.com")).isInstanceOf(DmarcResult.Fail.class);
    }

    @Test
    void anAlignedIdentifierThatCouldNotBeCheckedLeavesItOpen() {
        var dns = ZoneDns.builder().txt("_dmarc.example.com", REJECT).build();
        var unchecked =
                AuthenticatedIdentifier.dkim(DomainName.of("a.example.com"), Outcome.TEMP_ERROR);
        var foreign =
                AuthenticatedIdentifier.dkim(DomainName.of("example.net"), Outcome.TEMP_ERROR);
        assertThat(evaluate(dns, "example.com", unchecked))
                .isInstanceOf(DmarcResult.TempError.class);
        assertThat(evaluate(dns, "example.com", foreign)).isInstanceOf(DmarcResult.Fail.class);
        assertThat(evaluate(dns, "example.com", unchecked, spf("example.com")))
                .isInstanceOf(DmarcResult.Pass.class);
    }

    @Test
    void section5_3_1_withoutASingleAuthorDomainDmarcDoesNotApply() {
        var dns = ZoneDns.builder().txt("_dmarc.example.com", REJECT).build();
        var evaluator = new DmarcEvaluator(dns, DmarcOptions.TREE_WALK);
        for (String from : List.of("a@example.com, b@example.net", "nobody", "a@[192.0.2.1]")) {
            assertThat(evaluator.evaluate(AuthorDomains.ofFrom(from), Optional.empty(), List.of()))
                    .isInstanceOf(DmarcResult.None.class);
        }
    }

    @Test
    void aDiscoveryMadeEarlyIsUsedAndOneForAnotherAuthorIsNot() {
        var dns = new CountingDns(ZoneDns.builder().txt("_dmarc.example.com", REJECT).build());
        var evaluator = new DmarcEvaluator(dns, DmarcOptions.TREE_WALK);
        var early = evaluator.discover(DomainName.of("example.com"));
        assertThat(early.finding()).isInstanceOf(Finding.Published.class);
        var author = AuthorDomains.of(DomainName.of("example.com"));
        var first = evaluator.evaluate(author, Optional.of(early), List.of(spf("b.example.com")));
        assertThat(names(first))
                .containsExactly("_dmarc.example.com", "_dmarc.com", "_dmarc.b.example.com");
        assertThat(dns.count).isEqualTo(3);
        assertThat(early.questions()).hasSize(1); // the evaluation worked on a copy
        evaluator.evaluate(
                AuthorDomains.of(DomainName.of("example.net")), Optional.of(early), List.of());
        assertThat(dns.count).isEqualTo(5); // _dmarc.example.net and _dmarc.net
    }

    @Test
    void walkedDomainsAreCounted() {
        var dns = new CountingDns(ZoneDns.builder().txt("_dmarc.example.com", REJECT).build());
        var signers = new ArrayList<AuthenticatedIdentifier>();
        for (int i = 0; i < 50; i++) {
            signers.add(dkim("x.y.z" + i + ".example.com"));
        }
        var strictElsewhere =
                evaluate(dns, "example.com", signers.toArray(AuthenticatedIdentifier[]::new));
        assertThat(strictElsewhere).isInstanceOf(DmarcResult.Pass.class);
        assertThat(dns.count).isLessThanOrEqualTo(8 * (DmarcEvaluator.MAX_WALKED_DOMAINS + 1));
        assertThat(verdicts(strictElsewhere).stream().filter(verdict -> verdict == Verdict.ALIGNED))
                .hasSize(DmarcEvaluator.MAX_WALKED_DOMAINS);
    }

    @Test
    void brokenRecordIsAPermanentError() {
        var dns = ZoneDns.builder().txt("_dmarc.example.com", "v=DMARC1; p=none; p=reject").build();
        assertThat(evaluate(dns, "example.com", spf("example.com")))
                .isInstanceOf(DmarcResult.PermError.class);
    }

    @Test
    void theCacheKeepsWhatItReadAndNothingLong() {
        var cache = new RecordCache();
        assertThat(cache.parse(REJECT)).isSameAs(cache.parse("v=DMARC1; p=" + "reject"));
        String tooLong = "v=DMARC1; p=none; x=" + "y".repeat(RecordCache.MAX_CHARS);
        assertThat(cache.parse(tooLong))
                .isNotSameAs(cache.parse(tooLong))
                .isEqualTo(cache.parse(tooLong));
    }

    // ---- properties

    @ParameterizedTest(
            name = "RFC 9989 §4.10, seed {0}: eight questions at most, each name once, upwards")
    @ValueSource(longs = {1, 2, 3, 4})
    void aWalkAsksAtMostEightQuestions(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            var dns = randomZone(random);
            var name = randomName(random, 14);
            var lookups = new Lookups(dns, new RecordCache());
            var walk = lookups.walk(name);
            assertThat(lookups.questions()).hasSizeBetween(1, 8).doesNotHaveDuplicates();
            assertThat(name.isWithin(walk.organizationalDomain())).isTrue();
            int labels = Integer.MAX_VALUE;
            for (var question : lookups.questions()) {
                assertThat(question.name().labelCount()).isLessThan(labels);
                labels = question.name().labelCount();
            }
        }
    }

    @ParameterizedTest(name = "seed {0}: relaxed alignment goes both ways")
    @ValueSource(longs = {1, 2, 3, 4})
    void relaxedAlignmentIsSymmetric(long seed) {
        var random = new Random(seed);
        int alignedPairs = 0;
        for (int i = 0; i < 500; i++) {
            var dns = randomZone(random);
            var one = randomName(random, 6);
            var other = randomName(random, 6);
            var evaluator = new DmarcEvaluator(dns, DmarcOptions.TREE_WALK);
            var forth = aligned(evaluator, one, other);
            var back = aligned(evaluator, other, one);
            // Where both have a policy, and no strictness of one of them comes between.
            if (forth.isPresent() && back.isPresent()) {
                assertThat(forth).as("%s %s", one, other).isEqualTo(back);
                assertThat(forth.get() || one.equals(other))
                        .isEqualTo(
                                evaluator
                                        .organizationalDomain(one)
                                        .equals(evaluator.organizationalDomain(other)));
                alignedPairs += forth.get() ? 1 : 0;
            }
        }
        assertThat(alignedPairs).isPositive();
    }

    private static Optional<Boolean> aligned(
            DmarcEvaluator evaluator, DomainName author, DomainName identifier) {
        var result =
                evaluator.evaluate(
                        AuthorDomains.of(author),
                        Optional.empty(),
                        List.of(AuthenticatedIdentifier.spf(identifier, Outcome.PASS)));
        return switch (result) {
            case DmarcResult.Pass _ -> Optional.of(true);
            case DmarcResult.Fail _ -> Optional.of(false);
            case DmarcResult.None _, DmarcResult.TempError _, DmarcResult.PermError _ ->
                    Optional.empty();
        };
    }

    private static DomainName randomName(Random random, int maxLabels) {
        var name = new StringBuilder(random.nextInt(4) == 0 ? "b" : "a");
        for (int n = random.nextInt(maxLabels); n > 0; n--) {
            name.insert(0, random.nextInt(3) == 0 ? "b." : "a.");
        }
        return DomainName.of(name.toString());
    }

    private static ZoneDns randomZone(Random random) {
        var zone = ZoneDns.builder();
        var records =
                List.of(
                        REJECT,
                        "v=DMARC1; p=none; psd=y",
                        "v=DMARC1; p=none; psd=n",
                        "v=DMARC1",
                        "hello");
        for (int n = random.nextInt(12); n > 0; n--) {
            zone.txt(
                    "_dmarc." + randomName(random, 10),
                    records.get(random.nextInt(records.size())));
        }
        return zone.build();
    }

    private static final class CountingDns implements Dns {
        private final Dns dns;
        private int count;

        CountingDns(Dns dns) {
            this.dns = dns;
        }

        @Override
        public DnsAnswer query(DomainName name, RecordType type) {
            count++;
            return dns.query(name, type);
        }
    }

    private static String applied(Dns dns, String author) {
        var applied = evaluate(dns, author).findings().applied().orElseThrow();
        return applied.source() + " " + applied.published() + " " + applied.policy();
    }

    private static List<Verdict> verdicts(DmarcResult result) {
        return result.findings().identifiers().stream().map(IdentifierAlignment::verdict).toList();
    }

    private static List<String> names(DmarcResult result) {
        return result.findings().questions().stream()
                .map(question -> question.name().toString())
                .toList();
    }

    private static DmarcResult evaluate(
            Dns dns, String author, AuthenticatedIdentifier... identifiers) {
        return new DmarcEvaluator(dns, DmarcOptions.TREE_WALK)
                .evaluate(
                        AuthorDomains.of(DomainName.of(author)),
                        Optional.empty(),
                        List.of(identifiers));
    }

    private static AuthenticatedIdentifier spf(String domain) {
        return AuthenticatedIdentifier.spf(DomainName.of(domain), Outcome.PASS);
    }

    private static AuthenticatedIdentifier dkim(String domain) {
        return AuthenticatedIdentifier.dkim(DomainName.of(domain), Outcome.PASS);
    }
}
