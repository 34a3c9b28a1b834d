package tayori.nameserver;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tayori.dns.DomainName;
import tayori.publication.ZoneKind;

/// One zone: its name, its SOA and NS records ready to be sent, and where its answers come from.
final class Zone {
    /// Names on the wire, without the root's zero.
    final byte[] apex;

    final int labels;

    /// The SOA record behind its owner's name: type, class, TTL, length, data. The serial is put in when it is sent.
    final byte[] startOfAuthority;

    /// Where the serial stands in [#startOfAuthority].
    final int serialAt;

    /// The NS records, each behind its owner's name as the SOA record.
    final byte[][] servers;

    /// Place in the list of zones that take keys; -1 for a zone that takes none.
    final int keyIndex;

    final boolean keysOnly;

    /// For zones of what we publish.
    final @Nullable ZoneKind kind;

    /// For zones of others' lists.
    final @Nullable ImportedZone imported;

    Zone(
            DomainName name,
            StartOfAuthority soa,
            ZoneOptions options,
            int keyIndex,
            boolean keysOnly,
            @Nullable ZoneKind kind,
            @Nullable ImportedZone imported) {
        byte[] wire = Wire.name(name);
        apex = Arrays.copyOf(wire, wire.length - 1);
        labels = name.labelCount();
        byte[] primary = Wire.name(soa.servers().getFirst().name());
        byte[] mailbox = Wire.name(soa.mailbox());
        int length = primary.length + mailbox.length + 20;
        startOfAuthority = new byte[10 + length];
        header(startOfAuthority, Wire.SOA, options.negativeTtl().toSeconds(), length);
        System.arraycopy(primary, 0, startOfAuthority, 10, primary.length);
        System.arraycopy(mailbox, 0, startOfAuthority, 10 + primary.length, mailbox.length);
        serialAt = 10 + primary.length + mailbox.length;
        Wire.put32(startOfAuthority, serialAt + 4, (int) soa.refresh().toSeconds());
        Wire.put32(startOfAuthority, serialAt + 8, (int) soa.retry().toSeconds());
        Wire.put32(startOfAuthority, serialAt + 12, (int) soa.expire().toSeconds());
        Wire.put32(startOfAuthority, serialAt + 16, (int) options.negativeTtl().toSeconds());
        servers =
                soa.servers().stream()
                        .map(server -> nameServer(Wire.name(server.name()), options))
                        .toArray(byte[][]::new);
        this.keyIndex = keyIndex;
        this.keysOnly = keysOnly;
        this.kind = kind;
        this.imported = imported;
    }

    private static byte[] nameServer(byte[] name, ZoneOptions options) {
        var record = new byte[10 + name.length];
        header(record, Wire.NS, options.zoneTtl().toSeconds(), name.length);
        System.arraycopy(name, 0, record, 10, name.length);
        return record;
    }

    private static void header(byte[] record, int type, long ttl, int length) {
        Wire.put16(record, 0, type);
        Wire.put16(record, 2, Wire.IN);
        Wire.put32(record, 4, (int) ttl);
        Wire.put16(record, 8, length);
    }
}
