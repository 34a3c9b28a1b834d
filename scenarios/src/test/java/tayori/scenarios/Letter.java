package tayori.scenarios;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tayori.dkim.BodyHasher;
import tayori.dkim.Canonicalization;
import tayori.dkim.DkimSigner;
import tayori.dkim.SigningOptions;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

/// A message as its author's server sends it: fields, a body, perhaps signatures. Each method gives a new letter.
final class Letter {
    private final List<HeaderField> fields;
    private final byte[] body;

    Letter(List<HeaderField> fields, byte[] body) {
        this.fields = List.copyOf(fields);
        this.body = body;
    }

    List<HeaderField> fields() {
        return fields;
    }

    byte[] body() {
        return body;
    }

    /// An ordinary small letter.
    ///
    /// @param author the address in From
    /// @param to the address in To, which the tests also know the mail by
    static Letter from(String author, String to) {
        return new Letter(List.of(), new byte[0])
                .with("From", "An Author <" + author + ">")
                .with("To", "<" + to + ">")
                .with("Subject", "A letter")
                .with("Date", "Sun, 22 Nov 2026 10:00:00 +0000")
                .with(
                        "Message-ID",
                        "<" + to + ".1@" + author.substring(author.indexOf('@') + 1) + ">")
                .withBody("Dear reader,\r\n\r\n.a line that begins with a dot\r\n\r\nYours\r\n");
    }

    /// One more field, below the others.
    Letter with(String name, String value) {
        return with(HeaderField.of(name, value));
    }

    Letter with(HeaderField field) {
        var more = new ArrayList<>(fields);
        more.add(field);
        return new Letter(more, body);
    }

    /// One more field, above the others, as every host adds them.
    Letter withOnTop(String name, String value) {
        var more = new ArrayList<HeaderField>();
        more.add(HeaderField.of(name, value));
        more.addAll(fields);
        return new Letter(more, body);
    }

    /// @param text lines ending in CRLF
    Letter withBody(String text) {
        return withBody(text.getBytes(StandardCharsets.UTF_8));
    }

    Letter withBody(byte[] octets) {
        return new Letter(fields, octets);
    }

    /// A signature for each key on top.
    Letter signedWith(DkimSigner.Key... keys) {
        return signed(SigningOptions.DEFAULTS, keys);
    }

    /// The same without forgiveness: `c=simple/simple`, so that every octet counts.
    Letter signedStrictlyWith(DkimSigner.Key key) {
        var options =
                new SigningOptions(
                        Canonicalization.Pair.SIMPLE_SIMPLE,
                        List.of("from", "to", "subject", "x-tight", "x-wide", "x-folded"),
                        Set.of("from"),
                        Optional.empty());
        return signed(options, key);
    }

    private Letter signed(SigningOptions options, DkimSigner.Key... keys) {
        var hasher = new BodyHasher();
        var signer = new DkimSigner(List.of(keys), options, InstantSource.system());
        var signing = signer.begin(new MessageHead(fields), hasher);
        hasher.update(body, 0, body.length);
        var signed = new ArrayList<HeaderField>(signing.finish());
        signed.addAll(fields);
        return new Letter(signed, body);
    }

    /// The whole message, line ends CRLF.
    byte[] octets() {
        var out = new ByteArrayOutputStream(body.length + 4_096);
        for (var field : fields) {
            out.writeBytes(field.raw());
            out.writeBytes(new byte[] {'\r', '\n'});
        }
        out.writeBytes(new byte[] {'\r', '\n'});
        out.writeBytes(body);
        return out.toByteArray();
    }
}
