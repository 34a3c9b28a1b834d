package tayori.arc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tayori.dkim.BodyHasher;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

/// A test mail taken apart.
///
/// @param body one char per octet
record ArcMail(MessageHead head, String body) {
    /// @param text with CRLF
    static ArcMail of(byte[] text) {
        String all = new String(text, StandardCharsets.ISO_8859_1);
        int blank = all.startsWith("\r\n") ? 0 : all.indexOf("\r\n\r\n");
        String header = blank < 0 ? all : all.substring(0, blank);
        int bodyAt = blank < 0 ? all.length() : blank == 0 ? 2 : blank + 4;
        var fields = new ArrayList<HeaderField>();
        var field = new StringBuilder();
        for (var line : header.split("\r\n", -1)) {
            boolean folded = line.startsWith(" ") || line.startsWith("\t");
            if (!folded) {
                add(fields, field);
                field.setLength(0);
            } else {
                field.append("\r\n");
            }
            field.append(line);
        }
        add(fields, field);
        return new ArcMail(new MessageHead(fields), all.substring(bodyAt));
    }

    static ArcMail ofLf(String text) {
        return of(
                text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void add(List<HeaderField> fields, CharSequence field) {
        if (field.toString().indexOf(':') > 0) {
            fields.add(HeaderField.ofRaw(field.toString().getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    ArcMail withOnTop(List<HeaderField> more) {
        var fields = new ArrayList<>(more);
        fields.addAll(head.fields());
        return new ArcMail(new MessageHead(fields), body);
    }

    ArcMail withBody(String text) {
        return new ArcMail(head, text);
    }

    ArcResult verify(ArcVerifier verifier) {
        var hasher = new BodyHasher();
        var verification = verifier.begin(head, hasher);
        byte[] octets = body.getBytes(StandardCharsets.ISO_8859_1);
        hasher.update(octets, 0, octets.length);
        return verification.finish();
    }

    ArcSeal seal(
            ArcSealer sealer, tayori.authres.AuthenticationResults results, ChainStatus status) {
        var hasher = new BodyHasher();
        var sealing = sealer.begin(head, hasher);
        byte[] octets = body.getBytes(StandardCharsets.ISO_8859_1);
        hasher.update(octets, 0, octets.length);
        return sealing.finish(results, status);
    }
}
