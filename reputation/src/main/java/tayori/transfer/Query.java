package tayori.transfer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tayori.dns.DomainName;

/// What there is to know of a query before it is answered: its question, and where the records stand that matter.
///
/// @param octets the message; not changed
/// @param questionEnd where the question ends
/// @param clientSerial of the SOA in the authority section, as an IXFR has one (RFC 1995 §3); -1 without
/// @param withEdns whether it has an OPT record, so that the answer may (RFC 6891 §6.1.1)
/// @param tsigAt where its TSIG record begins, or -1
// Never compared, never changed: an array is what both ends want.
@SuppressWarnings("ArrayRecordComponent")
record Query(
        byte[] octets,
        DomainName name,
        int type,
        int questionEnd,
        long clientSerial,
        boolean withEdns,
        int tsigAt) {
    /// Most records besides the question. Unit: records; a transfer has a SOA, an OPT and a TSIG.
    static final int MAX_RECORDS = 16;

    private static final int RECORD_FIXED = 10;

    /// @return null for anything but a well-formed query with one question
    static @Nullable Query read(byte[] octets, int length) {
        if (length < Wire.HEADER
                || (octets[2] & 0xf8) != 0 // a response, or another opcode
                || Wire.get16(octets, 4) != 1) {
            return null;
        }
        var name = Wire.readName(octets, length, Wire.HEADER);
        int nameEnd = Wire.skipName(octets, length, Wire.HEADER);
        if (name == null || nameEnd < 0 || nameEnd + 4 > length) {
            return null;
        }
        if (Wire.get16(octets, nameEnd + 2) != Wire.CLASS_IN) {
            return null;
        }
        return readRecords(octets, length, name, nameEnd);
    }

    private static @Nullable Query readRecords(
            byte[] octets, int length, DomainName name, int nameEnd) {
        int authority = Wire.get16(octets, 6) + Wire.get16(octets, 8);
        int records = authority + Wire.get16(octets, 10);
        if (records > MAX_RECORDS) {
            return null;
        }
        long serial = -1;
        boolean edns = false;
        int tsigAt = -1;
        int at = nameEnd + 4;
        for (int i = 0; i < records; i++) {
            int fixed = Wire.skipName(octets, length, at);
            if (tsigAt >= 0 || fixed < 0 || fixed + RECORD_FIXED > length) {
                return null; // a TSIG is the last record (RFC 8945 §5.1)
            }
            int type = Wire.get16(octets, fixed);
            int end = fixed + RECORD_FIXED + Wire.get16(octets, fixed + 8);
            if (end > length) {
                return null;
            }
            boolean additional = i >= authority;
            if (type == Wire.TYPE_TSIG) {
                if (!additional) {
                    return null;
                }
                tsigAt = at;
            } else if (type == Wire.TYPE_OPT) {
                edns |= additional;
            } else if (type == Wire.TYPE_SOA && !additional) {
                serial = serial(octets, fixed + RECORD_FIXED, end);
                if (serial < 0) {
                    return null;
                }
            }
            at = end;
        }
        if (at != length) {
            return null;
        }
        return new Query(
                Arrays.copyOf(octets, length),
                name,
                Wire.get16(octets, nameEnd),
                nameEnd + 4,
                serial,
                edns,
                tsigAt);
    }

    private static long serial(byte[] octets, int from, int end) {
        int primary = Wire.skipName(octets, end, from);
        int mailbox = primary < 0 ? -1 : Wire.skipName(octets, end, primary);
        return mailbox < 0 || mailbox + 20 != end ? -1 : Wire.get32(octets, mailbox);
    }
}
