package tayori.domainkeys;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tayori.dkim.BodyHasher;
import tayori.dkim.KeyLookups;
import tayori.dkim.KeyRecord;
import tayori.dkim.KeyRecords;
import tayori.dkim.TagList;
import tayori.dkim.VerificationKey;
import tayori.dns.ALabels;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DomainName;
import tayori.domainkeys.DomainKeyResult.Outcome;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

/// The verification of one message, between its header and the end of its body. Not thread-safe.
public final class DomainKeyVerification {
    /// Most signatures looked at, the topmost first; others are passed over. Each hashes the body anew. Unit: fields.
    static final int MAX_SIGNATURES = 4;

    /// Most bits of a key. Unit: bits.
    static final int MAX_RSA_BITS = 4096;

    /// `DigestInfo` of SHA-1 without the hash itself. RFC 8017 §9.2 note 1.
    private static final byte[] SHA1_DIGEST_INFO = {
        0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 0x14
    };

    /// The address that a signature speaks for: that of Sender, else that of From. RFC 4870 §3.1.
    private record SendingAddress(String localPart, DomainName domain) {}

    /// A signature whose hash is being taken, or the result that stands already.
    private sealed interface Candidate {
        record Decided(DomainKeyResult result) implements Candidate {}

        record Waiting(
                TagList tags, DomainName keyName, SendingAddress sender, DomainKeyDigest digest)
                implements Candidate {}
    }

    private final BodyHasher body;
    private final KeyRecords keys;
    private final KeyLookups lookups;
    private final List<Candidate> candidates = new ArrayList<>(1);

    DomainKeyVerification(MessageHead head, BodyHasher body, Dns dns, KeyRecords keys) {
        this.body = body;
        this.keys = keys;
        this.lookups = new KeyLookups(dns);
        var fields = head.fields();
        for (int i = 0; i < fields.size() && candidates.size() < MAX_SIGNATURES; i++) {
            if (fields.get(i).key().equals("domainkey-signature")) {
                var below = fields.subList(i + 1, fields.size());
                candidates.add(candidate(fields.get(i), below));
            }
        }
    }

    private Candidate candidate(HeaderField field, List<HeaderField> below) {
        var tags = TagList.parse(field.raw(), field.colon() + 1);
        var objection = objectionTo(tags);
        if (objection != null) {
            return decided(tags, Outcome.NEUTRAL, objection);
        }
        var domain = ALabels.toDomainName(tags.utf8("d").orElse(""));
        var keyName = domain.flatMap(name -> name.below(tags.utf8("s").orElse("") + "._domainkey"));
        var covered = covered(tags, below);
        var sender = sendingAddress(covered);
        if (domain.isEmpty() || keyName.isEmpty() || sender.isEmpty()) {
            return decided(tags, Outcome.NEUTRAL, "no domain name, or no sending address");
        }
        if (!sender.get().domain().isWithin(domain.get())) {
            return decided(tags, Outcome.PERMERROR, "does not speak for the sending address");
        }
        var digest = new DomainKeyDigest(tags.get("c").orElse("simple").equals("nofws"));
        covered.forEach(digest::header);
        body.tell(digest::body);
        lookups.start(keyName.get());
        return new Candidate.Waiting(tags, keyName.get(), sender.get(), digest);
    }

    /// What is wrong with the tags. RFC 4870 §3.3; `a=` and `q=`, for which it knows one value each, may be missing, as
    /// they were in the mail of the largest signer of the time.
    private static @Nullable String objectionTo(TagList tags) {
        if (tags.fault().isPresent()) {
            return tags.fault().get();
        }
        for (String name : List.of("b", "d", "s")) {
            if (tags.get(name).orElse("").isEmpty()) {
                return name + "= is missing";
            }
        }
        if (!tags.get("a").orElse("rsa-sha1").equals("rsa-sha1")) {
            return "unknown algorithm";
        }
        if (!Set.of("simple", "nofws").contains(tags.get("c").orElse("simple"))) {
            return "unknown canonicalization";
        }
        return tags.get("q").orElse("dns").equals("dns") ? null : "unknown query method";
    }

    /// The fields below the signature that it covers, in the order in which they are hashed: as `h=` lists them, all of
    /// one name together; without `h=` as they stand. RFC 4870 §3.3.
    private static List<HeaderField> covered(TagList tags, List<HeaderField> below) {
        var names = tags.compact("h");
        if (names.isEmpty()) {
            return below;
        }
        var byName = new HashMap<String, List<HeaderField>>();
        for (var field : below) {
            byName.computeIfAbsent(field.key(), _ -> new ArrayList<>(1)).add(field);
        }
        var covered = new ArrayList<HeaderField>();
        for (String name : names.get().toLowerCase(Locale.ROOT).split(":", -1)) {
            var fields = byName.remove(name);
            if (fields != null) {
                covered.addAll(fields);
            }
        }
        return covered;
    }

    /// A Sender or From that is not covered says nothing about the signature; anybody may have put it there.
    private static Optional<SendingAddress> sendingAddress(List<HeaderField> covered) {
        return first(covered, "sender")
                .or(() -> first(covered, "from"))
                .flatMap(DomainKeyVerification::address);
    }

    private static Optional<HeaderField> first(List<HeaderField> fields, String key) {
        for (var field : fields) {
            if (field.key().equals(key)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /// The address of a field, read as simply as mail of that time was written.
    private static Optional<SendingAddress> address(HeaderField field) {
        String text = field.unfolded();
        int close = text.lastIndexOf('>');
        int open = close < 0 ? -1 : text.lastIndexOf('<', close);
        String address = open < 0 ? text : text.substring(open + 1, close);
        int at = address.lastIndexOf('@');
        if (at < 0) {
            return Optional.empty();
        }
        int end = at + 1;
        while (end < address.length() && !Character.isWhitespace(address.charAt(end))) {
            end++;
        }
        return ALabels.toDomainName(address.substring(at + 1, end))
                .map(domain -> new SendingAddress(address.substring(0, at).strip(), domain));
    }

    /// Waits for the keys and verifies. The body has ended.
    ///
    /// @return a result for each signature, topmost first; nothing for a message without
    public List<DomainKeyResult> finish() {
        body.finish();
        var results = new ArrayList<DomainKeyResult>(candidates.size());
        for (var candidate : candidates) {
            results.add(
                    switch (candidate) {
                        case Candidate.Decided(var result) -> result;
                        case Candidate.Waiting waiting -> verify(waiting);
                    });
        }
        return results;
    }

    private DomainKeyResult verify(Candidate.Waiting waiting) {
        var answer = lookups.await(waiting.keyName());
        if (answer instanceof DnsAnswer.Failed(_, var detail)) {
            return result(waiting.tags(), Outcome.TEMPERROR, detail);
        }
        if (answer.texts().isEmpty()) {
            return result(waiting.tags(), Outcome.PERMERROR, "no key in the DNS");
        }
        String text = answer.texts().getFirst();
        if (!(keys.read(text) instanceof KeyRecord.Usable usable)
                || !(usable.key() instanceof VerificationKey.Rsa(RSAPublicKey key, int bits))
                || bits > MAX_RSA_BITS) {
            return result(waiting.tags(), Outcome.PERMERROR, "no RSA key in the key record");
        }
        String granularity = TagList.parse(text).get("g").orElse("");
        if (!granularity.isEmpty()
                && !granularity.equals("*")
                && !granularity.equals(waiting.sender().localPart())) {
            return result(waiting.tags(), Outcome.PERMERROR, "the key is for another address");
        }
        boolean good = isSignatureOf(waiting.digest().finish(), waiting.tags(), key);
        return good
                ? result(waiting.tags(), Outcome.PASS, bits + "-bit key, rsa-sha1")
                : result(waiting.tags(), Outcome.FAIL, "signature did not verify");
    }

    /// PKCS#1 v1.5 over a hash that is there already, which Java's own signatures do not offer. RFC 8017 §8.2.2.
    private static boolean isSignatureOf(byte[] hash, TagList tags, RSAPublicKey key) {
        byte[] signature = tags.base64("b").orElse(new byte[0]);
        int length = (key.getModulus().bitLength() + 7) / 8;
        if (signature.length != length || length < hash.length + SHA1_DIGEST_INFO.length + 11) {
            return false;
        }
        var expected = new byte[length];
        Arrays.fill(expected, (byte) 0xff);
        int hashAt = length - hash.length;
        int infoAt = hashAt - SHA1_DIGEST_INFO.length;
        expected[0] = 0;
        expected[1] = 1;
        expected[infoAt - 1] = 0;
        System.arraycopy(SHA1_DIGEST_INFO, 0, expected, infoAt, SHA1_DIGEST_INFO.length);
        System.arraycopy(hash, 0, expected, hashAt, hash.length);
        var number = new BigInteger(1, signature);
        if (number.compareTo(key.getModulus()) >= 0) {
            return false;
        }
        byte[] opened = number.modPow(key.getPublicExponent(), key.getModulus()).toByteArray();
        var padded = new byte[length];
        int skip = Math.max(0, opened.length - length);
        System.arraycopy(opened, skip, padded, length - opened.length + skip, opened.length - skip);
        return MessageDigest.isEqual(padded, expected);
    }

    private static Candidate decided(TagList tags, Outcome outcome, String text) {
        return new Candidate.Decided(result(tags, outcome, text));
    }

    private static DomainKeyResult result(TagList tags, Outcome outcome, String text) {
        return new DomainKeyResult(
                outcome, tags.utf8("d").orElse(""), tags.utf8("s").orElse(""), text);
    }
}
