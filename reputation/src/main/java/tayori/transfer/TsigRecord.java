package tayori.transfer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tayori.dns.DomainName;

/// The fields of one TSIG record. RFC 8945 §4.2.
final class TsigRecord {
    private static final int FIXED = 10;

    final DomainName keyName;
    final DomainName algorithm;

    /// Unit: seconds since 1970-01-01T00:00Z.
    final long timeSigned;

    /// Unit: seconds.
    final int fudge;

    final byte[] mac;
    final int originalId;
    final int error;
    final byte[] other;

    private TsigRecord(
            DomainName keyName, DomainName algorithm, byte[] octets, int at, int macOctets) {
        this.keyName = keyName;
        this.algorithm = algorithm;
        this.timeSigned = Wire.get48(octets, at);
        this.fudge = Wire.get16(octets, at + 6);
        int macAt = at + 10;
        int rest = macAt + macOctets;
        this.mac = Arrays.copyOfRange(octets, macAt, rest);
        this.originalId = Wire.get16(octets, rest);
        this.error = Wire.get16(octets, rest + 2);
        this.other = Arrays.copyOfRange(octets, rest + 6, octets.length);
    }

    /// @param octets a message of which it is the last record
    /// @return null where the lengths do not fit
    static @Nullable TsigRecord read(byte[] octets, int from) {
        var keyName = Wire.readName(octets, octets.length, from);
        int at = Wire.skipName(octets, octets.length, from);
        if (keyName == null || at < 0 || at + FIXED > octets.length) {
            return null;
        }
        if (Wire.get16(octets, at + 2) != Wire.CLASS_ANY
                || Wire.get32(octets, at + 4) != 0
                || at + FIXED + Wire.get16(octets, at + 8) != octets.length) {
            return null;
        }
        at += FIXED;
        var algorithm = Wire.readName(octets, octets.length, at);
        at = Wire.skipName(octets, octets.length, at);
        if (algorithm == null || at < 0 || at + 10 > octets.length) {
            return null;
        }
        int macOctets = Wire.get16(octets, at + 8);
        int rest = at + 10 + macOctets;
        if (rest + 6 > octets.length || rest + 6 + Wire.get16(octets, rest + 4) != octets.length) {
            return null;
        }
        return new TsigRecord(keyName, algorithm, octets, at, macOctets);
    }

    /// What is signed of it besides the message. RFC 8945 §4.3.3.
    byte[] variables() {
        return variables(keyName, algorithm, timeSigned, fudge, error, other);
    }

    static byte[] variables(
            DomainName key, DomainName algorithm, long time, int fudge, int error, byte[] other) {
        byte[] keyName = Wire.name(key);
        byte[] algorithmName = Wire.name(algorithm);
        var octets = new byte[keyName.length + 6 + algorithmName.length + 12 + other.length];
        System.arraycopy(keyName, 0, octets, 0, keyName.length);
        int at = keyName.length;
        Wire.put16(octets, at, Wire.CLASS_ANY); // four octets of TTL follow, which is 0
        at += 6;
        System.arraycopy(algorithmName, 0, octets, at, algorithmName.length);
        at += algorithmName.length;
        Wire.put48(octets, at, time);
        Wire.put16(octets, at + 6, fudge);
        Wire.put16(octets, at + 8, error);
        Wire.put16(octets, at + 10, other.length);
        System.arraycopy(other, 0, octets, at + 12, other.length);
        return octets;
    }
}
