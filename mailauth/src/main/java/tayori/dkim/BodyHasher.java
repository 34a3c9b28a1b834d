package tayori.dkim;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Hashes a body while it streams past, once for all signatures. RFC 6376 §3.4.3, §3.4.4, §3.7.
///
/// First everybody says what is wanted ([#want]), then the body comes in chunks cut anywhere ([#update]), then [#finish],
/// then each [BodyHash] can be read. Each canonicalisation is done once and each hash of it is computed once, however
/// many signatures want it and however different their `l=` are: at a limit the running digest is copied. So a
/// stranger's many signatures cost at most two canonicalisations and four digests.
///
/// A line ends with CRLF. A lone LF counts as a line end too, because a signer has to turn it into CRLF before it
/// signs (RFC 6376 §5.3) and a file on a disk has nothing else; a lone CR is an octet like any other.
///
/// Not thread-safe; nothing of the body is kept but a small staging buffer for short pieces.
public final class BodyHasher {
    private final Map<Canonicalization, BodyCanonicalizer> canonicalizers =
            new EnumMap<>(Canonicalization.class);
    private final List<BodyHash> wanted = new ArrayList<>(4);
    private final List<Listener> listeners = new ArrayList<>(0);
    private long octets;
    private boolean started;
    private boolean finished;

    /// Asks for the hash of the whole body.
    public BodyHash want(Canonicalization canonicalization, HashAlgorithm algorithm) {
        return want(canonicalization, algorithm, OptionalLong.empty());
    }

    /// Asks for one hash.
    ///
    /// @param limit the `l=` of RFC 6376 §3.5: how many octets of the canonicalised body are hashed
    /// @return the same object for the same wish
    /// @throws IllegalStateException once the body has begun
    public BodyHash want(
            Canonicalization canonicalization, HashAlgorithm algorithm, OptionalLong limit) {
        if (started) {
            throw new IllegalStateException("the body has begun");
        }
        long end = limit.orElse(Long.MAX_VALUE);
        for (var hash : wanted) {
            if (hash.canonicalization() == canonicalization
                    && hash.algorithm() == algorithm
                    && hash.limit() == end) {
                return hash;
            }
        }
        var hash = new BodyHash(canonicalization, algorithm, end);
        canonicalizers
                .computeIfAbsent(canonicalization, BodyCanonicalizer::new)
                .digest(algorithm)
                .add(hash);
        wanted.add(hash);
        return hash;
    }

    /// Somebody who reads the body along with the hashes, such as DomainKeys, which has canonical forms of its own.
    @FunctionalInterface
    public interface Listener {
        /// The next piece of the body; the octets are only lent.
        void update(byte[] buffer, int offset, int length);
    }

    /// Lets somebody read along.
    ///
    /// @throws IllegalStateException once the body has begun
    public void tell(Listener listener) {
        if (started) {
            throw new IllegalStateException("the body has begun");
        }
        listeners.add(listener);
    }

    /// Takes the next piece of the body, as it comes from the wire: dots unstuffed, cut anywhere.
    public void update(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (finished) {
            throw new IllegalStateException("the body has ended");
        }
        started = true;
        octets += length;
        for (var canonicalizer : canonicalizers.values()) {
            canonicalizer.update(buffer, offset, offset + length);
        }
        for (var listener : listeners) {
            listener.update(buffer, offset, length);
        }
    }

    /// The body has ended. A second call does nothing.
    public void finish() {
        if (finished) {
            return;
        }
        started = true;
        finished = true;
        for (var canonicalizer : canonicalizers.values()) {
            canonicalizer.finish();
        }
    }

    /// How many octets of body have come so far, before any canonicalisation.
    public long octets() {
        return octets;
    }

    /// One hash that was asked for.
    public static final class BodyHash {
        private final Canonicalization canonicalization;
        private final HashAlgorithm algorithm;
        private final long limit;
        private byte @Nullable [] digest;
        private long bodyLength = -1;

        private BodyHash(Canonicalization canonicalization, HashAlgorithm algorithm, long limit) {
            this.canonicalization = canonicalization;
            this.algorithm = algorithm;
            this.limit = limit;
        }

        public Canonicalization canonicalization() {
            return canonicalization;
        }

        public HashAlgorithm algorithm() {
            return algorithm;
        }

        /// The `l=` asked for; [Long#MAX_VALUE] for the whole body. Unit: octets.
        public long limit() {
            return limit;
        }

        /// The hash.
        ///
        /// @throws IllegalStateException before the body has ended
        public byte[] digest() {
            if (digest == null) {
                throw new IllegalStateException("the body has not ended");
            }
            return digest.clone();
        }

        /// The length of the whole canonicalised body. Unit: octets.
        public long bodyLength() {
            if (bodyLength < 0) {
                throw new IllegalStateException("the body has not ended");
            }
            return bodyLength;
        }

        /// Whether `l=` counts more octets than there are: such a signature fails (RFC 6376 §3.5).
        public boolean bodyTooShort() {
            return limit != Long.MAX_VALUE && limit > bodyLength();
        }

        /// How many octets stand beyond `l=`, unsigned; 0 without `l=`.
        public long octetsBeyond() {
            return Math.max(0, bodyLength() - limit);
        }

        private boolean done() {
            return digest != null;
        }
    }

    /// One running digest over a canonicalised body, copied wherever a wanted hash ends.
    static final class RunningDigest {
        final HashAlgorithm algorithm;
        private final MessageDigest digest;
        private final List<BodyHash> hashes = new ArrayList<>(2);
        private long length;
        private long nextStop = Long.MAX_VALUE;
        private boolean endWanted;

        RunningDigest(HashAlgorithm algorithm) {
            this.algorithm = algorithm;
            this.digest = algorithm.digest();
        }

        void add(BodyHash hash) {
            hashes.add(hash);
            nextStop = Math.min(nextStop, hash.limit());
            endWanted |= hash.limit() == Long.MAX_VALUE;
        }

        void update(byte[] octets, int from, int to) {
            int at = from;
            while (to - at > nextStop - length) {
                int step = (int) (nextStop - length);
                digest.update(octets, at, step);
                at += step;
                length += step;
                stop();
            }
            if (endWanted || nextStop != Long.MAX_VALUE) {
                digest.update(octets, at, to - at);
            }
            length += to - at;
        }

        /// Copies the digest for every hash that ends here, and looks for the next end.
        private void stop() {
            long next = Long.MAX_VALUE;
            for (var hash : hashes) {
                if (hash.limit() == length) {
                    hash.digest = copyOf(digest).digest();
                } else if (!hash.done()) {
                    next = Math.min(next, hash.limit());
                }
            }
            nextStop = next;
        }

        void finish() {
            byte[] end = digest.digest();
            for (var hash : hashes) {
                hash.bodyLength = length;
                if (!hash.done()) {
                    hash.digest = end;
                }
            }
        }

        private static MessageDigest copyOf(MessageDigest digest) {
            try {
                return (MessageDigest) digest.clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError("the digests of the JDK and of Corretto can be copied", e);
            }
        }
    }
}
