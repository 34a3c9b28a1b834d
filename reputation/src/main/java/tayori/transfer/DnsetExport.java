package tayori.transfer;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tayori.dns.DomainName;

/// Writes a zone as a `dnset` file of rbldnsd, for those who fetch it with rsync.
///
/// The same zone at the same time gives the same octets: entries stand in the order of the zone, so that rsync sends what
/// changed. Entries that such a file cannot say are left out and counted: names with a TXT record alone, or with other
/// characters than letters, digits, `-` and `_`.
public final class DnsetExport {
    private final Writer out;
    private final DnsetOptions options;
    private final ZoneSource.Snapshot zone;
    private final Instant now;

    private final List<String> nameServers = new ArrayList<>();
    private boolean headWritten;

    /// A name whose wildcard may still come.
    private Entry held = new Entry("");

    private Entry current = new Entry("");
    private long entries;
    private long leftOut;

    private DnsetExport(Writer out, DnsetOptions options, ZoneSource.Snapshot zone, Instant now) {
        this.out = out;
        this.options = options;
        this.zone = zone;
        this.now = now;
    }

    /// What was written.
    ///
    /// @param entries lines that list a name
    /// @param leftOut names that such a file cannot say
    public record Written(long serial, long entries, long leftOut, long octets) {}

    /// Puts a new file in the place of the former one, whole or not at all: whoever reads meanwhile sees one or the other.
    ///
    /// @param now stands in the file as the time of the data
    /// @throws IOException when it could not be written; the former file is then still there
    public static Written write(
            Path file, ZoneSource.Snapshot zone, DnsetOptions options, Instant now)
            throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            DnsetExport export;
            long octets;
            try (var channel =
                            FileChannel.open(
                                    fresh,
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.TRUNCATE_EXISTING,
                                    StandardOpenOption.WRITE);
                    var writer =
                            new BufferedWriter(
                                    Channels.newWriter(channel, StandardCharsets.US_ASCII),
                                    1 << 16)) {
                export = new DnsetExport(writer, options, zone, now);
                export.writeAll();
                writer.flush();
                channel.force(
                        true); // a file that was renamed but not written would be an empty list
                octets = channel.size();
            }
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return new Written(zone.soa().serial(), export.entries, export.leftOut, octets);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private void writeAll() throws IOException {
        zone.forEach(this::accept);
        writeHead();
        end(current);
        flushHeld();
    }

    private void accept(ZoneRecord record) throws IOException {
        if (record.owner().isEmpty()) {
            if (record.type() == Wire.TYPE_NS) {
                nameServers.add(nameServer(record));
            }
            return; // dnset has no other records of the apex
        }
        if (!record.owner().equals(current.owner)) {
            writeHead();
            end(current);
            current = new Entry(record.owner());
        }
        if (record.type() == Wire.TYPE_A) {
            current.addresses.add(record.address());
        } else if (record.type() == Wire.TYPE_TXT) {
            current.texts.add(record.text());
        }
    }

    private static String nameServer(ZoneRecord record) {
        var name = Wire.readName(record.data(), record.data().length, 0);
        return (name == null ? DomainName.ROOT : name).toString();
    }

    private void writeHead() throws IOException {
        if (headWritten) {
            return;
        }
        headWritten = true;
        var soa = zone.soa();
        out.write(
                "$SOA %d %s %s %d %d %d %d %d\n"
                        .formatted(
                                soa.ttl(),
                                soa.primary(),
                                soa.mailbox(),
                                soa.serial(),
                                soa.refresh(),
                                soa.retry(),
                                soa.expire(),
                                soa.minimum()));
        if (!nameServers.isEmpty()) {
            out.write("$NS " + soa.ttl() + " " + String.join(" ", nameServers) + "\n");
        }
        out.write("$TTL " + options.ttl() + "\n");
        out.write(
                "$TIMESTAMP %s %s\n"
                        .formatted(
                                Dnset.timestamp(now),
                                Dnset.timestamp(now.plus(options.goodFor()))));
    }

    private void end(Entry entry) throws IOException {
        boolean wildcardOfHeld = !held.owner.isEmpty() && entry.owner.equals("*." + held.owner);
        if (wildcardOfHeld && entry.saysTheSameAs(held)) {
            write("." + held.owner, held);
            held = new Entry("");
            return;
        }
        flushHeld();
        held = entry;
    }

    private void flushHeld() throws IOException {
        if (!held.owner.isEmpty()) {
            write(held.owner, held);
        }
        held = new Entry("");
    }

    private void write(String name, Entry entry) throws IOException {
        String bare =
                name.startsWith("*.")
                        ? name.substring(2)
                        : name.substring(name.startsWith(".") ? 1 : 0);
        if (entry.addresses.isEmpty() || !Dnset.isWritable(bare)) {
            leftOut++;
            return;
        }
        for (int i = 0; i < entry.addresses.size(); i++) {
            String text = i < entry.texts.size() ? Dnset.escaped(entry.texts.get(i)) : "";
            // The second colon also where there is no text, or rbldnsd would take that of a line
            // before.
            out.write(name + " :" + Dnset.address(entry.addresses.get(i)) + ":" + text + "\n");
            entries++;
        }
    }

    /// What one name says.
    private static final class Entry {
        final String owner;
        final List<Integer> addresses = new ArrayList<>(1);
        final List<String> texts = new ArrayList<>(1);

        Entry(String owner) {
            this.owner = owner;
        }

        boolean saysTheSameAs(Entry other) {
            return addresses.equals(other.addresses) && texts.equals(other.texts);
        }
    }
}
