package tayori.transfer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tayori.dns.DomainName;

/// Packs records into messages and sends each when it is full: one buffer, whatever the size of the zone.
///
/// Names are compressed (RFC 1035 §4.1.4) where it pays: the apex at the end of every owner, and an owner that is the same as
/// that of the record before.
final class AnswerWriter {
    /// OPT record without options. Unit: octets.
    private static final int OPT = 11;

    /// Fixed part of an Extended DNS Error: option code, length and INFO-CODE. Unit: octets. RFC 8914 §2.
    private static final int EDE = 6;

    private static final int EDE_OPTION = 15;

    private static final int NO_ERROR = -1;

    /// Offsets that a pointer reaches. RFC 1035 §4.1.4.
    private static final int POINTER_LIMIT = 0x4000;

    private static final int QR_AA = 0x8400;

    private final Query query;
    private final byte[] apex;
    private final Tsig.@Nullable Signer signer;
    private final int limit;
    private final MessageSink out;
    private final byte[] message = new byte[Wire.MAX_MESSAGE];
    private final int reserved;
    private int length;
    private int answers;
    private int apexAt;
    private String owner = "";
    private int ownerAt;
    private long records;
    private long octets;

    /// @param signer null where the query was not signed
    /// @param limit octets after which a message is sent; a record that alone is longer goes in one of its own
    AnswerWriter(
            Query query,
            DomainName apex,
            Tsig.@Nullable Signer signer,
            int limit,
            MessageSink out) {
        this.query = query;
        this.apex = Wire.name(apex);
        this.signer = signer;
        this.limit = limit;
        this.out = out;
        this.reserved = (query.withEdns() ? OPT : 0) + (signer == null ? 0 : signer.octets());
        begin(Wire.NOERROR);
    }

    private void begin(int rcode) {
        Wire.put16(message, 0, Wire.get16(query.octets(), 0));
        Wire.put16(message, 2, QR_AA | rcode);
        Wire.put16(message, 4, 1);
        Wire.put32(message, 6, 0);
        Wire.put16(message, 10, 0);
        length = query.questionEnd();
        System.arraycopy(query.octets(), Wire.HEADER, message, Wire.HEADER, length - Wire.HEADER);
        answers = 0;
        apexAt = asksForApexAsWritten() ? Wire.HEADER : -1;
        ownerAt = -1;
    }

    /// Case is kept in names of a transfer (RFC 5936 §3.4), so we point to the question only where it is written as we do.
    private boolean asksForApexAsWritten() {
        if (length != Wire.HEADER + apex.length + 4) {
            return false;
        }
        for (int i = 0; i < apex.length; i++) {
            if (message[Wire.HEADER + i] != apex[i]) {
                return false;
            }
        }
        return true;
    }

    void add(ZoneRecord record) throws IOException {
        int most = record.owner().length() + 1 + apex.length + 10 + record.data().length;
        if (length + most + reserved > limit && answers > 0) {
            send();
            begin(Wire.NOERROR);
        }
        if (length + most + reserved > Wire.MAX_MESSAGE) {
            throw new IllegalArgumentException("a record too large for any message: " + record);
        }
        putOwner(record.owner());
        Wire.put16(message, length, record.type());
        Wire.put16(message, length + 2, Wire.CLASS_IN);
        Wire.put32(message, length + 4, record.ttl());
        Wire.put16(message, length + 8, record.data().length);
        System.arraycopy(record.data(), 0, message, length + 10, record.data().length);
        length += 10 + record.data().length;
        answers++;
        records++;
    }

    private void putOwner(String name) {
        if (ownerAt >= 0 && name.equals(owner)) {
            putPointer(ownerAt);
            return;
        }
        int at = length;
        length = Wire.putLabels(name, message, length);
        if (apexAt >= 0) {
            putPointer(apexAt);
        } else {
            apexAt = length < POINTER_LIMIT ? length : -1;
            System.arraycopy(apex, 0, message, length, apex.length);
            length += apex.length;
        }
        owner = name;
        ownerAt = at < POINTER_LIMIT ? at : -1;
    }

    private void putPointer(int to) {
        Wire.put16(message, length, 0xc000 | to);
        length += 2;
    }

    /// Sends what is left.
    void finish() throws IOException {
        if (answers > 0) {
            send();
        }
    }

    private void send() throws IOException {
        Wire.put16(message, 6, answers);
        if (query.withEdns()) {
            putOpt(NO_ERROR, "");
        }
        sign();
        octets += length;
        out.send(message, length);
    }

    /// Answers without records.
    ///
    /// @param extended INFO-CODE of the Extended DNS Error (RFC 8914 §4)
    /// @param text goes with it; not about anybody's secrets
    void refuse(int rcode, int extended, String text) throws IOException {
        begin(rcode);
        Wire.put16(message, 2, 0x8000 | rcode); // not authoritative: we say nothing about the zone
        if (query.withEdns()) {
            putOpt(extended, text);
        }
        sign();
        octets += length;
        out.send(message, length);
    }

    private void putOpt(int extended, String text) {
        int option = extended == NO_ERROR ? 0 : EDE + text.length();
        message[length] = 0;
        Wire.put16(message, length + 1, Wire.TYPE_OPT);
        Wire.put16(message, length + 3, 1_232);
        Wire.put32(message, length + 5, 0);
        Wire.put16(message, length + 9, option);
        length += OPT;
        if (extended != NO_ERROR) {
            Wire.put16(message, length, EDE_OPTION);
            Wire.put16(message, length + 2, 2 + text.length());
            Wire.put16(message, length + 4, extended);
            for (int i = 0; i < text.length(); i++) {
                message[length + EDE + i] = (byte) text.charAt(i);
            }
            length += option;
        }
        Wire.put16(message, 10, Wire.get16(message, 10) + 1);
    }

    private void sign() {
        if (signer != null) {
            length = signer.sign(message, length);
        }
    }

    long records() {
        return records;
    }

    long octets() {
        return octets;
    }
}
