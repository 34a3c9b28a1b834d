package tayori.dns;

import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/// One question as it goes out (RFC 1035 §4.1), and the test whether a reply belongs to it.
final class WireQuestion {
    /// Largest UDP reply we ask for; fits every path without fragments. Unit: octets. RFC 9715 §3 (as DNS Flag Day 2020).
    static final int UDP_PAYLOAD = 1232;

    static final int HEADER = 12;
    private static final int OPT = 11;

    private final int id;
    private final RecordType type;
    private final byte[] octets;
    private final int questionEnd;
    private final boolean withEdns;

    WireQuestion(DomainName name, RecordType type, int id, boolean withEdns) {
        this.id = id;
        this.type = type;
        this.withEdns = withEdns;
        String text = name.equals(DomainName.ROOT) ? "" : name.toString();
        int nameOctets = text.isEmpty() ? 1 : text.length() + 2;
        this.questionEnd = HEADER + nameOctets + 4;
        this.octets = new byte[questionEnd + (withEdns ? OPT : 0)];
        put16(0, id);
        // RD: the server is to do the walking (RFC 1034 §5.3.1). AD: tell us whether the data is
        // authentic (RFC 6840
        // §5.7).
        put16(2, (1 << (15 - Flags.RD)) | (1 << (15 - Flags.AD)));
        put16(4, 1);
        putName(text);
        put16(questionEnd - 4, typeCode(type));
        put16(questionEnd - 2, org.xbill.DNS.DClass.IN);
        if (withEdns) {
            put16(10, 1);
            put16(questionEnd + 1, Type.OPT); // the root before it is one zero octet
            put16(questionEnd + 3, UDP_PAYLOAD);
            put16(
                    questionEnd + 7,
                    ExtendedFlags.DO); // some resolvers report AD only to those who ask for DNSSEC
        }
    }

    private void put16(int at, int value) {
        octets[at] = (byte) (value >> 8);
        octets[at + 1] = (byte) value;
    }

    private void putName(String text) {
        int length = HEADER;
        int at = HEADER + 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                octets[length] = (byte) (at - length - 1);
                length = at++;
            } else {
                octets[at++] = (byte) c; // a DomainName is ASCII
            }
        }
        octets[length] = (byte) (at - length - 1);
    }

    /// The message as it is sent; not to be changed.
    byte[] octets() {
        return octets;
    }

    RecordType type() {
        return type;
    }

    boolean withEdns() {
        return withEdns;
    }

    /// Whether this is the reply to this question: same id, a response, the same question (RFC 5452 §9.1). Case is not
    /// compared: we ask in lower case, and some servers repeat names as they are written in their zone.
    ///
    /// A reply that reports an error may leave the question out, as servers do that could not read it.
    boolean isAnsweredBy(byte[] reply, int length) {
        if (length < HEADER
                || (((reply[0] & 0xff) << 8) | (reply[1] & 0xff)) != id
                || (reply[2] & 0xf8) != (0x80 | (Opcode.QUERY << 3))) {
            return false;
        }
        int questions = ((reply[4] & 0xff) << 8) | (reply[5] & 0xff);
        if (questions == 0) {
            int rcode = reply[3] & 0x0f;
            return rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN;
        }
        if (questions != 1 || length < questionEnd) {
            return false;
        }
        for (int i = HEADER; i < questionEnd; i++) {
            if (lowerCase(reply[i]) != lowerCase(octets[i])) {
                return false;
            }
        }
        return true;
    }

    private static int lowerCase(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
    }

    static int typeCode(RecordType type) {
        return switch (type) {
            case A -> Type.A;
            case AAAA -> Type.AAAA;
            case MX -> Type.MX;
            case TXT -> Type.TXT;
            case PTR -> Type.PTR;
            case CNAME -> Type.CNAME;
            case NS -> Type.NS;
            case SOA -> Type.SOA;
            case TLSA -> Type.TLSA;
        };
    }
}
