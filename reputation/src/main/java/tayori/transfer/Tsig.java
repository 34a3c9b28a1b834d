package tayori.transfer;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import tayori.dns.DomainName;

/// Transaction signatures: who sent a query, and proof that the answer is ours. RFC 8945.
///
/// MACs are taken whole only: a shorter one is answered BADTRUNC, as the local policy of RFC 8945 §5.2.4 may.
public final class Tsig {
    /// How far the two clocks may be apart in what we sign. RFC 8945 §10 recommends 300 s.
    static final Duration FUDGE = Duration.ofMinutes(5);

    static final int BADSIG = 16;
    static final int BADKEY = 17;
    static final int BADTIME = 18;
    static final int BADTRUNC = 22;

    private static final int TIME_OCTETS = 6;

    private final Map<DomainName, TsigKey> keys = new HashMap<>();
    private final InstantSource clock;

    /// @throws IllegalArgumentException for two keys of one name
    public Tsig(Collection<TsigKey> keys, InstantSource clock) {
        this.clock = clock;
        for (var key : keys) {
            if (this.keys.put(key.name(), key) != null) {
                throw new IllegalArgumentException("two keys are named " + key.name());
            }
        }
    }

    /// What a signature says about a query.
    public sealed interface Verdict {
        /// There is none.
        record Unsigned() implements Verdict {}

        /// Sent by the holder of a key, now.
        ///
        /// @param signer for the answer
        record Signed(TsigKey key, Signer signer) implements Verdict {}

        /// Not to be trusted; answered NOTAUTH with this record (RFC 8945 §5.2).
        ///
        /// @param error BADSIG, BADKEY, BADTIME or BADTRUNC
        /// @param signer for the answer
        record Refused(int error, String reason, Signer signer) implements Verdict {}

        /// Nothing that a TSIG or a query could be: FORMERR.
        record Malformed(String reason) implements Verdict {}
    }

    /// Verifies a query as it came from the wire.
    public Verdict verify(byte[] query, int length) {
        var read = Query.read(query, length);
        return read == null ? new Verdict.Malformed("not a query") : verify(read);
    }

    Verdict verify(Query query) {
        if (query.tsigAt() < 0) {
            return new Verdict.Unsigned();
        }
        var tsig = TsigRecord.read(query.octets(), query.tsigAt());
        if (tsig == null) {
            return new Verdict.Malformed("not a TSIG record");
        }
        var key = keys.get(tsig.keyName);
        if (key == null || !key.algorithm().wireName().equals(tsig.algorithm)) {
            return refusedUnsigned(tsig, BADKEY, "no such key"); // §5.2.1
        }
        int whole = key.algorithm().macOctets();
        if (tsig.mac.length > whole || tsig.mac.length < Math.max(10, whole / 2)) {
            return new Verdict.Malformed("MAC of " + tsig.mac.length + " octets"); // §5.2.2.1
        }
        byte[] expected = macOf(query.octets(), query.tsigAt(), tsig, key.mac());
        if (!MessageDigest.isEqual(Arrays.copyOf(expected, tsig.mac.length), tsig.mac)) {
            return refusedUnsigned(tsig, BADSIG, "signature does not verify"); // §5.2.2
        }
        long now = now();
        if (Math.abs(now - tsig.timeSigned) > tsig.fudge) { // §5.2.3: signed, with both times
            var other = new byte[TIME_OCTETS];
            Wire.put48(other, 0, now);
            var signer = new Signer(key, tsig, () -> tsig.timeSigned, BADTIME, other);
            return new Verdict.Refused(
                    BADTIME, "clocks are " + Math.abs(now - tsig.timeSigned) + " s apart", signer);
        }
        if (tsig.mac.length < whole) { // §5.2.4
            var signer = new Signer(key, tsig, this::now, BADTRUNC, Signer.NONE);
            return new Verdict.Refused(BADTRUNC, "MAC is cut short", signer);
        }
        return new Verdict.Signed(key, new Signer(key, tsig, this::now, 0, Signer.NONE));
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    private static Verdict refusedUnsigned(TsigRecord tsig, int error, String reason) {
        return new Verdict.Refused(
                error, reason, new Signer(null, tsig, () -> tsig.timeSigned, error, Signer.NONE));
    }

    /// The digest of a query: the message as if it had no TSIG, then the variables. RFC 8945 §4.3.
    private static byte[] macOf(byte[] message, int tsigAt, TsigRecord tsig, Mac mac) {
        byte[] plain = Arrays.copyOf(message, tsigAt);
        Wire.put16(plain, 0, tsig.originalId);
        Wire.put16(plain, 10, Wire.get16(plain, 10) - 1);
        mac.update(plain);
        mac.update(tsig.variables());
        return mac.doFinal();
    }

    /// Puts the TSIG record on each message of one answer, in their order. For one thread.
    public static final class Signer {
        private static final byte[] NONE = new byte[0];

        private final TsigRecord query;
        private final @Nullable Mac mac;
        private final LongSupplier time;
        private final int error;
        private final byte[] other;

        /// MAC of the query, then of the message before. RFC 8945 §5.3.1.
        private byte[] before;

        private boolean first = true;

        /// @param key null for an answer that carries the record, but no MAC (RFC 8945 §5.3.2)
        private Signer(
                @Nullable TsigKey key,
                TsigRecord query,
                LongSupplier time,
                int error,
                byte[] other) {
            this.query = query;
            this.mac = key == null ? null : key.mac();
            this.before = query.mac;
            this.time = time;
            this.error = error;
            this.other = other;
        }

        /// Room that [#sign] needs behind the message. Unit: octets.
        public int octets() {
            int names = Wire.name(query.keyName).length + Wire.name(query.algorithm).length;
            int macOctets = mac == null ? 0 : mac.getMacLength();
            return names + 10 + 16 + macOctets + other.length;
        }

        /// Adds the record to a message.
        ///
        /// @param message complete but for the record, with room behind it
        /// @return its new length
        public int sign(byte[] message, int length) {
            long now = time.getAsLong();
            int fudge = (int) FUDGE.toSeconds();
            byte[] code = mac == null ? NONE : mac(mac, message, length, now, fudge);
            byte[] keyName = Wire.name(query.keyName);
            byte[] algorithm = Wire.name(query.algorithm);
            System.arraycopy(keyName, 0, message, length, keyName.length);
            int at = length + keyName.length;
            Wire.put16(message, at, Wire.TYPE_TSIG);
            Wire.put16(message, at + 2, Wire.CLASS_ANY);
            Wire.put32(message, at + 4, 0);
            Wire.put16(message, at + 8, algorithm.length + 16 + code.length + other.length);
            at += 10;
            System.arraycopy(algorithm, 0, message, at, algorithm.length);
            at += algorithm.length;
            Wire.put48(message, at, now);
            Wire.put16(message, at + 6, fudge);
            Wire.put16(message, at + 8, code.length);
            System.arraycopy(code, 0, message, at + 10, code.length);
            at += 10 + code.length;
            Wire.put16(message, at, Wire.get16(message, 0));
            Wire.put16(message, at + 2, error);
            Wire.put16(message, at + 4, other.length);
            System.arraycopy(other, 0, message, at + 6, other.length);
            Wire.put16(message, 10, Wire.get16(message, 10) + 1);
            before = code;
            first = false;
            return at + 6 + other.length;
        }

        private byte[] mac(Mac mac, byte[] message, int length, long now, int fudge) {
            var prefix = new byte[2];
            Wire.put16(prefix, 0, before.length);
            mac.update(prefix);
            mac.update(before);
            mac.update(message, 0, length);
            if (first) {
                mac.update(
                        TsigRecord.variables(
                                query.keyName, query.algorithm, now, fudge, error, other));
            } else { // §5.3.1: the timers only
                var timers = new byte[8];
                Wire.put48(timers, 0, now);
                Wire.put16(timers, 6, fudge);
                mac.update(timers);
            }
            return mac.doFinal();
        }
    }
}
