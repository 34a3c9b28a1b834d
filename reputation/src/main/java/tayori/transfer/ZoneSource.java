package tayori.transfer;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tayori.dns.DomainName;

/// A zone that can be handed out whole. The server's zones implement it.
public interface ZoneSource {
    DomainName apex();

    /// With the present serial.
    Soa soa();

    /// The zone as it is now. Costs nothing until its records are asked for; may be used by one thread only, once.
    ///
    /// Either its records are exactly those of its serial, or the zone's [ChangeJournal] starts over after that serial: who
    /// has taken a blurred copy must never be sent the differences to a sharp one.
    Snapshot snapshot();

    /// What has changed since a serial, oldest first; nothing where that is not known any more.
    Optional<List<Change>> changesSince(long serial);

    /// One state of a zone.
    interface Snapshot {
        Soa soa();

        /// Hands over all records but the SOA, one by one, without ever having them all in memory: NS records of the apex
        /// first; then owner by owner, all records of one owner together. A name that holds for everything below it is
        /// followed at once by its wildcard: `example.jp`, `*.example.jp`.
        ///
        /// @throws IOException as the sink does; the walk ends there
        void forEach(RecordSink sink) throws IOException;
    }

    /// Takes records one by one.
    @FunctionalInterface
    interface RecordSink {
        void accept(ZoneRecord record) throws IOException;
    }

    /// From one serial to the next.
    ///
    /// @param removed records that the state before had
    /// @param added records that the state after has
    record Change(long from, long to, List<ZoneRecord> removed, List<ZoneRecord> added) {
        public Change {
            removed = List.copyOf(removed);
            added = List.copyOf(added);
        }
    }
}
