package tayori.domainkeys;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import tayori.message.HeaderField;

/// The SHA-1 of a message in one of the two canonical forms of RFC 4870 §3.4.2, taken as the message comes.
///
/// Header and body are one text: the empty line between them is a line like those at the end, which is left out where
/// nothing follows.
final class DomainKeyDigest {
    private final boolean withoutSpace;
    private final MessageDigest digest;
    private final byte[] staged = new byte[1024];
    private int stagedLength;

    /// Line ends seen and not yet written: the last may be followed by nothing. One stands for the empty line.
    private long pendingLineEnds = 1;

    private boolean pendingCr;
    private boolean bodySeen;

    /// @param withoutSpace `nofws`; else `simple`
    DomainKeyDigest(boolean withoutSpace) {
        this.withoutSpace = withoutSpace;
        try {
            this.digest = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-1", e);
        }
    }

    /// A field, in the order it stands in the header.
    void header(HeaderField field) {
        for (byte octet : field.raw()) {
            if (!withoutSpace || !isSpace(octet)) {
                write(octet);
            }
        }
        writeLineEnd();
    }

    void body(byte[] octets, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            byte octet = octets[i];
            if (octet == '\n') {
                pendingCr = false;
                pendingLineEnds++;
                continue;
            }
            if (pendingCr) {
                pendingCr = false;
                text((byte) '\r');
            }
            if (octet == '\r') {
                pendingCr = true;
            } else {
                text(octet);
            }
        }
    }

    private void text(byte octet) {
        if (withoutSpace && isSpace(octet)) {
            return;
        }
        for (; pendingLineEnds > 0; pendingLineEnds--) {
            writeLineEnd();
        }
        bodySeen = true;
        write(octet);
    }

    byte[] finish() {
        if (pendingCr) {
            text((byte) '\r');
        }
        if (bodySeen) {
            writeLineEnd();
        }
        digest.update(staged, 0, stagedLength);
        return digest.digest();
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }

    private void writeLineEnd() {
        write((byte) '\r');
        write((byte) '\n');
    }

    private void write(byte octet) {
        if (stagedLength == staged.length) {
            digest.update(staged, 0, stagedLength);
            stagedLength = 0;
        }
        staged[stagedLength++] = octet;
    }
}
