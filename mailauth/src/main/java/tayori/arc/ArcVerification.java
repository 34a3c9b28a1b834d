package tayori.arc;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tayori.arc.ArcSignature.Reading;
import tayori.dkim.BodyHasher;
import tayori.dkim.BodyHasher.BodyHash;
import tayori.dkim.Canonicalization;
import tayori.dkim.FieldSelection;
import tayori.dkim.KeyLookups;
import tayori.dkim.KeyRecord;
import tayori.dkim.KeyRecords;
import tayori.dkim.SignedInput;
import tayori.dkim.VerificationKey;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer.Failed;
import tayori.message.MessageHead;

/// The verification of one message's chain, between its header and the end of its body. Not thread-safe.
public final class ArcVerification {
    /// Most TXT records tried for one key. Unit: records.
    static final int MAX_KEY_RECORDS = 4;

    /// A message signature that waits for its key and the end of the body.
    ///
    /// @param bodyHashes one for each canonicalisation to try
    private record Waiting(ArcSignature signature, List<BodyHash> bodyHashes) {}

    /// Why one signature does not verify.
    private record Trouble(ArcReason reason, String text) {}

    private final MessageHead head;
    private final BodyHasher body;
    private final ArcOptions options;
    private final KeyRecords keys;
    private final KeyLookups lookups;
    private final ArcChain chain;
    private final List<ArcSignature> seals = new ArrayList<>();
    private final List<Waiting> messageSignatures = new ArrayList<>();
    private @Nullable ArcResult decided;
    private @Nullable FieldSelection selection;

    ArcVerification(
            MessageHead head,
            BodyHasher body,
            Dns dns,
            Instant now,
            ArcOptions options,
            KeyRecords keys,
            ArcChain chain) {
        this.head = head;
        this.body = body;
        this.options = options;
        this.keys = keys;
        this.lookups = new KeyLookups(dns);
        this.chain = chain;
        if (chain.isEmpty()) {
            decided = new ArcResult.None();
        } else if (chain.fault() != null) {
            decided = chain.fault();
        } else {
            decided = readSignatures(now);
        }
        if (decided == null) {
            seals.forEach(seal -> lookups.start(seal.keyName()));
            messageSignatures.forEach(waiting -> lookups.start(waiting.signature().keyName()));
        }
    }

    /// Reads the seals and the message signatures that will be verified, newest first.
    ///
    /// @return a result where one of those that must verify cannot
    private ArcResult.@Nullable Fail readSignatures(Instant now) {
        for (var set : chain.sets()) {
            switch (ArcSignature.readSeal(set.seal(), set.sealTags())) {
                case Reading.Good(var seal) -> seals.add(seal);
                case Reading.Bad(var reason, var text) -> {
                    return fail(reason, "seal of i=" + set.instance() + ": " + text);
                }
            }
        }
        var newestFirst = chain.sets().reversed();
        for (int i = 0; i < newestFirst.size() && i <= options.oldestPassDepth(); i++) {
            var set = newestFirst.get(i);
            switch (ArcSignature.readMessageSignature(set.messageSignature(), set.messageTags())) {
                case Reading.Good(var signature) -> {
                    if (i == 0 && isExpired(signature, now)) {
                        return fail(ArcReason.EXPIRED, "message signature expired");
                    }
                    messageSignatures.add(new Waiting(signature, want(signature)));
                }
                case Reading.Bad(var reason, var text) -> {
                    // only the newest one counts; an older one only ends the search for the oldest
                    return i > 0 ? null : fail(reason, "message signature: " + text);
                }
            }
        }
        return null;
    }

    private boolean isExpired(ArcSignature signature, Instant now) {
        return signature.expiresAt().isPresent()
                && now.minus(options.clockSkew()).getEpochSecond()
                        > signature.expiresAt().getAsLong();
    }

    private List<BodyHash> want(ArcSignature signature) {
        var hashes = new ArrayList<BodyHash>(2);
        for (var canonicalization : signature.canonicalizations()) {
            hashes.add(
                    body.want(
                            canonicalization.body(),
                            signature.algorithm().hash(),
                            signature.bodyLimit()));
        }
        return hashes;
    }

    /// Waits for the keys and verifies. The body has ended; [BodyHasher#finish] is called where nobody has.
    public ArcResult finish() {
        body.finish();
        if (decided == null) {
            decided = verify();
        }
        return decided;
    }

    private ArcResult verify() {
        var trouble = verifyMessage(messageSignatures.getFirst());
        if (trouble != null) {
            return fail(trouble.reason(), "message signature: " + trouble.text());
        }
        for (int i = seals.size() - 1; i >= 0; i--) {
            trouble = verifySeal(i);
            if (trouble != null) {
                return fail(trouble.reason(), "seal of i=" + (i + 1) + ": " + trouble.text());
            }
        }
        return new ArcResult.Pass(chain.instances(), oldestPass(), chain.hops());
    }

    /// RFC 8617 §5.2 step 5; done last, as it only matters for a chain that passes.
    private int oldestPass() {
        int newest = chain.instances();
        int passed = 1;
        while (passed < messageSignatures.size()
                && verifyMessage(messageSignatures.get(passed)) == null) {
            passed++;
        }
        return passed == newest ? 0 : newest - passed + 1;
    }

    private @Nullable Trouble verifyMessage(Waiting waiting) {
        var trouble = new Trouble(ArcReason.BODY_HASH_MISMATCH, "body hash did not verify");
        for (int i = 0; i < waiting.bodyHashes().size(); i++) {
            var bodyHash = waiting.bodyHashes().get(i);
            var signature = waiting.signature();
            if (!bodyHash.bodyTooShort()
                    && MessageDigest.isEqual(bodyHash.digest(), signature.bodyHash())) {
                var header = signature.canonicalizations().get(i).header();
                trouble = verifyHeader(signature, header);
                if (trouble == null) {
                    return null;
                }
            }
        }
        return trouble;
    }

    private @Nullable Trouble verifyHeader(ArcSignature signature, Canonicalization header) {
        var fields = selection;
        if (fields == null) {
            fields = new FieldSelection(head);
            selection = fields;
        }
        var input =
                new SignedInput(header)
                        .add(fields.select(signature.signedNames(), signature.field()))
                        .addOwn(signature.field(), signature.tags());
        return verify(signature, input, ArcReason.MESSAGE_SIGNATURE_MISMATCH);
    }

    /// A seal covers all sets up to its own, in order (RFC 8617 §5.1.1).
    private @Nullable Trouble verifySeal(int index) {
        var input = new SignedInput(Canonicalization.RELAXED);
        for (int i = 0; i <= index; i++) {
            var set = chain.sets().get(i);
            input.add(set.results()).add(set.messageSignature());
            if (i < index) {
                input.add(set.seal());
            }
        }
        var seal = seals.get(index);
        return verify(seal, input.addOwn(seal.field(), seal.tags()), ArcReason.SEAL_MISMATCH);
    }

    private @Nullable Trouble verify(
            ArcSignature signature, SignedInput input, ArcReason mismatch) {
        var answer = lookups.await(signature.keyName());
        if (answer instanceof Failed(_, var detail)) {
            return new Trouble(ArcReason.KEY_LOOKUP_FAILED, detail);
        }
        var texts = answer.texts();
        var trouble = new Trouble(ArcReason.KEY_UNUSABLE, "no key in the DNS");
        byte[] octets = input.octets();
        for (int i = 0; i < texts.size() && i < MAX_KEY_RECORDS; i++) {
            var record = keys.read(texts.get(i));
            if (!(record instanceof KeyRecord.Usable usable) || !isFit(usable, signature)) {
                trouble = new Trouble(ArcReason.KEY_UNUSABLE, "the key is of no use here");
            } else if (keys.crypto()
                    .verify(signature.algorithm(), usable.key(), octets, signature.signature())) {
                return null;
            } else {
                trouble = new Trouble(mismatch, "did not verify");
            }
        }
        return trouble;
    }

    private boolean isFit(KeyRecord.Usable record, ArcSignature signature) {
        boolean size =
                !(record.key() instanceof VerificationKey.Rsa(_, int bits))
                        || (bits >= options.minRsaBits() && bits <= options.maxRsaBits());
        return size
                && record.key().type().equals(signature.algorithm().keyType())
                && record.allows(signature.algorithm().hash())
                && record.forMail();
    }

    private ArcResult.Fail fail(ArcReason reason, String text) {
        return new ArcResult.Fail(reason, text, chain.instances(), chain.hops());
    }
}
