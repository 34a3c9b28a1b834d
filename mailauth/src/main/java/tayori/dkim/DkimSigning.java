package tayori.dkim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tayori.dkim.BodyHasher.BodyHash;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

/// The signing of one message, between its header and the end of its body. Not thread-safe.
public final class DkimSigning {
    private static final String NAME = "DKIM-Signature";

    private final FieldSelection selection;
    private final BodyHasher body;
    private final BodyHash bodyHash;
    private final List<DkimSigner.Key> keys;
    private final SigningOptions options;
    private final Instant now;
    private final SignatureCrypto crypto;

    DkimSigning(
            MessageHead head,
            BodyHasher body,
            List<DkimSigner.Key> keys,
            SigningOptions options,
            Instant now,
            SignatureCrypto crypto) {
        this.selection = new FieldSelection(head);
        this.body = body;
        this.bodyHash = body.want(options.canonicalization().body(), HashAlgorithm.SHA256);
        this.keys = keys;
        this.options = options;
        this.now = now;
        this.crypto = crypto;
    }

    /// Signs. The body has ended; [BodyHasher#finish] is called where nobody has.
    ///
    /// @return the fields to put on top of the message, one for each key
    public List<HeaderField> finish() {
        body.finish();
        var names = names();
        var fields = new ArrayList<HeaderField>(keys.size());
        for (var key : keys) {
            fields.add(sign(key, names));
        }
        return fields;
    }

    /// `h=`: each field as often as it stands there, and the over-signed ones once more.
    private List<String> names() {
        var names = new ArrayList<String>();
        for (String name : options.signedNames()) {
            int times = selection.count(name) + (options.overSignedNames().contains(name) ? 1 : 0);
            for (int i = 0; i < times; i++) {
                names.add(name);
            }
        }
        return names;
    }

    private HeaderField sign(DkimSigner.Key key, List<String> names) {
        var text = tagsBeforeSignature(key, names);
        var unsigned = HeaderField.of(NAME, text.toString());
        byte[] input =
                new SignedInput(options.canonicalization().header())
                        .add(selection.select(names))
                        .addOwn(unsigned, TagList.parse(unsigned.raw(), unsigned.colon() + 1))
                        .octets();
        byte[] signature = crypto.sign(key.algorithm(), key.privateKey(), input);
        return HeaderField.of(NAME, text.breakable(Base64Text.encode(signature)).toString());
    }

    private FoldedText tagsBeforeSignature(DkimSigner.Key key, List<String> names) {
        var text = new FoldedText(NAME);
        text.piece("", "v=1;")
                .piece(" ", "a=" + key.algorithm().tag() + ";")
                .piece(" ", "c=" + options.canonicalization() + ";")
                .piece(" ", "d=" + key.domain() + ";")
                .piece(" ", "s=" + key.selector() + ";")
                .piece(" ", "t=" + now.getEpochSecond() + ";");
        options.validity()
                .ifPresent(validity ->
                        text.piece(" ", "x=" + now.plus(validity).getEpochSecond() + ";"));
        for (int i = 0; i < names.size(); i++) {
            boolean last = i == names.size() - 1;
            text.piece(i == 0 ? " " : "", (i == 0 ? "h=" : "") + names.get(i) + (last ? ";" : ":"));
        }
        text.piece(" ", "bh=" + Base64Text.encode(bodyHash.digest()) + ";");
        return text.piece(" ", "b=");
    }
}
