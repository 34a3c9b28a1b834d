package tayori.dns.loopback;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DnsAnswer.Failed;
import tayori.dns.DnsAnswer.Found;
import tayori.dns.DnsAnswer.NoData;
import tayori.dns.DnsAnswer.NoSuchName;
import tayori.dns.DnsRecord;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.dns.ZoneDns;

/// From the octets of a question to the octets of its reply.
final class WireReply {
    private static final int UDP_PAYLOAD = 1232; // RFC 9715 §3
    private static final int UDP_PAYLOAD_WITHOUT_EDNS = 512; // RFC 1035 §4.2.1
    private static final int MAX_STRING = 255; // RFC 1035 §3.3
    private static final int MAX_CNAMES = 12;
    private static final Name NOWHERE = Name.fromConstantString("loopback.invalid.");

    private WireReply() {}

    /// @return nothing where the server is to stay silent: a time-out is played, or this is no question
    static Optional<byte[]> to(byte[] octets, Dns dns, boolean overTcp) {
        Message question;
        try {
            question = new Message(octets);
        } catch (IOException | RuntimeException e) {
            return formatError(octets);
        }
        if (question.getHeader().getFlag(Flags.QR)) {
            return Optional.empty(); // answering answers would never end
        }
        if (question.getHeader().getOpcode() != Opcode.QUERY) {
            return Optional.of(head(question, Rcode.NOTIMP).toWire());
        }
        if (question.getHeader().getCount(Section.QUESTION) != 1) {
            return formatError(octets);
        }
        return reply(question, dns).map(reply -> reply.toWire(payload(question, overTcp)));
    }

    private static int payload(Message question, boolean overTcp) {
        if (overTcp) {
            return Message.MAXLENGTH;
        }
        var edns = question.getOPT();
        return edns == null
                ? UDP_PAYLOAD_WITHOUT_EDNS
                : Math.clamp(edns.getPayloadSize(), UDP_PAYLOAD_WITHOUT_EDNS, UDP_PAYLOAD);
    }

    private static Optional<byte[]> formatError(byte[] octets) {
        if (octets.length < Header.LENGTH || (octets[2] & 0x80) != 0) {
            return Optional.empty();
        }
        var header = new Header(((octets[0] & 0xff) << 8) | (octets[1] & 0xff));
        header.setFlag(Flags.QR);
        header.setRcode(Rcode.FORMERR);
        return Optional.of(header.toWire());
    }

    private static Message head(Message question, int rcode) {
        var header = new Header(question.getHeader().getID());
        header.setFlag(Flags.QR);
        header.setFlag(Flags.RA);
        header.setOpcode(question.getHeader().getOpcode());
        if (question.getHeader().getFlag(Flags.RD)) {
            header.setFlag(Flags.RD);
        }
        header.setRcode(rcode);
        var reply = new Message();
        reply.setHeader(header);
        var asked = question.getQuestion();
        if (asked != null) {
            reply.addRecord(asked, Section.QUESTION);
        }
        var edns = question.getOPT();
        if (edns != null) {
            reply.addRecord(
                    new OPTRecord(UDP_PAYLOAD, 0, 0, edns.getFlags() & ExtendedFlags.DO),
                    Section.ADDITIONAL);
        }
        return reply;
    }

    private static Optional<Message> reply(Message question, Dns dns) {
        var asked = question.getQuestion();
        var name = domainName(asked.getName());
        var type = recordType(asked.getType());
        if (asked.getDClass() != DClass.IN || name.isEmpty()) {
            return Optional.of(head(question, Rcode.REFUSED));
        }
        if (type.isEmpty()) { // a type that no Dns can be asked for: nobody has such records
            return Optional.of(nothing(head(question, Rcode.NOERROR), Duration.ofMinutes(5)));
        }
        var answer = dns.query(name.get(), type.get());
        if (answer instanceof Failed(DnsAnswer.Trouble trouble, _)) {
            return switch (trouble) {
                case TIMEOUT -> Optional.empty();
                case SERVFAIL, BUDGET -> Optional.of(head(question, Rcode.SERVFAIL));
                case REFUSED -> Optional.of(head(question, Rcode.REFUSED));
                case MALFORMED -> Optional.of(head(question, Rcode.FORMERR));
            };
        }
        var reply = head(question, answer instanceof NoSuchName ? Rcode.NXDOMAIN : Rcode.NOERROR);
        Name end = addAliases(reply, dns, name.get(), type.get());
        boolean authenticated =
                switch (answer) {
                    case Found(var records, var ttl, var isAuthenticated) -> {
                        for (var record : records) {
                            reply.addRecord(
                                    wireRecord(end, type.get(), ttl.toSeconds(), record),
                                    Section.ANSWER);
                        }
                        yield isAuthenticated;
                    }
                    case NoData(var ttl, var isAuthenticated) -> {
                        nothing(reply, ttl);
                        yield isAuthenticated;
                    }
                    case NoSuchName(var ttl, var isAuthenticated) -> {
                        nothing(reply, ttl);
                        yield isAuthenticated;
                    }
                    case Failed _ -> false; // answered above
                };
        if (authenticated && caresForAd(question)) {
            reply.getHeader().setFlag(Flags.AD);
        }
        return Optional.of(reply);
    }

    /// RFC 6840 §5.8: AD is for those who set AD or DO.
    private static boolean caresForAd(Message question) {
        var edns = question.getOPT();
        return question.getHeader().getFlag(Flags.AD)
                || (edns != null && (edns.getFlags() & ExtendedFlags.DO) != 0);
    }

    /// The SOA that lets a "no" be kept for its TTL (RFC 2308 §3). The root's stands above every name.
    private static Message nothing(Message reply, Duration ttl) {
        long seconds = ttl.toSeconds();
        reply.addRecord(
                new SOARecord(
                        Name.root, DClass.IN, seconds, NOWHERE, NOWHERE, 1, 3600, 900, 86_400,
                        seconds),
                Section.AUTHORITY);
        return reply;
    }

    /// Shows the CNAMEs that a zone went along, as a resolver would; any other `Dns` only knows where they end.
    ///
    /// @return the name at the end of the chain
    private static Name addAliases(Message reply, Dns dns, DomainName name, RecordType type) {
        var at = name;
        if (dns instanceof ZoneDns zone && type != RecordType.CNAME) {
            for (int i = 0; i < MAX_CNAMES; i++) {
                var alias = zone.alias(at);
                if (alias.isEmpty()
                        || !(alias.get().records().getFirst()
                                instanceof DnsRecord.Name(var target))) {
                    break;
                }
                reply.addRecord(
                        new CNAMERecord(
                                wireName(at),
                                DClass.IN,
                                alias.get().ttl().toSeconds(),
                                wireName(target)),
                        Section.ANSWER);
                at = target;
            }
        }
        return wireName(at);
    }

    private static Record wireRecord(Name owner, RecordType type, long ttl, DnsRecord record) {
        return switch (record) {
            case DnsRecord.Address(InetAddress address) ->
                    type == RecordType.AAAA
                            ? new AAAARecord(owner, DClass.IN, ttl, address)
                            : new ARecord(owner, DClass.IN, ttl, address);
            case DnsRecord.MailExchange(int preference, DomainName exchange) ->
                    new MXRecord(owner, DClass.IN, ttl, preference, wireName(exchange));
            case DnsRecord.Text(String text) ->
                    Record.newRecord(owner, Type.TXT, DClass.IN, ttl, strings(text));
            case DnsRecord.Name(DomainName target) ->
                    switch (type) {
                        case NS -> new NSRecord(owner, DClass.IN, ttl, wireName(target));
                        case PTR -> new PTRRecord(owner, DClass.IN, ttl, wireName(target));
                        default -> new CNAMERecord(owner, DClass.IN, ttl, wireName(target));
                    };
            case DnsRecord.Other(String presentation) ->
                    other(owner, Type.value(type.name()), ttl, presentation);
        };
    }

    private static Record other(Name owner, int type, long ttl, String presentation) {
        try {
            return Record.fromString(owner, type, DClass.IN, ttl, presentation, Name.root);
        } catch (IOException e) {
            throw new IllegalArgumentException("not the data of a record: " + presentation, e);
        }
    }

    /// Splits a text into character-strings; an empty text is one empty string.
    private static byte[] strings(String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        int count = Math.max(1, (octets.length + MAX_STRING - 1) / MAX_STRING);
        var wire = new byte[octets.length + count];
        for (int i = 0; i < count; i++) {
            int from = i * MAX_STRING;
            int length = Math.min(MAX_STRING, octets.length - from);
            wire[from + i] = (byte) length;
            System.arraycopy(octets, from, wire, from + i + 1, length);
        }
        return wire;
    }

    private static Optional<RecordType> recordType(int code) {
        return switch (code) {
            case Type.A -> Optional.of(RecordType.A);
            case Type.AAAA -> Optional.of(RecordType.AAAA);
            case Type.MX -> Optional.of(RecordType.MX);
            case Type.TXT -> Optional.of(RecordType.TXT);
            case Type.PTR -> Optional.of(RecordType.PTR);
            case Type.CNAME -> Optional.of(RecordType.CNAME);
            case Type.NS -> Optional.of(RecordType.NS);
            case Type.SOA -> Optional.of(RecordType.SOA);
            case Type.TLSA -> Optional.of(RecordType.TLSA);
            default -> Optional.empty();
        };
    }

    private static Optional<DomainName> domainName(Name name) {
        byte[] wire = name.toWire();
        var text = new StringBuilder(wire.length);
        for (int at = 0; wire[at] != 0; ) {
            int end = at + 1 + wire[at];
            while (++at < end) {
                if (wire[at] == '.') {
                    return Optional.empty();
                }
                text.append((char) (wire[at] & 0xff));
            }
            text.append('.');
        }
        return text.isEmpty() ? Optional.of(DomainName.ROOT) : DomainName.parse(text.toString());
    }

    /// By way of the wire form: dnsjava's own reading of text knows escapes, our names do not.
    private static Name wireName(DomainName name) {
        if (name.equals(DomainName.ROOT)) {
            return Name.root;
        }
        byte[] text = name.toString().getBytes(StandardCharsets.US_ASCII);
        var wire = new byte[text.length + 2];
        System.arraycopy(text, 0, wire, 1, text.length);
        int length = 0;
        for (int at = 1; at < wire.length; at++) {
            if (at == wire.length - 1 || wire[at] == '.') {
                wire[length] = (byte) (at - length - 1);
                length = at;
            }
        }
        wire[wire.length - 1] = 0;
        try {
            return new Name(wire);
        } catch (IOException e) {
            throw new AssertionError("a DomainName is a name", e);
        }
    }
}
