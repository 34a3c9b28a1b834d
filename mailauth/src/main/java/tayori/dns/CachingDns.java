package tayori.dns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import tayori.dns.DnsAnswer.Failed;
import tayori.dns.DnsAnswer.Found;
import tayori.dns.DnsAnswer.NoData;
import tayori.dns.DnsAnswer.NoSuchName;
import tayori.dns.DnsAnswer.Trouble;

/// A DNS that remembers what another one said, no longer than the TTL allows and no more than fits.
///
/// An answer is handed out with the TTL that is left of it. Equal questions that arrive while the first is still being
/// asked wait for its answer. [Trouble#BUDGET] is never kept: it says something about one mail, not about the name.
///
/// Everything known about one name is one entry, so that a hit needs no key object. Caffeine evicts by frequency and
/// recency (W-TinyLFU), so that a flood of names seen once does not push out those in daily use. It can bound either the
/// number or the weight of entries; each entry weighs at least `maxBytes / maxNames`, which bounds both.
public final class CachingDns implements Dns {
    /// What an entry takes beside its names and texts: objects, hash table, eviction queues. Estimated. Unit: bytes.
    private static final long ENTRY_BYTES = 200;

    private static final int ANSWER_BYTES = 120;
    private static final int RECORD_BYTES = 80;

    private final Dns dns;
    private final CacheLimits limits;
    private final InstantSource clock;
    private final @Nullable Cache<DomainName, Kept> cache;
    private final ConcurrentHashMap<Question, CompletableFuture<Optional<DnsAnswer>>> underWay =
            new ConcurrentHashMap<>();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /// @param dns is asked what is not known yet
    public CachingDns(Dns dns, CacheLimits limits, InstantSource clock) {
        this.dns = dns;
        this.limits = limits;
        this.clock = clock;
        this.cache = limits.maxNames() == 0 || limits.maxBytes() == 0 ? null : newCache(limits);
    }

    private static Cache<DomainName, Kept> newCache(CacheLimits limits) {
        long least = limits.maxBytes() / limits.maxNames();
        return Caffeine.newBuilder()
                .maximumWeight(limits.maxBytes())
                .weigher((DomainName name, Kept kept) ->
                        (int) Math.clamp(bytes(name, kept), least, Integer.MAX_VALUE))
                .executor(Runnable::run) // no thread of its own: whoever adds an entry tidies up
                .build();
    }

    private record Question(DomainName name, RecordType type) {}

    /// One answer, and behind it those for other types at the same name: a short list.
    private record Kept(
            RecordType type, DnsAnswer answer, long sinceMs, long untilMs, @Nullable Kept next) {}

    /// For metrics; counted since the start.
    ///
    /// @param hits questions answered from memory, those that waited for an equal question included
    /// @param misses questions handed on
    /// @param names names in memory, some of which may have expired
    public record Statistics(long hits, long misses, long names) {}

    public Statistics statistics() {
        return new Statistics(hits.sum(), misses.sum(), cache == null ? 0 : cache.estimatedSize());
    }

    @Override
    public DnsAnswer query(DomainName name, RecordType type) {
        if (cache == null) {
            misses.increment();
            return dns.query(name, type);
        }
        var kept = find(cache, name, type, clock.millis());
        if (kept != null) {
            hits.increment();
            return aged(kept.answer, clock.millis() - kept.sinceMs);
        }
        return ask(cache, new Question(name, type));
    }

    @Override
    public Optional<DnsAnswer> known(DomainName name, RecordType type) {
        long now = clock.millis();
        var kept = cache == null ? null : find(cache, name, type, now);
        if (kept == null) {
            return Optional.empty();
        }
        hits.increment();
        return Optional.of(aged(kept.answer, now - kept.sinceMs));
    }

    private static @Nullable Kept find(
            Cache<DomainName, Kept> cache, DomainName name, RecordType type, long nowMs) {
        for (var kept = cache.getIfPresent(name); kept != null; kept = kept.next) {
            if (kept.type == type) {
                return nowMs < kept.untilMs ? kept : null;
            }
        }
        return null;
    }

    /// Asks, or waits for the one who asks already.
    private DnsAnswer ask(Cache<DomainName, Kept> cache, Question question) {
        while (true) { // again only when the one we waited for was interrupted or failed by a bug
            var mine = new CompletableFuture<Optional<DnsAnswer>>();
            var theirs = underWay.putIfAbsent(question, mine);
            if (theirs == null) {
                return lead(cache, question, mine);
            }
            try {
                var answer = theirs.get();
                if (answer.isPresent()) {
                    hits.increment();
                    return answer.get();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Failed(Trouble.TIMEOUT, "interrupted while asking for " + question.name);
            } catch (ExecutionException e) {
                throw new AssertionError("nothing completes this with an exception", e);
            }
        }
    }

    private DnsAnswer lead(
            Cache<DomainName, Kept> cache,
            Question question,
            CompletableFuture<Optional<DnsAnswer>> flight) {
        Optional<DnsAnswer> forOthers = Optional.empty();
        try {
            // Between our look and our turn, another may have finished.
            var kept = find(cache, question.name, question.type, clock.millis());
            if (kept != null) {
                hits.increment();
                forOthers = Optional.of(kept.answer);
                return kept.answer;
            }
            misses.increment();
            var answer = dns.query(question.name, question.type);
            // A thread that was told to stop did not learn anything about the name.
            if (!(answer instanceof Failed && Thread.currentThread().isInterrupted())) {
                keep(cache, question, answer);
                forOthers = Optional.of(answer);
            }
            return answer;
        } finally {
            underWay.remove(question, flight);
            flight.complete(forOthers);
        }
    }

    private void keep(Cache<DomainName, Kept> cache, Question question, DnsAnswer answer) {
        long ttlMs = ttl(answer).toMillis();
        if (ttlMs <= 0) {
            return;
        }
        long now = clock.millis();
        cache.asMap()
                .compute(
                        question.name,
                        (_, known) ->
                                new Kept(
                                        question.type,
                                        answer,
                                        now,
                                        now + ttlMs,
                                        without(question.type, known, now)));
    }

    /// The list without this type and without what is over.
    private static @Nullable Kept without(RecordType type, @Nullable Kept kept, long nowMs) {
        if (kept == null) {
            return null;
        }
        var rest = without(type, kept.next, nowMs); // no deeper than there are types
        if (kept.type == type || kept.untilMs <= nowMs) {
            return rest;
        }
        return new Kept(kept.type, kept.answer, kept.sinceMs, kept.untilMs, rest);
    }

    private Duration ttl(DnsAnswer answer) {
        return switch (answer) {
            case Found(_, var ttl, _) -> bounded(ttl, limits.maxTtl());
            case NoData(var ttl, _) -> bounded(ttl, limits.maxNegativeTtl());
            case NoSuchName(var ttl, _) -> bounded(ttl, limits.maxNegativeTtl());
            case Failed(var trouble, _) ->
                    trouble == Trouble.BUDGET ? Duration.ZERO : limits.failureTtl();
        };
    }

    private Duration bounded(Duration ttl, Duration most) {
        if (!ttl.isPositive()) {
            return Duration.ZERO;
        }
        var atLeast = ttl.compareTo(limits.minTtl()) < 0 ? limits.minTtl() : ttl;
        return atLeast.compareTo(most) > 0 ? most : atLeast;
    }

    /// The answer with what is left of its TTL; TTLs count in seconds, so a younger one is handed out as it is.
    private static DnsAnswer aged(DnsAnswer answer, long ageMs) {
        long age = ageMs / 1000;
        if (age <= 0) {
            return answer;
        }
        return switch (answer) {
            case Found(var records, var ttl, var authenticated) ->
                    new Found(records, left(ttl, age), authenticated);
            case NoData(var ttl, var authenticated) -> new NoData(left(ttl, age), authenticated);
            case NoSuchName(var ttl, var authenticated) ->
                    new NoSuchName(left(ttl, age), authenticated);
            case Failed failed -> failed;
        };
    }

    private static Duration left(Duration ttl, long ageSeconds) {
        return Duration.ofSeconds(Math.max(0, ttl.toSeconds() - ageSeconds));
    }

    private static long bytes(DomainName name, Kept first) {
        long bytes = ENTRY_BYTES + name.toString().length();
        for (Kept kept = first; kept != null; kept = kept.next) {
            bytes += ANSWER_BYTES;
            switch (kept.answer) {
                case Found(var records, _, _) -> {
                    for (var record : records) {
                        bytes += RECORD_BYTES + length(record);
                    }
                }
                case Failed(_, var detail) -> bytes += detail.length();
                case NoData _, NoSuchName _ -> {}
            }
        }
        return bytes;
    }

    private static int length(DnsRecord record) {
        return switch (record) {
            case DnsRecord.Address _ -> 16;
            case DnsRecord.MailExchange(_, var host) -> host.toString().length();
            case DnsRecord.Text(var text) -> text.length();
            case DnsRecord.Name(var target) -> target.toString().length();
            case DnsRecord.Other(var presentation) -> presentation.length();
        };
    }
}
