package tayori.api;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import tayori.reputation.Cause;
import tayori.reputation.Counts;
import tayori.reputation.EvidenceBatch;
import tayori.reputation.EvidenceSink;
import tayori.reputation.Explanation;
import tayori.reputation.Identity;
import tayori.reputation.ListedFor;
import tayori.reputation.ListingMemory;
import tayori.reputation.Observation;
import tayori.reputation.Published;
import tayori.reputation.ReputationView;
import tayori.reputation.SenderClass;
import tayori.reputation.Standing;
import tayori.reputation.Whitelisting;

/// A reputation that is data, and takes evidence into a list.
final class KnownSenders implements ReputationAnswers, ReputationView, EvidenceSink {
    static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);

    private final Map<String, Published> published = new TreeMap<>();
    final List<EvidenceBatch> taken = new ArrayList<>();
    boolean ready = true;
    boolean broken;

    KnownSenders() {
        put("bad.example", Optional.of(ListedFor.SPAM), Optional.empty(), -1, 0.012);
        put(
                "good.example",
                Optional.empty(),
                Optional.of(new Published.White(SenderClass.REGISTERED, 2, true, true)),
                -1,
                0.0002);
        put("young.example", Optional.empty(), Optional.empty(), 100, 0.001);
        put("192.0.2.0/24", Optional.empty(), Optional.empty(), -1, 0.001);
    }

    private void put(
            String subject,
            Optional<ListedFor> listed,
            Optional<Published.White> white,
            long allowance,
            double rate) {
        published.put(
                subject,
                new Published(
                        subject,
                        true,
                        listed,
                        white,
                        497_000,
                        allowance,
                        OptionalInt.of(42),
                        rate,
                        0.9,
                        5_000,
                        false,
                        false,
                        NOW.plusSeconds(900)));
    }

    @Override
    public Optional<Published> find(String subject) {
        return Optional.ofNullable(published.get(subject));
    }

    @Override
    public Optional<Published> published(String subject) {
        return find(subject);
    }

    @Override
    public List<Explanation> explain(String subject) {
        if (!subject.equals("bad.example")) {
            return List.of();
        }
        var standing =
                new Standing(
                        Identity.parse("dkim:bad.example").orElseThrow(),
                        0.012,
                        List.of("isp1"),
                        0.018,
                        Duration.ofHours(24),
                        Map.of("isp1", 0.03),
                        0.9,
                        5_000,
                        60,
                        40,
                        20,
                        497_000,
                        Optional.of(ListedFor.SPAM),
                        new Whitelisting(
                                List.of(
                                        new Whitelisting.Requirement(
                                                Whitelisting.Item.NOT_LISTED, false, 0, 1)),
                                0),
                        false,
                        -1,
                        OptionalInt.of(12),
                        new Standing.Rating(0.8, 0.9, 5_000, 0.7, NOW.plusSeconds(900)),
                        ListingMemory.NONE);
        return List.of(
                new Explanation(
                        standing,
                        "1.8 % of 5,000 messages in the last day were reported.",
                        Map.of(Cause.COMPLAINTS, -88),
                        List.of(
                                new Explanation.Bucket(
                                        NOW,
                                        Duration.ofHours(1),
                                        Counts.of(Observation.MESSAGES, 5_000)
                                                .plus(Observation.COMPLAINTS, 60),
                                        List.of(1.0, 1.0),
                                        0.5,
                                        60)),
                        List.of(
                                new Explanation.AtProvider("isp1", 4_900, OptionalLong.of(60)),
                                new Explanation.AtProvider("isp2", 100, OptionalLong.empty())),
                        new Explanation.Responsiveness(4, 1)));
    }

    @Override
    public List<Published> list(Listing listing, String after, int limit) {
        return published.values().stream()
                .filter(listing::holds)
                .filter(entry -> entry.subject().compareTo(after) > 0)
                .sorted(Comparator.comparing(Published::subject))
                .limit(limit)
                .toList();
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public synchronized void accept(EvidenceBatch batch) throws IOException {
        if (broken) {
            throw new IOException("no room on the disk");
        }
        taken.add(batch);
    }
}
