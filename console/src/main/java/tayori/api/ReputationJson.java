package tayori.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tayori.reputation.Cause;
import tayori.reputation.Explanation;
import tayori.reputation.Published;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What is known of a sender as JSON; the same over HTTP and from the command line.
public final class ReputationJson {
    private static final long SECONDS_AN_HOUR = 3_600;

    private ReputationJson() {}

    /// A published entry. What does not hold is null.
    public static ObjectNode of(Published published) {
        var json = JsonMapper.shared().createObjectNode();
        json.put("subject", published.subject());
        json.put("withSubdomains", published.withSubdomains());
        json.put("listed", published.listed().map(why -> why.words()).orElse(null));
        var white = json.putObject("white");
        if (published.white().isPresent()) {
            var place = published.white().get();
            white.put("class", place.senderClass().code()).put("level", place.level());
        } else {
            json.putNull("white");
        }
        putScore(json, published.score());
        json.put("rate", published.rate());
        json.put("confidence", published.confidence());
        json.put("messages", published.messages());
        json.put("allowance", published.allowance() < 0 ? null : published.allowance());
        json.put("volumeAlarm", published.volumeAlarm());
        json.put("firstSeen", hour(published.firstSeenHour()));
        return json.put("expires", published.expires().toString());
    }

    /// A subject with all that explains it.
    ///
    /// @param published absent where nothing is published, though evidence is there
    public static ObjectNode of(
            String subject, Optional<Published> published, List<Explanation> explanations) {
        var json = JsonMapper.shared().createObjectNode().put("subject", subject);
        if (published.isPresent()) {
            json.set("published", of(published.get()));
        } else {
            json.putNull("published");
        }
        var identities = json.putArray("identities");
        explanations.forEach(explanation -> identities.add(of(explanation)));
        return json;
    }

    private static ObjectNode of(Explanation explanation) {
        var standing = explanation.standing();
        var json = JsonMapper.shared().createObjectNode();
        json.put("identity", standing.identity().toString());
        json.put("sentence", explanation.sentence());
        putScore(json, standing.score());
        json.put("rate", standing.rate());
        json.put("untrimmedRate", standing.untrimmedRate());
        json.put("providersLeftOut", standing.leftOut().size());
        json.put("confidence", standing.confidence());
        json.put("messages", standing.messages());
        json.put("complaints", standing.complaints());
        json.put("reporters", standing.reporters());
        json.put("activeDays", standing.activeDays());
        json.put("firstSeen", hour(standing.firstSeenHour()));
        json.put("listed", standing.listed().map(why -> why.words()).orElse(null));
        json.put("volumeAlarm", standing.volumeAlarm());
        json.put("allowance", standing.allowance() < 0 ? null : standing.allowance());
        var causes = json.putArray("causes");
        for (var cause : Cause.values()) {
            Integer points = explanation.points().get(cause);
            if (points != null) {
                causes.addObject().put("cause", cause.words()).put("points", points);
            }
        }
        var whitelist =
                json.putObject("whitelist")
                        .put("granted", standing.whitelisting().granted())
                        .put("level", standing.whitelisting().level());
        var requirements = whitelist.putArray("requirements");
        for (var requirement : standing.whitelisting().requirements()) {
            requirements
                    .addObject()
                    .put("met", requirement.met())
                    .put("words", requirement.words());
        }
        var providers = json.putArray("providers");
        for (var at : explanation.providers()) {
            providers
                    .addObject()
                    .put("provider", at.provider())
                    .put("messages", at.messages())
                    .put(
                            "complaints",
                            at.complaints().isPresent() ? at.complaints().getAsLong() : null);
        }
        json.putObject("responsiveness")
                .put("optOuts", explanation.responsiveness().optOuts())
                .put("ignored", explanation.responsiveness().ignored())
                .put("share", explanation.responsiveness().share());
        var buckets = json.putArray("buckets");
        for (var bucket : explanation.buckets()) {
            var counts =
                    buckets.addObject()
                            .put("from", bucket.from().toString())
                            .put("hours", bucket.length().toHours())
                            .put("complainedBy", bucket.complainedBy())
                            .put("objections", bucket.objections())
                            .putObject("counts");
            bucket.counts().toMap().forEach((what, number) -> counts.put(what.keyword(), number));
        }
        return json;
    }

    private static void putScore(ObjectNode json, OptionalInt score) {
        json.put("score", score.isPresent() ? (Integer) score.getAsInt() : null);
    }

    private static @org.jspecify.annotations.Nullable String hour(long hour) {
        return hour < 0 ? null : Instant.ofEpochSecond(hour * SECONDS_AN_HOUR).toString();
    }
}
