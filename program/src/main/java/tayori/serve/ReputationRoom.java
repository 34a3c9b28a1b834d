package tayori.serve;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.embedded.EmbeddedEngine;
import tayori.embedded.EmbeddedOptions;
import tayori.embedded.EmbeddedStatistics;
import tayori.embedded.PublicationListener;
import tayori.embedded.ScoringRules;
import tayori.psl.PublicSuffixList;
import tayori.publication.PublishedTable;
import tayori.reputation.Published;

/// What is remembered of senders, and the table in which it is published to the receiver, the name server and the
/// interface of this process.
final class ReputationRoom implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("tayori.reputation");

    private final EmbeddedEngine engine;
    private final PublishedTable table;

    private ReputationRoom(EmbeddedEngine engine, PublishedTable table) {
        this.engine = engine;
        this.table = table;
    }

    /// Opens the memory and reads it into the table.
    static ReputationRoom open(
            Path directory, EmbeddedOptions options, ScoringRules rules, InstantSource clock)
            throws IOException {
        var engine = EmbeddedEngine.open(directory, options, rules, clock);
        try {
            var table = new PublishedTable(PublicSuffixList.bundled());
            long subjects = engine.publishTo(new IntoTable(table));
            LOG.atInfo().addKeyValue("subjects", subjects).log("reputation is open");
            return new ReputationRoom(engine, table);
        } catch (IOException | RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /// Every score goes into the table as it is made.
    private record IntoTable(PublishedTable table) implements PublicationListener {
        @Override
        public void published(Published published) {
            table.put(published);
        }

        @Override
        public void withdrawn(String subject) {
            table.remove(subject);
        }
    }

    EmbeddedEngine engine() {
        return engine;
    }

    PublishedTable table() {
        return table;
    }

    /// - `tayori_reputation_subjects`: domains and blocks in the table
    /// - `tayori_reputation_table_bytes`: memory that it takes
    /// - `tayori_reputation_batches_total{outcome}`: evidence taken, `folded`, `duplicate` or `refused`
    /// - `tayori_reputation_scored_total`: scores made
    /// - `tayori_reputation_dirty_subjects`: changed and not yet in the database
    /// - `tayori_reputation_log_bytes`: what a start would have to read again
    void measure(MeterRegistry registry) {
        Gauge.builder("tayori.reputation.subjects", table, PublishedTable::size)
                .description("Domains and blocks of addresses that are published")
                .register(registry);
        Gauge.builder("tayori.reputation.table.bytes", table, PublishedTable::bytes)
                .description("Memory of the published table")
                .register(registry);
        batches(registry, "folded", EmbeddedStatistics::batches);
        batches(registry, "duplicate", EmbeddedStatistics::duplicates);
        batches(registry, "refused", EmbeddedStatistics::refused);
        FunctionCounter.builder(
                        "tayori.reputation.scored",
                        engine,
                        asked -> number(asked, EmbeddedStatistics::scored))
                .description("Scores made")
                .register(registry);
        Gauge.builder(
                        "tayori.reputation.dirty.subjects",
                        engine,
                        asked -> number(asked, EmbeddedStatistics::dirtySubjects))
                .description("Changed and not yet in the database")
                .register(registry);
        Gauge.builder(
                        "tayori.reputation.log.bytes",
                        engine,
                        asked -> number(asked, EmbeddedStatistics::logOctets))
                .description("What a start would have to read again")
                .register(registry);
    }

    private void batches(
            MeterRegistry registry, String outcome, ToLongFunction<EmbeddedStatistics> count) {
        FunctionCounter.builder("tayori.reputation.batches", engine, asked -> number(asked, count))
                .description("Batches of evidence")
                .tag("outcome", outcome)
                .register(registry);
    }

    /// Not a number where the engine cannot say.
    private static double number(
            EmbeddedEngine engine, ToLongFunction<EmbeddedStatistics> statistic) {
        try {
            return statistic.applyAsLong(engine.statistics());
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    @Override
    public void close() {
        try {
            engine.close();
        } catch (IOException e) {
            LOG.atError().setCause(e).log("the memory of senders was not closed in good order");
        }
    }
}
