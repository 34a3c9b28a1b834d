package tayori.embedded;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tayori.reputation.Counts;
import tayori.reputation.Evidence;
import tayori.reputation.EvidenceBatch;
import tayori.reputation.Identity;
import tayori.reputation.IdentityKind;
import tayori.reputation.Observation;

/// How batches stand in the log. The payload of a [LogFrame] is the second in which it was accepted, a number, and batch
/// after batch:
///
///     batch    = provider node id evidence-count *evidence      three texts, a number
///     evidence = kind subject hour+1 counters reporter-count *reporter
///     counters = set *number                                    set: a bit for each counter that is not 0
///     reporter = 8 octets
///
/// Texts and numbers are those of [OctetWriter]. The hour counts from 1970; 0 is an hour not known.
final class BatchCodec {
    private static final Observation[] OBSERVATIONS = Observation.values();

    private BatchCodec() {}

    /// What stands in one frame.
    ///
    /// @param accepted when the batches were taken in: a restart folds them as of then
    record Group(Instant accepted, List<EvidenceBatch> batches) {}

    static byte[] encode(EvidenceBatch batch) {
        var out = new OctetWriter(64 + 48 * batch.evidence().size());
        out.text(batch.provider()).text(batch.node()).text(batch.id());
        out.number(batch.evidence().size());
        for (var evidence : batch.evidence()) {
            encode(evidence, out);
        }
        return out.toOctets();
    }

    private static void encode(Evidence evidence, OctetWriter out) {
        out.octet(code(evidence.identity().kind())).text(evidence.identity().subject());
        out.number(evidence.hour() + 1);
        long set = 0;
        for (var observation : OBSERVATIONS) {
            if (evidence.counts().get(observation) != 0) {
                set |= 1L << observation.code();
            }
        }
        out.number(set);
        for (var observation : OBSERVATIONS) {
            if (evidence.counts().get(observation) != 0) {
                out.number(evidence.counts().get(observation));
            }
        }
        out.number(evidence.reporters().size());
        for (long reporter : evidence.reporters()) {
            out.fixed(reporter);
        }
    }

    /// A frame of batches that [#encode(EvidenceBatch)] made.
    static byte[] frame(Instant accepted, List<byte[]> batches) {
        int size = batches.stream().mapToInt(batch -> batch.length).sum();
        var out = new OctetWriter(10 + size).number(accepted.getEpochSecond());
        for (byte[] batch : batches) {
            out.raw(batch);
        }
        return out.toOctets();
    }

    /// @throws IOException for what this program does not write
    static Group decode(byte[] payload) throws IOException {
        var in = new OctetReader(payload);
        var accepted = Instant.ofEpochSecond(in.number());
        var batches = new ArrayList<EvidenceBatch>();
        while (in.hasMore()) {
            String provider = in.text();
            String node = in.text();
            String id = in.text();
            int count = in.count();
            var evidence = new ArrayList<Evidence>(count);
            for (int i = 0; i < count; i++) {
                evidence.add(decode(in));
            }
            batches.add(new EvidenceBatch(id, provider, node, evidence));
        }
        return new Group(accepted, batches);
    }

    private static Evidence decode(OctetReader in) throws IOException {
        var identity = new Identity(kind(in.octet()), in.text());
        long hour = in.number() - 1;
        long set = in.number();
        var counts = Counts.NONE;
        for (var observation : OBSERVATIONS) {
            if ((set & 1L << observation.code()) != 0) {
                counts = counts.plus(observation, in.number());
                set &= ~(1L << observation.code());
            }
        }
        if (set != 0) {
            throw new IOException("counters that this program does not know: " + set);
        }
        int reporterCount = in.count();
        var reporters = new ArrayList<Long>(reporterCount);
        for (int i = 0; i < reporterCount; i++) {
            reporters.add(in.fixed());
        }
        return new Evidence(identity, hour, counts, reporters);
    }

    /// The number of a kind in our files; never to be given to another.
    static int code(IdentityKind kind) {
        return switch (kind) {
            case AUTHOR -> 0;
            case DKIM -> 1;
            case SPF -> 2;
            case ADDRESS_BLOCK -> 3;
        };
    }

    static IdentityKind kind(int code) throws IOException {
        for (var kind : IdentityKind.values()) {
            if (code(kind) == code) {
                return kind;
            }
        }
        throw new IOException("no kind of identity: " + code);
    }
}
