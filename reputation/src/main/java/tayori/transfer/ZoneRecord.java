package tayori.transfer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import tayori.dns.DomainName;

/// One resource record of a zone. Equal where all its parts are.
public final class ZoneRecord {
    /// Longest string of a TXT record. Unit: octets. RFC 1035 §3.3.
    private static final int MAX_STRING = 255;

    private final String owner;
    private final int type;
    private final int ttl;
    private final byte[] data;

    private ZoneRecord(String owner, int type, int ttl, byte[] data) {
        if (!owner.isEmpty() && DomainName.parse(owner).isEmpty()) {
            throw new IllegalArgumentException("not the name of a record: " + owner);
        }
        this.owner = owner;
        this.type = type;
        this.ttl = ttl;
        this.data = data;
    }

    /// @param owner relative to the zone's apex, in lower case: `example.jp`, `*.example.jp`; empty for the apex itself
    /// @param address such as 0x7f000102 for 127.0.1.2
    /// @param ttl in seconds
    public static ZoneRecord a(String owner, int ttl, int address) {
        var data = new byte[4];
        Wire.put32(data, 0, address);
        return new ZoneRecord(owner, Wire.TYPE_A, ttl, data);
    }

    /// @param text ASCII; cut into strings of 255 octets
    public static ZoneRecord txt(String owner, int ttl, String text) {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        var data = new ByteArrayOutputStream(octets.length + 1);
        int at = 0;
        do {
            int length = Math.min(MAX_STRING, octets.length - at);
            data.write(length);
            data.write(octets, at, length);
            at += length;
        } while (at < octets.length);
        return new ZoneRecord(owner, Wire.TYPE_TXT, ttl, data.toByteArray());
    }

    public static ZoneRecord ns(String owner, int ttl, DomainName server) {
        return new ZoneRecord(owner, Wire.TYPE_NS, ttl, Wire.name(server));
    }

    /// Any other type.
    ///
    /// @param data as on the wire, names in it not compressed; copied
    public static ZoneRecord of(String owner, int type, int ttl, byte[] data) {
        return new ZoneRecord(owner, type, ttl, data.clone());
    }

    static ZoneRecord soa(Soa soa) {
        byte[] primary = Wire.name(soa.primary());
        byte[] mailbox = Wire.name(soa.mailbox());
        var data = new byte[primary.length + mailbox.length + 20];
        System.arraycopy(primary, 0, data, 0, primary.length);
        System.arraycopy(mailbox, 0, data, primary.length, mailbox.length);
        int at = primary.length + mailbox.length;
        Wire.put32(data, at, soa.serial());
        Wire.put32(data, at + 4, soa.refresh());
        Wire.put32(data, at + 8, soa.retry());
        Wire.put32(data, at + 12, soa.expire());
        Wire.put32(data, at + 16, soa.minimum());
        return new ZoneRecord("", Wire.TYPE_SOA, soa.ttl(), data);
    }

    public String owner() {
        return owner;
    }

    public int type() {
        return type;
    }

    public int ttl() {
        return ttl;
    }

    /// As on the wire; not to be changed.
    byte[] data() {
        return data;
    }

    /// The address of an A record.
    int address() {
        return (int) Wire.get32(data, 0);
    }

    /// The text of a TXT record, its strings joined.
    String text() {
        var text = new StringBuilder();
        for (int at = 0; at < data.length; at += 1 + (data[at] & 0xff)) {
            text.append(new String(data, at + 1, data[at] & 0xff, StandardCharsets.US_ASCII));
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ZoneRecord that
                && type == that.type
                && ttl == that.ttl
                && owner.equals(that.owner)
                && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return Objects.hash(owner, type, ttl, Arrays.hashCode(data));
    }

    @Override
    public String toString() {
        return switch (type) {
            case Wire.TYPE_A -> owner + " A " + Dnset.address(address());
            case Wire.TYPE_TXT -> owner + " TXT " + text();
            default -> owner + " TYPE" + type;
        };
    }
}
