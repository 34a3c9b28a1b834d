package tayori.nameserver;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import tayori.dns.DomainName;

/// Numbers and names of DNS messages (RFC 1035 §4).
final class Wire {
    static final int HEADER = 12;

    static final int A = 1;
    static final int NS = 2;
    static final int SOA = 6;
    static final int TXT = 16;
    static final int AAAA = 28;
    static final int OPT = 41;
    static final int DS = 43;
    static final int TKEY = 249;
    static final int TSIG = 250;
    static final int IXFR = 251;
    static final int AXFR = 252;
    static final int MAILB = 253;
    static final int MAILA = 254;
    static final int ANY = 255;

    static final int IN = 1;

    static final int NOERROR = 0;
    static final int FORMERR = 1;
    static final int SERVFAIL = 2;
    static final int NXDOMAIN = 3;
    static final int NOTIMP = 4;
    static final int REFUSED = 5;

    /// RFC 6891 §9; its upper bits stand in the OPT record.
    static final int BADVERS = 16;

    static final int QR = 0x80;
    static final int AA = 0x04;
    static final int TC = 0x02;
    static final int RD = 0x01;

    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Wire() {}

    static int u8(byte[] octets, int at) {
        return octets[at] & 0xff;
    }

    static int u16(byte[] octets, int at) {
        return (short) SHORT.get(octets, at) & 0xffff;
    }

    static int i32(byte[] octets, int at) {
        return (int) INT.get(octets, at);
    }

    static void put16(byte[] octets, int at, int value) {
        SHORT.set(octets, at, (short) value);
    }

    static void put32(byte[] octets, int at, int value) {
        INT.set(octets, at, value);
    }

    /// A name without compression, with the root's zero.
    static byte[] name(DomainName name) {
        var out = new ByteArrayOutputStream();
        for (String label : name.labels()) {
            byte[] octets = label.getBytes(StandardCharsets.ISO_8859_1);
            out.write(octets.length);
            out.writeBytes(octets);
        }
        out.write(0);
        return out.toByteArray();
    }
}
