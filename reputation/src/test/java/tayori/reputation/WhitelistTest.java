package tayori.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static tayori.reputation.Traffic.HOUR;
import static tayori.reputation.Traffic.NOW;
import static tayori.reputation.Traffic.fold;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.reputation.Whitelisting.Item;
import tayori.reputation.Whitelisting.Requirement;

/// The whitelist rule item by item, and what is published of a domain.
class WhitelistTest {
    /// So many messages at each of the providers over 29 days, with complaints at the last.
    private static List<Traffic.Entry> month(int providers, long messages, long complaints) {
        var traffic = new Traffic(1);
        var entries = new ArrayList<Traffic.Entry>();
        for (int i = 0; i < providers; i++) {
            String provider = Traffic.PROVIDERS.get(i);
            for (int day = 0; day < 29; day++) {
                long share = messages / 29 + (day < messages % 29 ? 1 : 0);
                long bad = i == providers - 1 && day < complaints ? 1 : 0;
                entries.add(traffic.entry(provider, HOUR - 24L * day, share, bad));
            }
        }
        return entries;
    }

    private static Stream<Item> missing(Standing standing) {
        return standing.whitelisting().missing().stream().map(Requirement::item);
    }

    @ParameterizedTest(name = "{0} messages, {1} complaints: {2}")
    @CsvSource({
        "2999, 0, false",
        "3000, 0, true",
        "4743, 1, false",
        "4744, 1, true",
        "6295, 2, false",
        "6296, 2, true"
    })
    void theUpperBoundOfTheRate(long messages, long complaints, boolean low) {
        var standing = Scores.registered(fold(month(1, messages, complaints)));
        assertThat(missing(standing).anyMatch(item -> item == Item.RATE)).isEqualTo(!low);
    }

    @ParameterizedTest(name = "{0} at each of {1}: {2}")
    @CsvSource({"1499, 3, false", "1500, 3, true", "1000, 4, true"})
    void alsoWithoutAnyOneProvider(long messages, int providers, boolean granted) {
        var standing = Scores.registered(fold(month(providers, messages, 0)));
        assertThat(missing(standing).toList())
                .isEqualTo(granted ? List.of() : List.of(Item.RATE_WITHOUT_ANY_PROVIDER));
    }

    @Test
    void oneProviderThatHidesComplaintsDoesNotHelp() {
        var entries = month(4, 1_000, 5);
        entries.addAll(new ArrayList<>(month(1, 1_000_000, 0)));
        assertThat(missing(Scores.registered(fold(entries))))
                .containsExactly(Item.RATE_WITHOUT_ANY_PROVIDER);
    }

    @Test
    void providersThatNeverComplainProveNothing() {
        var state = fold(month(4, 10_000, 0));
        var scorer = new Scorer(ScoreOptions.DEFAULTS, provider -> provider.equals("asahi"));
        var standing =
                scorer.score(state, new DelayCurve(), Scores.REGISTERED, ListingMemory.NONE, NOW);
        assertThat(missing(standing))
                .containsExactly(Item.RATE_WITHOUT_ANY_PROVIDER, Item.PROVIDERS);
    }

    @Test
    void whatIsMissingIsSaidItemByItem() {
        var entries = new ArrayList<>(month(2, 100, 0).subList(0, 40));
        entries.add(
                new Traffic.Entry(
                        "n",
                        "asahi",
                        Traffic.evidence(HOUR, Counts.of(Observation.AUTH_FAILED, 90)),
                        HOUR));
        var standing = Scores.score(fold(entries));
        assertThat(standing.whitelisting().missing().stream().map(Requirement::words))
                .containsExactly(
                        "complaint rate certainly below 0.1 %: it may be 100 %",
                        "the same without any one provider: it may be 100 %",
                        "seen by at least 3 providers that hand on complaints: 2",
                        "passes DMARC for at least 99 %: 62 %",
                        "registered, with a contact: no",
                        "the contact acts on opt-outs within its term: no");
    }

    private static Published publish(List<Standing> standings) {
        return Publication.of("example.jp", true, standings, Scores.REGISTERED);
    }

    private static IdentityState as(IdentityKind kind, List<Traffic.Entry> entries) {
        var state = IdentityState.of(new Identity(kind, "example.jp"));
        entries.forEach(entry -> entry.into(state));
        return state;
    }

    @Test
    void aGoodAuthorIsPublishedWhite() {
        var author = Scores.registered(as(IdentityKind.AUTHOR, month(4, 10_000, 0)));
        var published = publish(List.of(author));
        assertThat(published.white())
                .contains(new Published.White(SenderClass.REGISTERED, 3, true, true));
        assertThat(published.listed()).isEmpty();
        assertThat(published.score()).isEqualTo(author.score());
        assertThat(published.allowance()).isEqualTo(-1);
    }

    @Test
    void aSignerAloneIsNotWhite() {
        var signer = Scores.registered(as(IdentityKind.DKIM, month(4, 10_000, 0)));
        assertThat(publish(List.of(signer)).white()).isEmpty();
        assertThat(missing(signer)).containsExactly(Item.AUTHOR_DOMAIN);
    }

    @Test
    void theWorstIdentityHolds() {
        var author = Scores.registered(as(IdentityKind.AUTHOR, month(4, 10_000, 0)));
        var bad = month(4, 10_000, 0).stream().map(WhitelistTest::complainedAbout).toList();
        var signer = Scores.registered(as(IdentityKind.DKIM, bad));
        var published = publish(List.of(author, signer));
        assertThat(published.listed()).contains(ListedFor.SPAM);
        assertThat(published.white()).isEmpty();
        assertThat(published.rate()).isEqualTo(signer.rate());
        assertThat(published.score()).isEqualTo(signer.score());
        assertThat(published.suppressReports()).isTrue();
        assertThat(published.expires()).isEqualTo(signer.rating().expires());
    }

    private static Traffic.Entry complainedAbout(Traffic.Entry entry) {
        return new Traffic(entry.received())
                .entry(
                        entry.provider(),
                        entry.evidence().hour(),
                        entry.evidence().counts().get(Observation.MESSAGES),
                        10);
    }

    @Test
    void anIdentityOfWhichLittleIsKnownDoesNotSpeakForTheDomain() {
        var author = Scores.registered(as(IdentityKind.AUTHOR, month(4, 10_000, 0)));
        var unknown = Scores.score(as(IdentityKind.SPF, month(1, 20, 0)));
        var published = publish(List.of(unknown, author));
        assertThat(published.rate()).isEqualTo(author.rate());
        assertThat(published.score()).isEqualTo(author.score());
        assertThat(publish(List.of(unknown)).score()).isEmpty();
    }

    @Test
    void vouchesForTheMailThatWasRegistered() {
        var author = Scores.registered(as(IdentityKind.AUTHOR, month(4, 10_000, 0)));
        var registration =
                Optional.of(
                        new Registration(
                                SenderClass.PUBLIC_BODY, true, Set.of("transaction"), "x@y"));
        assertThat(Publication.of("example.jp", false, List.of(author), registration).white())
                .contains(new Published.White(SenderClass.PUBLIC_BODY, 3, false, true));
    }
}
