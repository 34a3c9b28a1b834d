package tayori.arc;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tayori.authres.AuthenticationResults;
import tayori.dkim.BodyHasher;
import tayori.dkim.BodyHasher.BodyHash;
import tayori.dkim.Canonicalization;
import tayori.dkim.FieldSelection;
import tayori.dkim.SignedInput;
import tayori.dkim.TagList;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

/// The sealing of one message, between its header and the end of its body. Not thread-safe.
public final class ArcSealing {
    private static final int MARGIN = 78;

    /// A space, not a tab: dkimpy, which many lists run, looks for ` i=1;` with a space in the field as it came.
    private static final String FOLD = "\r\n ";

    private final ArcSealer sealer;
    private final MessageHead head;
    private final BodyHasher body;
    private final BodyHash bodyHash;
    private final ArcChain chain;

    ArcSealing(ArcSealer sealer, MessageHead head, BodyHasher body) {
        this.sealer = sealer;
        this.head = head;
        this.body = body;
        this.bodyHash = body.want(Canonicalization.RELAXED, sealer.algorithm().hash());
        this.chain = ArcChain.read(head);
    }

    /// Makes the set. The body has ended; [BodyHasher#finish] is called where nobody has.
    ///
    /// A chain that ends in failure is left alone, and so is one that has no room or whose state is not what `status`
    /// says: sealing it would only add noise (RFC 8617 §5.1, §5.1.2).
    ///
    /// @param results what we found, `arc` among it
    /// @param status what our verifier said of the chain that is there
    public ArcSeal finish(AuthenticationResults results, ChainStatus status) {
        body.finish();
        if (chain.endsInFailure()) {
            return new ArcSeal.Refused("the chain ends in failure already");
        }
        if (chain.instances() >= ArcChain.MAX_INSTANCES) {
            return new ArcSeal.Refused("the chain has no room for another set");
        }
        boolean fits =
                switch (status) {
                    case NONE -> chain.isEmpty();
                    case PASS -> chain.fault() == null && !chain.isEmpty();
                    case FAIL -> !chain.isEmpty();
                };
        if (!fits) {
            return new ArcSeal.Refused("the chain is not what cv=" + status.word() + " says");
        }
        return seal(results, status, chain.instances() + 1);
    }

    private ArcSeal seal(AuthenticationResults results, ChainStatus status, int instance) {
        String prefix = "i=" + instance + "; ";
        int column = ArcChain.RESULTS.length() + 2 + prefix.length();
        var aar = HeaderField.of(ArcChain.RESULTS, prefix + results.payload(column));
        long now = sealer.now();
        var signature = messageSignature(instance, now);
        var input = new SignedInput(Canonicalization.RELAXED);
        // RFC 8617 §5.1.2: a failed chain is not covered, as if ours were the only set
        if (status != ChainStatus.FAIL) {
            for (var set : chain.sets()) {
                input.add(set.results()).add(set.messageSignature()).add(set.seal());
            }
        }
        input.add(aar).add(signature);
        var seal = seal(input, status, instance, now);
        return new ArcSeal.Sealed(instance, List.of(seal, signature, aar));
    }

    private HeaderField messageSignature(int instance, long now) {
        var names = new ArrayList<String>();
        var present = new FieldSelection(head);
        for (String name : sealer.headers()) {
            for (int i = present.count(name); i > 0; i--) {
                names.add(name);
            }
        }
        String after =
                FOLD
                        + "bh="
                        + Base64.getEncoder().encodeToString(bodyHash.digest())
                        + "; c=relaxed/relaxed;"
                        + FOLD
                        + "d="
                        + sealer.domain()
                        + ";"
                        + FOLD
                        + folded("h=", names)
                        + ";"
                        + FOLD
                        + "i="
                        + instance
                        + "; s="
                        + sealer.selector()
                        + "; t="
                        + now;
        var input = new SignedInput(Canonicalization.RELAXED);
        input.add(new FieldSelection(head).select(names));
        return signed(ArcChain.MESSAGE_SIGNATURE, input, after);
    }

    private HeaderField seal(SignedInput input, ChainStatus status, int instance, long now) {
        String after =
                FOLD
                        + "cv="
                        + status.word()
                        + "; d="
                        + sealer.domain()
                        + ";"
                        + FOLD
                        + "i="
                        + instance
                        + "; s="
                        + sealer.selector()
                        + "; t="
                        + now;
        return signed(ArcChain.SEAL, input, after);
    }

    /// The field with its `b=`, which stays on one line even where that gets long: later seals cover it, and relaxed
    /// canonicalisation does not forgive a host that unfolds and drops the space. With
    /// 4096 bits it has 684 characters, within the 998 of RFC 5322 §2.1.1. The tags stand in alphabetical order, so that
    /// seals of the same mail by different software can be compared.
    private HeaderField signed(String name, SignedInput input, String after) {
        String before = "a=" + sealer.algorithm().tag() + ";" + FOLD + "b=";
        var unsigned = HeaderField.of(name, before + ";" + after);
        input.addOwn(unsigned, TagList.parse(unsigned.raw(), unsigned.colon() + 1));
        String signature = Base64.getEncoder().encodeToString(sealer.sign(input.octets()));
        return HeaderField.of(name, before + signature + ";" + after);
    }

    /// The names with colons between them, folded after a colon where a line gets long.
    private static String folded(String start, List<String> names) {
        var text = new StringBuilder(start);
        int column = 8 + start.length();
        for (int i = 0; i < names.size(); i++) {
            String word = names.get(i) + (i + 1 < names.size() ? ":" : "");
            if (i > 0 && column + word.length() > MARGIN) {
                text.append(FOLD);
                column = 8;
            }
            text.append(word);
            column += word.length();
        }
        return text.toString();
    }
}
