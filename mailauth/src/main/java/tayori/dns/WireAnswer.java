package tayori.dns;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import tayori.dns.DnsAnswer.Failed;
import tayori.dns.DnsAnswer.Found;
import tayori.dns.DnsAnswer.NoData;
import tayori.dns.DnsAnswer.NoSuchName;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.ResolverDns.Limits;

/// Reads a reply: from octets to a [DnsAnswer], or to the name that must be asked for next.
///
/// Only the answer section counts, and in it only what belongs to the question: the CNAME chain from the name asked for
/// and the records at its end. A record whose name no [DomainName] can hold (a dot or an octet above 127 within a label)
/// is dropped, because nobody could ask for it; an answer of nothing but such records is malformed.
final class WireAnswer {
    /// The server cannot read EDNS; the same question without it is worth a try.
    static final Step WITHOUT_EDNS_PLEASE =
            new Step.Done(new Failed(Trouble.REFUSED, "the server does not know EDNS"));

    private static final long MAX_TTL_SECONDS = Integer.MAX_VALUE; // RFC 2181 §8

    private final Message message;
    private final WireQuestion question;
    private final Limits limits;
    private final String server;

    private WireAnswer(Message message, WireQuestion question, Limits limits, String server) {
        this.message = message;
        this.question = question;
        this.limits = limits;
        this.server = server;
    }

    /// How far a question has come along its CNAMEs.
    ///
    /// @param ttlSeconds the lowest so far
    /// @param authenticated whether everything so far was
    record Chain(DomainName at, int aliases, long ttlSeconds, boolean authenticated) {
        static Chain startingAt(DomainName name) {
            return new Chain(name, 0, MAX_TTL_SECONDS, true);
        }
    }

    /// What a reply leads to.
    sealed interface Step {
        record Done(DnsAnswer answer) implements Step {}

        /// The server ended its answer with a CNAME: ask for its target.
        record Further(Chain chain) implements Step {}
    }

    static Step read(
            Exchange.Octets octets,
            WireQuestion question,
            Chain chain,
            Limits limits,
            String server) {
        int rcode = octets.octets()[3] & 0x0f;
        if (question.withEdns() && (rcode == Rcode.FORMERR || rcode == Rcode.NOTIMP)) {
            return WITHOUT_EDNS_PLEASE;
        }
        try {
            var message = new Message(ByteBuffer.wrap(octets.octets(), 0, octets.length()));
            return new WireAnswer(message, question, limits, server).read(chain);
        } catch (IOException | RuntimeException e) {
            // dnsjava throws unchecked exceptions, too, for some of what strangers send.
            return malformed("unreadable answer from " + server);
        }
    }

    private static Step malformed(String detail) {
        return new Step.Done(new Failed(Trouble.MALFORMED, detail));
    }

    private Step read(Chain chain) {
        int rcode = message.getRcode();
        return switch (rcode) {
            case Rcode.NOERROR, Rcode.NXDOMAIN -> readAnswers(chain, rcode == Rcode.NXDOMAIN);
            case Rcode.SERVFAIL ->
                    new Step.Done(
                            new Failed(Trouble.SERVFAIL, "SERVFAIL from " + server + reason()));
            default ->
                    new Step.Done(
                            new Failed(
                                    Trouble.REFUSED,
                                    Rcode.string(rcode) + " from " + server + reason()));
        };
    }

    /// The extended error that explains a refusal, by its registered name only: its free text is a stranger's. RFC 8914.
    private String reason() {
        var edns = message.getOPT();
        if (edns != null) {
            for (var option : edns.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR)) {
                if (option instanceof ExtendedErrorCodeOption error) {
                    return " (" + ExtendedErrorCodeOption.text(error.getErrorCode()) + ")";
                }
            }
        }
        return "";
    }

    private Step readAnswers(Chain chain, boolean noSuchName) {
        var answers = message.getSection(Section.ANSWER);
        int type = WireQuestion.typeCode(question.type());
        var owner = message.getQuestion().getName();
        int aliases = chain.aliases();
        long ttl = chain.ttlSeconds();
        boolean authenticated = chain.authenticated() && message.getHeader().getFlag(Flags.AD);
        while (true) { // ends: each turn adds an alias, and they are bounded
            for (var record : answers) {
                if (isAt(record, owner, type)) {
                    return found(answers, owner, ttl, authenticated);
                }
            }
            var alias = aliasAt(answers, owner);
            if (alias.isEmpty()) {
                break;
            }
            if (++aliases > limits.maxAliases()) {
                return malformed("more than " + limits.maxAliases() + " CNAMEs from " + server);
            }
            ttl = Math.min(ttl, ttlSeconds(alias.get()));
            owner = alias.get().getTarget();
        }
        return nothingAt(
                owner,
                new Chain(chain.at(), aliases, ttl, authenticated),
                aliases > chain.aliases(),
                noSuchName);
    }

    /// The chain has an end without records: by name, by type, or only because this server went no further.
    private Step nothingAt(Name owner, Chain chain, boolean moved, boolean noSuchName) {
        var authority = message.getSection(Section.AUTHORITY);
        Optional<SOARecord> soa = Optional.empty();
        boolean delegation = false;
        for (var record : authority) {
            if (record instanceof SOARecord found && owner.subdomain(found.getName())) {
                soa = Optional.of(found);
            }
            delegation |= record instanceof NSRecord;
        }
        // RFC 2308 §5: the lower of the SOA's TTL and its MINIMUM; without an SOA a "no" is not to
        // be kept.
        long ttl =
                soa.map(s -> Math.min(ttlSeconds(s), s.getMinimum()))
                        .map(s -> Math.min(s, chain.ttlSeconds()))
                        .orElse(0L);
        if (noSuchName) { // RFC 2308 §2.1: the code speaks of the end of the chain
            return new Step.Done(new NoSuchName(Duration.ofSeconds(ttl), chain.authenticated()));
        }
        if (soa.isEmpty() && moved) {
            var target = domainName(owner);
            return target.isPresent()
                    ? new Step.Further(
                            new Chain(
                                    target.get(),
                                    chain.aliases(),
                                    chain.ttlSeconds(),
                                    chain.authenticated()))
                    : malformed("a CNAME to an unusable name from " + server);
        }
        if (soa.isEmpty()
                && delegation
                && !message.getHeader().getFlag(Flags.AA)
                && !message.getHeader().getFlag(Flags.RA)) {
            return new Step.Done( // RFC 2308 §2.2 tells this apart from "no data"
                    new Failed(Trouble.REFUSED, "a referral, no answer, from " + server));
        }
        return new Step.Done(new NoData(Duration.ofSeconds(ttl), chain.authenticated()));
    }

    private Step found(List<Record> answers, Name owner, long ttlBefore, boolean authenticated) {
        int type = WireQuestion.typeCode(question.type());
        var records = new ArrayList<DnsRecord>();
        long ttl = ttlBefore;
        for (var record : answers) {
            if (!isAt(record, owner, type)) {
                continue;
            }
            ttl = Math.min(ttl, ttlSeconds(record));
            var read = dnsRecord(record);
            if (read.isEmpty()) {
                continue;
            }
            if (read.get() instanceof DnsRecord.Text(var text)
                    && text.length() > limits.maxTextOctets()) {
                return malformed(
                        "a TXT record of more than "
                                + limits.maxTextOctets()
                                + " octets from "
                                + server);
            }
            if (records.contains(read.get())) {
                continue; // RFC 2181 §5: there are no duplicates in a set
            }
            if (records.size() == limits.maxRecords()) {
                return malformed("more than " + limits.maxRecords() + " records from " + server);
            }
            records.add(read.get());
        }
        return records.isEmpty()
                ? malformed("nothing but unusable names from " + server)
                : new Step.Done(new Found(records, Duration.ofSeconds(ttl), authenticated));
    }

    private static boolean isAt(Record record, Name owner, int type) {
        return record.getType() == type
                && record.getDClass() == DClass.IN
                && record.getName().equals(owner);
    }

    private static Optional<CNAMERecord> aliasAt(List<Record> answers, Name owner) {
        for (var record : answers) {
            if (isAt(record, owner, Type.CNAME) && record instanceof CNAMERecord alias) {
                return Optional.of(alias);
            }
        }
        return Optional.empty();
    }

    private static long ttlSeconds(Record record) {
        long ttl = record.getTTL();
        return ttl < 0 || ttl > MAX_TTL_SECONDS ? 0 : ttl; // RFC 2181 §8: the top bit set is zero
    }

    private static Optional<DnsRecord> dnsRecord(Record record) {
        return switch (record) {
            case TXTRecord text -> Optional.of(new DnsRecord.Text(joined(text)));
            case MXRecord mx ->
                    domainName(mx.getTarget())
                            .map(host -> new DnsRecord.MailExchange(mx.getPriority(), host));
            case PTRRecord ptr -> domainName(ptr.getTarget()).map(DnsRecord.Name::new);
            case CNAMERecord cname -> domainName(cname.getTarget()).map(DnsRecord.Name::new);
            case NSRecord ns -> domainName(ns.getTarget()).map(DnsRecord.Name::new);
            case org.xbill.DNS.ARecord a -> address(a.rdataToWireCanonical());
            case org.xbill.DNS.AAAARecord aaaa -> address(aaaa.rdataToWireCanonical());
            default -> Optional.of(new DnsRecord.Other(record.rdataToString()));
        };
    }

    private static String joined(TXTRecord text) {
        List<?> strings = text.getStringsAsByteArrays(); // a raw list of byte arrays
        if (strings.size() == 1) {
            return new String((byte[]) strings.getFirst(), StandardCharsets.ISO_8859_1);
        }
        var joined = new ByteArrayOutputStream();
        for (Object string : strings) {
            joined.writeBytes((byte[]) string);
        }
        return joined.toString(StandardCharsets.ISO_8859_1);
    }

    private static Optional<DnsRecord> address(byte[] octets) {
        try {
            return Optional.of(
                    new DnsRecord.Address(
                            octets.length == 16
                                    ? java.net.Inet6Address.getByAddress(null, octets, -1)
                                    : InetAddress.getByAddress(octets)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The name as we hold names; nothing where a label has a dot or an octet outside ASCII.
    static Optional<DomainName> domainName(Name name) {
        byte[] wire = name.toWire();
        if (wire.length == 1) {
            return Optional.of(DomainName.ROOT);
        }
        var text = new StringBuilder(wire.length);
        for (int at = 0; wire[at] != 0; ) {
            int length = wire[at++];
            if (!text.isEmpty()) {
                text.append('.');
            }
            for (int end = at + length; at < end; at++) {
                if (wire[at] < 0 || wire[at] == '.') {
                    return Optional.empty();
                }
                text.append((char) wire[at]);
            }
        }
        return DomainName.parse(text.toString());
    }
}
