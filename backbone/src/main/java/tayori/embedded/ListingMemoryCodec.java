package tayori.embedded;

import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import tayori.reputation.IdentityKind;
import tayori.reputation.ListingMemory;

/// How the [ListingMemory] of a subject's identities stands in the database: for each that has one its kind, and the
/// seconds of listed-since and good-since, plus one; 0 is never.
final class ListingMemoryCodec {
    private ListingMemoryCodec() {}

    static byte[] encode(Map<IdentityKind, ListingMemory> memory) {
        var out = new OctetWriter(16);
        for (var entry : memory.entrySet()) {
            out.octet(BatchCodec.code(entry.getKey()));
            out.number(entry.getValue().listedSince().map(ListingMemoryCodec::second).orElse(0L));
            out.number(entry.getValue().goodSince().map(ListingMemoryCodec::second).orElse(0L));
        }
        return out.toOctets();
    }

    static Map<IdentityKind, ListingMemory> decode(byte[] octets) throws IOException {
        var memory = new EnumMap<IdentityKind, ListingMemory>(IdentityKind.class);
        var in = new OctetReader(octets);
        while (in.hasMore()) {
            memory.put(
                    BatchCodec.kind(in.octet()),
                    new ListingMemory(instant(in.number()), instant(in.number())));
        }
        return memory;
    }

    private static long second(Instant instant) {
        return instant.getEpochSecond() + 1;
    }

    private static Optional<Instant> instant(long second) {
        return second == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(second - 1));
    }
}
