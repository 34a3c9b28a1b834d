package tayori.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import tayori.dns.DomainName;
import tayori.transfer.Tsig.Signer;
import tayori.transfer.Tsig.Verdict;
import tayori.transfer.ZoneSource.Change;

/// Hands out zones to other name servers: AXFR (RFC 5936) and IXFR (RFC 1995), to holders of a key.
///
/// Blocking, made for a virtual thread per connection; any number at once, limited by [TransferOptions]. A zone is never in
/// memory as a whole: records go from the [ZoneSource] into a message of some 16 KiB and away.
public final class TransferService {
    /// RFC 8914 §4.19 "Prohibited".
    private static final int PROHIBITED = 18;

    /// RFC 8914 §4.1 "Other".
    private static final int OTHER = 0;

    private final Map<DomainName, ZoneSource> zones = new HashMap<>();
    private final Map<DomainName, Set<DomainName>> rights = new HashMap<>();
    private final Tsig tsig;
    private final TransferOptions options;
    private final Semaphore free;
    private final Map<InetAddress, Integer> running = new ConcurrentHashMap<>();

    /// @param rights who may take what; each key once
    /// @throws IllegalArgumentException for two zones of one name or two keys of one name
    public TransferService(
            Collection<? extends ZoneSource> zones,
            List<TransferRight> rights,
            InstantSource clock,
            TransferOptions options) {
        for (var zone : zones) {
            if (this.zones.put(zone.apex(), zone) != null) {
                throw new IllegalArgumentException("two zones are named " + zone.apex());
            }
        }
        this.tsig = new Tsig(rights.stream().map(TransferRight::key).toList(), clock);
        for (var right : rights) {
            this.rights.put(right.key().name(), right.zones());
        }
        this.options = options;
        this.free = new Semaphore(options.maxTransfers());
    }

    /// Whether a message asks for a transfer, so that [#answer] or [#answerOverUdp] is the place for it.
    public static boolean isTransfer(byte[] message, int length) {
        int end = length < Wire.HEADER ? -1 : Wire.skipName(message, length, Wire.HEADER);
        if (end < 0 || end + 4 > length || (message[2] & 0xf8) != 0) {
            return false;
        }
        int type = Wire.get16(message, end);
        return type == Wire.TYPE_AXFR || type == Wire.TYPE_IXFR;
    }

    /// Answers a query that came over TCP.
    ///
    /// @param client whose address counts for [TransferOptions#maxTransfersPerClient]
    /// @throws IOException as the sink or the zone does; then the connection is to be closed, for the answer is not whole
    public Transfer answer(byte[] message, int length, InetAddress client, MessageSink out)
            throws IOException {
        var request = admit(message, length, out);
        return switch (request) {
            case Request.Answered(var transfer) -> transfer;
            case Request.Admitted admitted -> {
                String tooMany = enter(client);
                if (!tooMany.isEmpty()) {
                    yield admitted.refuse(Wire.REFUSED, OTHER, tooMany, out);
                }
                try {
                    yield transfer(admitted, out);
                } finally {
                    leave(client);
                }
            }
        };
    }

    /// Answers a query that came over UDP: for IXFR the present SOA, from which the client sees whether to come again over TCP
    /// (RFC 1995 §2); AXFR does not exist there (RFC 5936 §4.2).
    ///
    /// @return the answer; empty where none is due
    public byte[] answerOverUdp(byte[] message, int length) {
        var reply = new Reply();
        try {
            if (admit(message, length, reply) instanceof Request.Admitted admitted) {
                if (admitted.query.type() == Wire.TYPE_AXFR) {
                    admitted.refuse(Wire.FORMERR, OTHER, "AXFR is for TCP", reply);
                } else {
                    var writer = admitted.writer(Wire.MAX_MESSAGE, reply);
                    writer.add(ZoneRecord.soa(admitted.zone.soa()));
                    writer.finish();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is read or written here", e);
        }
        return reply.octets;
    }

    /// The one message of an answer over UDP.
    private static final class Reply implements MessageSink {
        private byte[] octets = new byte[0];

        @Override
        public void send(byte[] message, int length) {
            octets = java.util.Arrays.copyOf(message, length);
        }
    }

    /// A query, once it is clear whether it may be answered.
    private sealed interface Request {
        /// It may not, and has been told so.
        record Answered(Transfer transfer) implements Request {}

        record Admitted(
                Query query, ZoneSource zone, Optional<TsigKey> key, @Nullable Signer signer)
                implements Request {
            AnswerWriter writer(int messageOctets, MessageSink out) {
                return new AnswerWriter(query, zone.apex(), signer, messageOctets, out);
            }

            Transfer refuse(int rcode, int extended, String reason, MessageSink out)
                    throws IOException {
                return TransferService.refuse(query, key, signer, rcode, extended, reason, out);
            }

            Transfer done(Transfer.Kind kind, AnswerWriter writer) throws IOException {
                writer.finish();
                return new Transfer(
                        kind, query.name().toString(), key, "", writer.records(), writer.octets());
            }
        }
    }

    private Request admit(byte[] message, int length, MessageSink out) throws IOException {
        var query = Query.read(message, length);
        if (query == null) {
            return malformed(message, length, "not a query", out);
        }
        return switch (tsig.verify(query)) {
            case Verdict.Malformed(var reason) -> malformed(message, length, reason, out);
            case Verdict.Refused(_, var reason, var signer) ->
                    new Request.Answered(
                            refuse(
                                    query,
                                    Optional.empty(),
                                    signer,
                                    Wire.NOTAUTH,
                                    OTHER,
                                    reason,
                                    out));
            case Verdict.Unsigned _ -> authorise(query, Optional.empty(), null, out);
            case Verdict.Signed(var key, var signer) ->
                    authorise(query, Optional.of(key), signer, out);
        };
    }

    private Request authorise(
            Query query, Optional<TsigKey> key, @Nullable Signer signer, MessageSink out)
            throws IOException {
        Set<DomainName> may =
                key.map(found -> rights.getOrDefault(found.name(), Set.of())).orElse(Set.of());
        if (!may.contains(query.name()) && !options.openZones().contains(query.name())) {
            String reason =
                    key.isPresent()
                            ? "this key may not transfer this zone"
                            : "a transfer needs a TSIG key";
            return new Request.Answered(
                    refuse(query, key, signer, Wire.REFUSED, PROHIBITED, reason, out));
        }
        var zone = zones.get(query.name());
        if (zone == null) { // RFC 5936 §2.2.1
            return new Request.Answered(
                    refuse(query, key, signer, Wire.NOTAUTH, OTHER, "no such zone here", out));
        }
        if (query.type() == Wire.TYPE_IXFR && query.clientSerial() < 0) { // RFC 1995 §3
            return new Request.Answered(
                    refuse(query, key, signer, Wire.FORMERR, OTHER, "IXFR without a SOA", out));
        }
        return new Request.Admitted(query, zone, key, signer);
    }

    private Transfer transfer(Request.Admitted request, MessageSink out) throws IOException {
        var zone = request.zone;
        var writer = request.writer(options.messageOctets(), out);
        if (request.query.type() == Wire.TYPE_IXFR) {
            var soa = zone.soa();
            long has = request.query.clientSerial();
            if (!SerialNumber.isAfter(soa.serial(), has)) { // RFC 1995 §2
                writer.add(ZoneRecord.soa(soa));
                return request.done(Transfer.Kind.SOA_ONLY, writer);
            }
            var changes = zone.changesSince(has).orElse(List.of());
            if (!changes.isEmpty()) {
                writeChanges(writer, soa, changes);
                return request.done(Transfer.Kind.CHANGES, writer);
            }
        }
        var snapshot = zone.snapshot();
        var soa = ZoneRecord.soa(snapshot.soa());
        writer.add(soa);
        snapshot.forEach(writer::add);
        writer.add(soa); // RFC 5936 §2.2: the SOA begins and ends
        return request.done(Transfer.Kind.WHOLE, writer);
    }

    /// The newest SOA, then each step as old SOA, what goes, new SOA, what comes; at last the newest SOA. RFC 1995 §4.
    private static void writeChanges(AnswerWriter writer, Soa soa, List<Change> changes)
            throws IOException {
        var newest = ZoneRecord.soa(soa.withSerial(changes.getLast().to()));
        writer.add(newest);
        for (var change : changes) {
            writer.add(ZoneRecord.soa(soa.withSerial(change.from())));
            for (var record : change.removed()) {
                writer.add(record);
            }
            writer.add(ZoneRecord.soa(soa.withSerial(change.to())));
            for (var record : change.added()) {
                writer.add(record);
            }
        }
        writer.add(newest);
    }

    private static Transfer refuse(
            Query query,
            Optional<TsigKey> key,
            @Nullable Signer signer,
            int rcode,
            int extended,
            String reason,
            MessageSink out)
            throws IOException {
        var writer = new AnswerWriter(query, query.name(), signer, Wire.MAX_MESSAGE, out);
        writer.refuse(rcode, extended, reason);
        return new Transfer(
                Transfer.Kind.REFUSED, query.name().toString(), key, reason, 0, writer.octets());
    }

    /// FORMERR with nothing but the header, where there is one and it is not itself an answer.
    private static Request malformed(byte[] message, int length, String reason, MessageSink out)
            throws IOException {
        int octets = 0;
        if (length >= Wire.HEADER && (message[2] & 0x80) == 0) {
            var reply = new byte[Wire.HEADER];
            reply[0] = message[0];
            reply[1] = message[1];
            reply[2] = (byte) (0x80 | (message[2] & 0x79)); // opcode and RD as they came
            reply[3] = Wire.FORMERR;
            out.send(reply, reply.length);
            octets = reply.length;
        }
        return new Request.Answered(
                new Transfer(Transfer.Kind.MALFORMED, "", Optional.empty(), reason, 0, octets));
    }

    /// @return why not, or empty
    private String enter(InetAddress client) {
        if (!free.tryAcquire()) {
            return "too many transfers";
        }
        int mine = running.merge(client, 1, Integer::sum);
        if (mine > options.maxTransfersPerClient()) {
            leave(client);
            return "too many transfers of this client";
        }
        return "";
    }

    private void leave(InetAddress client) {
        running.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
        free.release();
    }
}
