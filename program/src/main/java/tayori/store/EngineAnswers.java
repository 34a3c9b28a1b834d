package tayori.store;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.api.ReputationAnswers;
import tayori.embedded.PublishedFilter;
import tayori.embedded.ReputationReader;
import tayori.reputation.Counts;
import tayori.reputation.Explanation;
import tayori.reputation.Observation;
import tayori.reputation.Published;
import tayori.reputation.ReputationView;
import tayori.repute.Rated;
import tayori.repute.ReputeSource;

/// Answers from an engine, or from its files.
///
/// @param complete whether everything stored has been read
public record EngineAnswers(ReputationReader reader, InstantSource clock, BooleanSupplier complete)
        implements ReputationAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(EngineAnswers.class);

    /// How many entries are read at a time where the engine cannot choose them itself.
    private static final int STRIDE = 1_000;

    @Override
    public Optional<Published> published(String subject) throws IOException {
        return reader.published(subject);
    }

    @Override
    public List<Explanation> explain(String subject) throws IOException {
        return reader.explain(subject, clock.instant());
    }

    @Override
    public List<Published> list(Listing listing, String after, int limit) throws IOException {
        return switch (listing) {
            case ALL -> reader.list(PublishedFilter.ALL, after, limit);
            case LISTED -> reader.list(PublishedFilter.LISTED, after, limit);
            case WHITE -> reader.list(PublishedFilter.WHITE, after, limit);
            case YOUNG -> young(after, limit);
        };
    }

    private List<Published> young(String after, int limit) throws IOException {
        var young = new ArrayList<Published>();
        String from = after;
        while (true) {
            var page = reader.list(PublishedFilter.ALL, from, STRIDE);
            for (var entry : page) {
                if (Listing.YOUNG.holds(entry)) {
                    young.add(entry);
                    if (young.size() == limit) {
                        return young;
                    }
                }
            }
            if (page.size() < STRIDE) {
                return young;
            }
            from = page.getLast().subject();
        }
    }

    /// Repute answers with what a published entry leaves out: the usual rating, unknown recipients, how many providers.
    /// Reads the engine for each; where that fails, what is published is told alone.
    ///
    /// @param view what is published, in memory
    public ReputeSource repute(ReputationView view) {
        return subject ->
                view.find(subject)
                        .map(published -> {
                            try {
                                return rated(published, explain(published.subject()));
                            } catch (IOException e) {
                                LOG.warn("reputons without details: {}", e.toString());
                                return Rated.of(published);
                            }
                        });
    }

    private static Rated rated(Published published, List<Explanation> explanations) {
        var all = Counts.NONE;
        for (var explanation : explanations) {
            for (var bucket : explanation.buckets()) {
                all = all.plus(bucket.counts());
            }
        }
        long unknown = all.get(Observation.INVALID_RECIPIENTS);
        long mails = all.get(Observation.MESSAGES) + unknown;
        return new Rated(
                published,
                explanations.stream()
                        .mapToDouble(each -> each.standing().rating().normalRating())
                        .max(),
                mails == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) unknown / mails),
                explanations.stream().mapToInt(each -> each.providers().size()).max());
    }

    @Override
    public boolean ready() {
        return complete.getAsBoolean();
    }
}
