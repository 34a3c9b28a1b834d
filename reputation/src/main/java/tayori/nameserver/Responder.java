package tayori.nameserver;

import java.net.Inet4Address;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.access.AccessKeys;
import tayori.access.ResponseRateLimit;
import tayori.access.Verdict;
import tayori.publication.ImportedEntry;
import tayori.publication.ImportedList;
import tayori.publication.PublishedEntry;
import tayori.publication.WireName;
import tayori.publication.ZoneKind;
import tayori.transfer.TransferService;

/// One query in, one answer out, in the same octets: whatever comes is answered or ignored, nothing throws, nothing is
/// allocated on the way of an ordinary question. For one thread; each loop has its own.
///
/// The order is that of the message: header, question, the rest (EDNS), zone, key, entry. The answer is written behind the
/// question as it came, so that the case of its letters is kept (RFC 4343 §4.1).
final class Responder {
    /// Longest answer over UDP. Unit: octets; passes every network without being fragmented (RFC 9715 §3.2).
    static final int MAX_UDP = 1_232;

    /// Longest answer over UDP without EDNS. RFC 1035 §2.3.4.
    static final int MAX_PLAIN = 512;

    /// Least size of the octets that are handed in: what is read beyond a message is never looked at, but must be there.
    static final int LEAST_ROOM = 2_048;

    /// RFC 8914 §4.19: who asks has no right to.
    private static final int PROHIBITED = 18;

    /// RFC 8914 §4.21: not a name of ours.
    private static final int NOT_AUTHORITATIVE = 20;

    /// RFC 8914 §4.25: the list is stale.
    private static final int INVALID_DATA = 24;

    private static final int ERROR_ADDRESS = 0x7fffff00;
    private static final int TYPING_ERROR = 252;
    private static final int NOT_ENTITLED = 254;
    private static final int TOO_MANY = 255;

    /// How long an address in place of an error may be remembered. Unit: seconds; short, as the client may mend it.
    private static final int ERROR_TTL = 60;

    private static final int OPT_LENGTH = 11;
    private static final int NO_OPT = -1;

    private static final byte[] TEST = {4, 't', 'e', 's', 't'};
    private static final byte[] INVALID = {7, 'i', 'n', 'v', 'a', 'l', 'i', 'd'};
    private static final byte[] STATUS = {6, 's', 't', 'a', 't', 'u', 's'};

    private final Tally tally;
    private final AccessKeys keys;
    private final @Nullable TransferService transfers;

    private static final Logger LOG = LoggerFactory.getLogger(Responder.class);

    private final Zones zones;
    private final TestEntries tests = new TestEntries();
    private final WireName name = new WireName();
    private final PublishedEntry entry = new PublishedEntry();
    private final ImportedEntry importedEntry = new ImportedEntry();
    private final AnswerText text;

    // The message at hand.
    private byte[] message = {};
    private int questionEnd;
    private int at;
    private int type;
    private int answers;
    private int authorities;
    private boolean truncated;
    private int limit;
    private int clientSize;
    private int ednsVersion;
    private boolean dnssecOk;
    private long now;
    private @Nullable Zone zone;

    /// Labels left of the zone, or of the key.
    private int own;

    private boolean hasFailed;

    /// @param tally where outcomes are counted
    Responder(Zones zones, Admission admission, Tally tally) {
        this.zones = zones;
        this.tally = tally;
        this.keys = admission.keys();
        this.transfers = admission.transfers().orElse(null);
        this.text = new AnswerText(zones.options);
    }

    /// Answers.
    ///
    /// @param octets the query in its first `length` octets; at least [#LEAST_ROOM] long
    /// @param tcp whether an answer may be as long as the octets are
    /// @param epochSecond now
    /// @return length of the answer, which stands in place of the query; 0 for none
    int respond(byte[] octets, int length, boolean tcp, long epochSecond) {
        try {
            return answer(octets, length, tcp, epochSecond);
        } catch (RuntimeException e) {
            // A bug of ours. The next client shall not suffer from it, nor the log.
            if (!hasFailed) {
                hasFailed = true;
                LOG.error("DNS: a query could not be answered; further ones are only counted", e);
            }
            return bare(Wire.SERVFAIL, Outcome.SERVFAIL);
        }
    }

    private int answer(byte[] octets, int length, boolean tcp, long epochSecond) {
        message = octets;
        now = epochSecond;
        clientSize = NO_OPT;
        ednsVersion = 0;
        dnssecOk = false;
        answers = 0;
        authorities = 0;
        truncated = false;
        questionEnd = Wire.HEADER;
        limit = MAX_PLAIN;
        if (length < Wire.HEADER || (octets[2] & Wire.QR) != 0) {
            tally.count(Outcome.IGNORED);
            return 0;
        }
        int opcode = octets[2] >> 3 & 15;
        if (opcode != 0) {
            return bare(Wire.NOTIMP, Outcome.NOTIMP);
        }
        if (Wire.u16(octets, 4) != 1) {
            return bare(Wire.FORMERR, Outcome.FORMERR); // RFC 9619 §4
        }
        int end = name.read(octets, Wire.HEADER, length);
        if (end < 0 || end + 4 > length) {
            return bare(Wire.FORMERR, Outcome.FORMERR);
        }
        type = Wire.u16(octets, end);
        int queryClass = Wire.u16(octets, end + 2);
        if (!readRest(end + 4, length)) {
            return bare(Wire.FORMERR, Outcome.FORMERR);
        }
        questionEnd = end + 4;
        at = questionEnd;
        if (clientSize != NO_OPT) {
            limit = Math.clamp(clientSize, MAX_PLAIN, MAX_UDP);
        }
        if (tcp) {
            limit = Math.min(octets.length, 65_535);
        }
        if (ednsVersion != 0) {
            return finish(Wire.BADVERS, 0, Outcome.BADVERS, 0, "");
        }
        if (type == 0 || type == Wire.OPT || type == Wire.TKEY || type == Wire.TSIG) {
            return finish(Wire.FORMERR, 0, Outcome.FORMERR, 0, "");
        }
        if (type == Wire.MAILA || type == Wire.MAILB) {
            return finish(Wire.NOTIMP, 0, Outcome.NOTIMP, 0, "");
        }
        zone = queryClass == Wire.IN ? zones.find(name, name.labels()) : null;
        if (zone == null) {
            return finish(
                    Wire.REFUSED, 0, Outcome.REFUSED, NOT_AUTHORITATIVE, "no zone of this server");
        }
        if (type == Wire.AXFR || type == Wire.IXFR) {
            return transfer(length);
        }
        return answer(zone);
    }

    // ---- reading

    /// Reads what follows the question: records are only measured, but for OPT.
    ///
    /// @return whether it is well formed
    private boolean readRest(int start, int length) {
        int records = Wire.u16(message, 6);
        int before = records + Wire.u16(message, 8);
        if (records != 0 || (before != 0 && type != Wire.IXFR)) {
            return false;
        }
        int all = before + Wire.u16(message, 10);
        int offset = start;
        for (int record = 0; record < all; record++) {
            int owner = offset;
            offset = skipName(offset, length);
            if (offset < 0 || offset + 10 > length) {
                return false;
            }
            int dataLength = Wire.u16(message, offset + 8);
            int next = offset + 10 + dataLength;
            if (next > length) {
                return false;
            }
            if (Wire.u16(message, offset) == Wire.OPT && record >= before) {
                if (clientSize != NO_OPT || message[owner] != 0) {
                    return false; // RFC 6891 §6.1.1
                }
                clientSize = Wire.u16(message, offset + 2);
                ednsVersion = Wire.u8(message, offset + 5);
                dnssecOk = (message[offset + 6] & 0x80) != 0;
            }
            offset = next;
        }
        return offset == length;
    }

    /// @return where the name ends; -1 where it does not
    private int skipName(int start, int length) {
        int offset = start;
        while (offset < length) {
            int label = Wire.u8(message, offset);
            if (label == 0) {
                return offset + 1;
            }
            if (label >= 0xc0) {
                return offset + 2 <= length ? offset + 2 : -1;
            }
            if (label > WireName.MAX_LABEL) {
                return -1;
            }
            offset += label + 1;
        }
        return -1;
    }

    // ---- zones

    private int answer(Zone found) {
        own = name.labels() - found.labels;
        if (own == 0 && type == Wire.DS) {
            var parent = zones.find(name, found.labels - 1);
            if (parent != null) {
                zone = parent;
                return none(true); // the parent's side of a zone cut has it: RFC 4035 §3.1.4.1
            }
        }
        if (own == 0) {
            return apex(found);
        }
        if (found.keyIndex >= 0) {
            int client = key();
            if (client != AccessKeys.NONE) {
                var verdict = keys.take(client, found.keyIndex, System.nanoTime(), now);
                if (verdict != Verdict.ALLOWED) {
                    return refuse(
                            verdict == Verdict.TOO_MANY_THIS_SECOND
                                            || verdict == Verdict.TOO_MANY_TODAY
                                    ? TOO_MANY
                                    : NOT_ENTITLED,
                            verdict.text());
                }
                own--;
                if (own == 0) {
                    return none(true);
                }
            } else if (found.keysOnly) {
                return refuse(NOT_ENTITLED, "this zone answers registered clients only");
            }
        }
        if (found.kind != null) {
            return published(found.kind);
        }
        if (found.imported != null) {
            return imported(found.imported);
        }
        return belowApex();
    }

    /// Whose key stands left of the zone.
    private int key() {
        int start = name.start(own - 1);
        return keys.find(message, Wire.HEADER + start + 1, name.octet(start));
    }

    /// Over UDP: over TCP transfers do not come here, where anybody may have them.
    private int transfer(int length) {
        if (transfers != null) {
            byte[] answer = transfers.answerOverUdp(message, length);
            if (answer.length > 0 && answer.length <= limit) {
                System.arraycopy(answer, 0, message, 0, answer.length);
                last = (answer[3] & 15) == Wire.NOERROR ? Outcome.ANSWER : Outcome.REFUSED;
                tally.count(last);
                return answer.length;
            }
        }
        return finish(Wire.REFUSED, 0, Outcome.REFUSED, PROHIBITED, "transfers need TCP and a key");
    }

    private int apex(Zone found) {
        if (type == Wire.SOA || type == Wire.ANY) {
            int soaTtl = (int) zones.options.zoneTtl().toSeconds();
            addStartOfAuthority(found, soaTtl);
            answers = authorities;
            authorities = 0;
            return finish(Wire.NOERROR, Wire.AA, Outcome.ANSWER, 0, "");
        }
        if (type == Wire.NS) {
            for (byte[] server : found.servers) {
                addRecord(ownName(), server, 0, server.length);
            }
            return finish(Wire.NOERROR, Wire.AA, Outcome.ANSWER, 0, "");
        }
        return none(true);
    }

    /// Names directly below Z that are no zones: the status, name servers.
    private int belowApex() {
        if (own == 1 && name.equals(0, 1, STATUS)) {
            if (type != Wire.TXT && type != Wire.ANY) {
                return none(true);
            }
            text.status(zones.serial(now), zones.table.size(), zones.table.changes());
            return text(0);
        }
        List<java.net.InetAddress> addresses = zones.hosts.get(name.toString());
        if (addresses != null) {
            int ttl = (int) zones.options.zoneTtl().toSeconds();
            for (var address : addresses) {
                int itsType = address instanceof Inet4Address ? Wire.A : Wire.AAAA;
                if (type == itsType || (type == Wire.ANY && answers == 0)) {
                    byte[] data = address.getAddress();
                    if (addHeader(Wire.HEADER, itsType, ttl, data.length)) {
                        System.arraycopy(data, 0, message, at, data.length);
                        at += data.length;
                    }
                }
            }
            return answers > 0 || truncated
                    ? finish(Wire.NOERROR, Wire.AA, Outcome.ANSWER, 0, "")
                    : none(true);
        }
        if (zones.options.addressesForErrors() && own > 1 && !zones.hostBelow(name.toString())) {
            return refuse(TYPING_ERROR, "no such list here");
        }
        return none(zones.hostBelow(name.toString()));
    }

    private int published(ZoneKind kind) {
        name.hash(0, own);
        if (own == 1 && tests.find(kind, name)) {
            int testTtl = (int) zones.options.shortTtl().toSeconds();
            if (type == Wire.A || (type == Wire.ANY && kind != ZoneKind.VOUCH)) {
                return kind == ZoneKind.VOUCH ? none(true) : address(tests.address(), testTtl);
            }
            if (type != Wire.TXT && type != Wire.ANY) {
                return none(true);
            }
            if (kind == ZoneKind.VOUCH) {
                text.set(tests.words());
            } else {
                text.test(kind);
            }
            return text(testTtl);
        }
        int first = zones.table.find(name, own, entry);
        int remaining = (int) Math.clamp(entry.expires() - now, 0L, Integer.MAX_VALUE);
        int hours = Codes.hours(kind, entry, now);
        if (first < 0 || remaining == 0 || !entry.isIn(kind) || hours < 0) {
            return none(zones.table.anyBelow(name, own, kind));
        }
        int ttl = Math.min(remaining, zones.options.ttl(kind));
        if ((type == Wire.A || type == Wire.ANY) && kind != ZoneKind.VOUCH) {
            return address(Codes.address(kind, entry, hours), ttl);
        }
        if (type != Wire.TXT && type != Wire.ANY) {
            return none(true);
        }
        text.write(kind, entry, name, first, own, hours);
        return text(ttl);
    }

    private int imported(ImportedZone importedZone) {
        ImportedList list = importedZone.list();
        if (list.expires().isPresent() && list.expires().get().getEpochSecond() <= now) {
            return finish(Wire.SERVFAIL, 0, Outcome.SERVFAIL, INVALID_DATA, "the list is stale");
        }
        name.hash(0, own);
        int ttl = (int) importedZone.ttl(zones.options).toSeconds();
        boolean listed = list.find(name, own, importedEntry);
        if (own == 1 && name.equals(0, 1, INVALID)) {
            listed = false;
        }
        if (!listed && own == 1 && name.equals(0, 1, TEST)) {
            importedEntry.setTest();
            listed = true;
        }
        if (!listed) {
            return none(list.anyBelow(name, own));
        }
        if (type == Wire.A || type == Wire.ANY) {
            return address(importedEntry.address(), ttl);
        }
        if (type != Wire.TXT || importedEntry.text().length == 0) {
            return none(true);
        }
        text.write(importedEntry, name, own);
        return text(ttl);
    }

    // ---- answers

    /// One address; also for ANY, which gets one record set of those there are (RFC 8482 §4.1).
    private int address(int address, int ttl) {
        if (addHeader(Wire.HEADER, Wire.A, ttl, 4)) {
            Wire.put32(message, at, address);
            at += 4;
        }
        return finish(Wire.NOERROR, Wire.AA, Outcome.ANSWER, 0, "");
    }

    /// The text at hand as one string of a TXT record.
    private int text(int ttl) {
        if (addHeader(Wire.HEADER, Wire.TXT, ttl, text.length + 1)) {
            message[at++] = (byte) text.length;
            System.arraycopy(text.octets, 0, message, at, text.length);
            at += text.length;
        }
        return finish(Wire.NOERROR, Wire.AA, Outcome.ANSWER, 0, "");
    }

    /// No data, or no such name: with the SOA record, so that it can be remembered (RFC 2308 §2, §3).
    ///
    /// @param exists whether it has other data, or names below it, which "no such name" would deny too (RFC 8020 §2)
    private int none(boolean exists) {
        if (zone != null) {
            addStartOfAuthority(zone, (int) zones.options.negativeTtl().toSeconds());
        }
        return exists
                ? finish(Wire.NOERROR, Wire.AA, Outcome.NODATA, 0, "")
                : finish(Wire.NXDOMAIN, Wire.AA, Outcome.NXDOMAIN, 0, "");
    }

    private int refuse(int code, String why) {
        if (zones.options.addressesForErrors()) {
            if (type == Wire.A) {
                return address(ERROR_ADDRESS | code, ERROR_TTL);
            }
            if (type == Wire.TXT) {
                text.set(why);
                return text(ERROR_TTL);
            }
        }
        return finish(Wire.REFUSED, 0, Outcome.REFUSED, PROHIBITED, why);
    }

    // ---- writing

    /// Where the zone's name begins in the question.
    private int ownName() {
        return zone == null ? Wire.HEADER : Wire.HEADER + name.start(name.labels() - zone.labels);
    }

    private void addStartOfAuthority(Zone of, int ttl) {
        int begin = at;
        if (addRecord(ownName(), of.startOfAuthority, 0, of.startOfAuthority.length)) {
            Wire.put32(message, begin + 2 + of.serialAt, zones.serial(now));
            Wire.put32(message, begin + 2 + 4, ttl);
            answers--;
            authorities++;
        }
    }

    private boolean addRecord(int owner, byte[] record, int from, int length) {
        if (!fits(2 + length)) {
            return false;
        }
        Wire.put16(message, at, 0xc000 | owner);
        System.arraycopy(record, from, message, at + 2, length);
        at += 2 + length;
        answers++;
        return true;
    }

    private boolean addHeader(int owner, int recordType, int ttl, int length) {
        if (!fits(12 + length)) {
            return false;
        }
        Wire.put16(message, at, 0xc000 | owner);
        Wire.put16(message, at + 2, recordType);
        Wire.put16(message, at + 4, Wire.IN);
        Wire.put32(message, at + 6, ttl);
        Wire.put16(message, at + 10, length);
        at += 12;
        answers++;
        return true;
    }

    private boolean fits(int length) {
        truncated |= at + length > limit - (clientSize == NO_OPT ? 0 : OPT_LENGTH);
        return !truncated;
    }

    /// Header alone: the question is not understood, so it cannot be repeated.
    private int bare(int code, Outcome outcome) {
        at = Wire.HEADER;
        questionEnd = Wire.HEADER;
        clientSize = NO_OPT;
        answers = 0;
        authorities = 0;
        Wire.put16(message, 4, 0);
        return header(code, 0, outcome);
    }

    /// Adds the OPT record where the client sent one (RFC 6891 §6.1.1), and writes the header.
    ///
    /// @param info INFO-CODE of an Extended DNS Error (RFC 8914 §2); 0 for none
    private int finish(int code, int flags, Outcome outcome, int info, String why) {
        boolean cut = truncated;
        if (cut) {
            at = questionEnd;
            answers = 0;
            authorities = 0;
        }
        int additional = 0;
        if (clientSize != NO_OPT) {
            message[at] = 0;
            Wire.put16(message, at + 1, Wire.OPT);
            Wire.put16(message, at + 3, MAX_UDP);
            message[at + 5] = (byte) (code >> 4);
            message[at + 6] = 0;
            Wire.put16(message, at + 7, dnssecOk ? 0x8000 : 0); // RFC 3225 §3
            int explanation = info == 0 ? 0 : 6 + why.length();
            if (at + OPT_LENGTH + explanation > limit) {
                explanation = 0;
            }
            Wire.put16(message, at + 9, explanation);
            at += OPT_LENGTH;
            if (explanation > 0) {
                Wire.put16(message, at, 15);
                Wire.put16(message, at + 2, 2 + why.length());
                Wire.put16(message, at + 4, info);
                at += 6;
                for (int i = 0; i < why.length(); i++) {
                    message[at++] = (byte) why.charAt(i);
                }
            }
            additional = 1;
        }
        Wire.put16(message, 4, 1);
        int length = header(code & 15, flags | (cut ? Wire.TC : 0), outcome);
        Wire.put16(message, 10, additional);
        if (cut) {
            tally.count(Outcome.TRUNCATED);
        }
        return length;
    }

    private int header(int code, int flags, Outcome outcome) {
        message[2] = (byte) (Wire.QR | (message[2] & (0x78 | Wire.RD)) | flags);
        message[3] = (byte) code;
        Wire.put16(message, 6, answers);
        Wire.put16(message, 8, authorities);
        Wire.put16(message, 10, 0);
        last = outcome;
        tally.count(outcome);
        return at;
    }

    private Outcome last = Outcome.IGNORED;

    /// What the last query came to, for the limit of answers.
    ResponseRateLimit.Kind lastKind() {
        return switch (last) {
            case ANSWER, NODATA, TRUNCATED -> ResponseRateLimit.Kind.ANSWER;
            case NXDOMAIN -> ResponseRateLimit.Kind.NXDOMAIN;
            case REFUSED, FORMERR, NOTIMP, BADVERS, SERVFAIL, IGNORED, LIMITED ->
                    ResponseRateLimit.Kind.ERROR;
        };
    }

    /// Applies the limit's decision to the last answer.
    ///
    /// @return what is left of it; 0 for nothing
    int limited(ResponseRateLimit.Decision decision, int length) {
        return switch (decision) {
            case SEND -> length;
            case DROP -> {
                tally.count(Outcome.LIMITED);
                yield 0;
            }
            case TRUNCATE -> emptied();
        };
    }

    /// Makes the last answer an empty, truncated one: an honest client comes again over TCP.
    ///
    /// @return its length
    private int emptied() {
        tally.count(Outcome.LIMITED);
        message[2] = (byte) (message[2] | Wire.TC);
        Wire.put32(message, 6, 0);
        Wire.put16(message, 10, 0);
        return questionEnd;
    }
}
