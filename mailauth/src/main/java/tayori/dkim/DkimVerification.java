package tayori.dkim;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tayori.dkim.BodyHasher.BodyHash;
import tayori.dkim.DkimSignature.Reading;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DnsAnswer.Failed;
import tayori.dns.DomainName;
import tayori.message.MessageHead;

/// The verification of one message, between its header and the end of its body. Not thread-safe.
public final class DkimVerification {
    /// Most signature fields read; those below get [DkimReason#TOO_MANY_SIGNATURES] unread. Unit: fields.
    static final int MAX_SIGNATURE_FIELDS = 64;

    /// Most TXT records tried for one key. There should be one; RFC 6376 §3.6.2.2 leaves more undefined, and domains that
    /// change a key or its type do publish two. Unit: records.
    static final int MAX_KEY_RECORDS = 4;

    /// A signature that waits for its key and the end of the body, or a result that stands already.
    private sealed interface Candidate {
        record Decided(DkimResult result) implements Candidate {}

        record Waiting(DkimSignature signature, BodyHash bodyHash) implements Candidate {}
    }

    private final MessageHead head;
    private final BodyHasher body;
    private final DkimOptions options;
    private final KeyRecords keys;
    private final KeyLookups lookups;
    private final List<Candidate> candidates = new ArrayList<>(4);
    private @Nullable FieldSelection selection;

    DkimVerification(
            MessageHead head,
            BodyHasher body,
            Dns dns,
            Instant now,
            DkimOptions options,
            KeyRecords keys) {
        this.head = head;
        this.body = body;
        this.options = options;
        this.keys = keys;
        this.lookups = new KeyLookups(dns);
        int waiting = 0;
        for (var field : head.fields()) {
            if (!field.key().equals("dkim-signature")) {
                continue;
            }
            if (candidates.size() >= MAX_SIGNATURE_FIELDS) {
                candidates.add(new Candidate.Decided(tooMany(SignatureFacts.UNKNOWN)));
                continue;
            }
            switch (DkimSignature.read(field, options, now)) {
                case Reading.Bad(var result) -> candidates.add(new Candidate.Decided(result));
                case Reading.Good(var signature) -> {
                    if (waiting < options.maxSignatures()) {
                        waiting++;
                        await(signature);
                    } else {
                        candidates.add(new Candidate.Decided(tooMany(signature.facts())));
                    }
                }
            }
        }
    }

    /// The domains of the signatures that are being verified, topmost first; none of them has proved anything yet.
    public List<DomainName> signers() {
        var signers = new ArrayList<DomainName>(candidates.size());
        for (var candidate : candidates) {
            if (candidate instanceof Candidate.Waiting(var signature, _)) {
                signature.facts().domainName().ifPresent(signers::add);
            }
        }
        return signers;
    }

    private void await(DkimSignature signature) {
        lookups.start(signature.keyName());
        OptionalLong limit = signature.facts().bodyLimit();
        var hash =
                body.want(signature.canonicalization().body(), signature.algorithm().hash(), limit);
        candidates.add(new Candidate.Waiting(signature, hash));
    }

    private static DkimResult tooMany(SignatureFacts facts) {
        return new DkimResult.Policy(
                facts, DkimReason.TOO_MANY_SIGNATURES, "not verified: too many signatures");
    }

    /// Waits for the keys and verifies. The body has ended; [BodyHasher#finish] is called where nobody has.
    ///
    /// @return a result for each signature, topmost first; [DkimResult.None] alone where there is no signature
    public List<DkimResult> finish() {
        body.finish();
        if (candidates.isEmpty()) {
            return List.of(new DkimResult.None());
        }
        var results = new ArrayList<DkimResult>(candidates.size());
        for (var candidate : candidates) {
            results.add(
                    switch (candidate) {
                        case Candidate.Decided(var result) -> result;
                        case Candidate.Waiting(var signature, var hash) -> verify(signature, hash);
                    });
        }
        return results;
    }

    private DkimResult verify(DkimSignature signature, BodyHash hash) {
        var facts = signature.facts().withOctetsBeyond(hash.octetsBeyond());
        DnsAnswer answer = lookups.await(signature.keyName());
        if (answer instanceof Failed(_, var detail)) {
            return new DkimResult.TempError(facts, DkimReason.KEY_LOOKUP_FAILED, detail);
        }
        List<String> texts = answer.texts();
        DkimResult result =
                new DkimResult.PermError(facts, DkimReason.KEY_NOT_FOUND, "no key in the DNS");
        for (int i = 0; i < texts.size() && i < MAX_KEY_RECORDS; i++) {
            var next = verify(signature, hash, facts, keys.read(texts.get(i)));
            if (next instanceof DkimResult.Pass) {
                return next;
            }
            if (i == 0 || next instanceof DkimResult.Fail) {
                result = next;
            }
        }
        return result;
    }

    private DkimResult verify(
            DkimSignature signature, BodyHash hash, SignatureFacts without, KeyRecord record) {
        if (!(record instanceof KeyRecord.Usable usable)) {
            var unusable = (KeyRecord.Unusable) record;
            return new DkimResult.PermError(
                    without.withKey(OptionalInt.empty(), unusable.testing()),
                    unusable.reason(),
                    unusable.text());
        }
        int bits = usable.key().bits();
        var facts = without.withKey(OptionalInt.of(bits), usable.testing());
        var objection = objectionTo(signature, facts, usable);
        if (objection != null) {
            return objection;
        }
        if (hash.bodyTooShort()) {
            return new DkimResult.Fail(
                    facts, DkimReason.BODY_TOO_SHORT, "l= is longer than the body");
        }
        if (!MessageDigest.isEqual(hash.digest(), signature.bodyHash())) {
            return new DkimResult.Fail(
                    facts, DkimReason.BODY_HASH_MISMATCH, "body hash did not verify");
        }
        byte[] input = signedInput(signature);
        if (!keys.crypto()
                .verify(signature.algorithm(), usable.key(), input, signature.signature())) {
            return new DkimResult.Fail(
                    facts, DkimReason.SIGNATURE_MISMATCH, "signature did not verify");
        }
        return new DkimResult.Pass(facts, bits + "-bit key");
    }

    /// What speaks against this key for this signature. RFC 6376 §6.1.2.
    private @Nullable DkimResult objectionTo(
            DkimSignature signature, SignatureFacts facts, KeyRecord.Usable record) {
        if (!record.key().type().equals(signature.algorithm().keyType())) {
            return new DkimResult.PermError(
                    facts, DkimReason.KEY_TYPE_MISMATCH, "a= and the key do not belong together");
        }
        if (!record.allows(signature.algorithm().hash())) {
            return new DkimResult.PermError(
                    facts, DkimReason.KEY_FORBIDS_HASH, "the key record forbids this hash");
        }
        if (!record.forMail()) {
            return new DkimResult.PermError(
                    facts, DkimReason.KEY_NOT_FOR_MAIL, "the key is not for mail");
        }
        if (record.exactDomain() && signature.identityBelowDomain()) {
            return new DkimResult.PermError(
                    facts,
                    DkimReason.KEY_FORBIDS_SUBDOMAIN,
                    "the key does not sign for subdomains");
        }
        if (record.key() instanceof VerificationKey.Rsa(_, int bits)) {
            if (bits < options.minRsaBits()) {
                return new DkimResult.Policy(
                        facts, DkimReason.KEY_TOO_SMALL, "key of " + bits + " bits is too small");
            }
            if (bits > options.maxRsaBits()) {
                return new DkimResult.Policy(
                        facts, DkimReason.KEY_TOO_LARGE, "key of " + bits + " bits is too large");
            }
        }
        return null;
    }

    private byte[] signedInput(DkimSignature signature) {
        var fields = selection;
        if (fields == null) {
            fields = new FieldSelection(head);
            selection = fields;
        }
        return new SignedInput(signature.canonicalization().header())
                .add(fields.select(signature.facts().signedNames(), signature.field()))
                .addOwn(signature.field(), signature.tags())
                .octets();
    }
}
