package tayori.dns.loopback;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.DnsRecord;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.dns.ZoneDns;

/// A plain-text zone: one record a line, `name [ttl] TYPE data`.
///
/// ```
/// ; comments begin with a semicolon, outside quotes
/// example.org              TXT   "v=spf1 mx -all"
/// example.org         60   MX    10 mail.example.org
/// mail.example.org         AAAA  2001:db8::25
/// s1._domainkey.example.org TXT  "v=DKIM1; p=MIGf" "MA0GCSq"   ; strings are joined
/// empty.example.org                                           ; exists, has nothing
/// slow.example.org         !TIMEOUT
/// sick.example.org         !SERVFAIL TXT                      ; only this type is broken
/// ```
///
/// Names are whole (`example.org` and `example.org.` are the same). In quotes `\"`, `\\` and `\DDD` are as in RFC 1035
/// §5.1; other text there is UTF-8. A name may hold `\DDD` for odd octets such as a space.
public final class ZoneText {
    /// Longest text read. Unit: chars.
    public static final int MAX_CHARS = 16 << 20;

    private ZoneText() {}

    /// What reading came to.
    public sealed interface Result {}

    public record Zone(ZoneDns dns) implements Result {}

    /// @param errors for people, each beginning with `line 12: `; at least one, in order, at most [#MAX_ERRORS]
    public record Unreadable(List<String> errors) implements Result {
        public Unreadable {
            errors = List.copyOf(errors);
        }
    }

    /// Errors told before reading stops.
    public static final int MAX_ERRORS = 20;

    /// Reads a zone that the program itself brings along.
    ///
    /// @throws IllegalArgumentException with all errors where it cannot be read
    public static ZoneDns of(String text) {
        return switch (parse(text)) {
            case Zone(var dns) -> dns;
            case Unreadable(var errors) ->
                    throw new IllegalArgumentException(String.join("\n", errors));
        };
    }

    public static Result parse(String text) {
        if (text.length() > MAX_CHARS) {
            return new Unreadable(List.of("line 1: more than " + MAX_CHARS + " characters"));
        }
        var builder = ZoneDns.builder();
        var errors = new ArrayList<String>();
        int number = 0;
        for (var lines = text.lines().iterator(); lines.hasNext() && errors.size() < MAX_ERRORS; ) {
            number++;
            try {
                readLine(lines.next(), builder);
            } catch (Refused e) {
                errors.add("line " + number + ": " + e.getMessage());
            }
        }
        return errors.isEmpty() ? new Zone(builder.build()) : new Unreadable(errors);
    }

    /// Leaves the line being read; never leaves this class.
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    private static void readLine(String line, ZoneDns.Builder builder) throws Refused {
        var tokens = tokens(line);
        if (tokens.isEmpty()) {
            return;
        }
        String name = name(tokens.getFirst());
        int at = 1;
        if (tokens.size() == 1) {
            builder.name(name);
            return;
        }
        String word = tokens.get(1);
        if (word.startsWith("!")) {
            breakName(name, tokens, builder);
            return;
        }
        Optional<Duration> ttl = Optional.empty();
        if (!word.isEmpty() && Character.isDigit(word.charAt(0))) {
            ttl = Optional.of(Duration.ofSeconds(number(word, Integer.MAX_VALUE, "TTL")));
            at++;
        }
        if (at < tokens.size() && tokens.get(at).equalsIgnoreCase("IN")) {
            at++;
        }
        if (at >= tokens.size()) {
            throw new Refused("a record type is missing");
        }
        var type = type(tokens.get(at++));
        var data = tokens.subList(at, tokens.size());
        builder.record(name, type, record(type, data));
        if (ttl.isPresent()) {
            builder.ttl(name, type, ttl.get());
        }
    }

    private static void breakName(String name, List<String> tokens, ZoneDns.Builder builder)
            throws Refused {
        var trouble =
                switch (tokens.get(1).toUpperCase(Locale.ROOT)) {
                    case "!SERVFAIL" -> Trouble.SERVFAIL;
                    case "!TIMEOUT" -> Trouble.TIMEOUT;
                    case "!REFUSED" -> Trouble.REFUSED;
                    default ->
                            throw new Refused(
                                    "«"
                                            + tokens.get(1)
                                            + "» is none of !SERVFAIL, !TIMEOUT, !REFUSED");
                };
        if (tokens.size() == 2) {
            builder.broken(name, trouble);
        }
        for (var token : tokens.subList(2, tokens.size())) {
            builder.broken(name, type(token), trouble);
        }
    }

    private static DnsRecord record(RecordType type, List<String> data) throws Refused {
        return switch (type) {
            case TXT -> text(data);
            case A, AAAA -> address(type, only(type, data));
            case MX -> mailExchange(data);
            case PTR, CNAME, NS -> {
                String target = only(type, data);
                yield new DnsRecord.Name(nameOrRoot(target));
            }
            case SOA, TLSA -> other(type, data);
        };
    }

    private static DnsRecord text(List<String> data) throws Refused {
        if (data.isEmpty()) {
            throw new Refused("TXT needs a text");
        }
        var joined = new StringBuilder();
        for (var token : data) {
            joined.append(token);
        }
        return new DnsRecord.Text(joined.toString());
    }

    private static DnsRecord mailExchange(List<String> data) throws Refused {
        if (data.size() != 2) {
            throw new Refused("MX needs a preference and a host, as in «10 mail.example.org»");
        }
        return new DnsRecord.MailExchange(
                number(data.getFirst(), 65_535, "preference"), nameOrRoot(data.get(1)));
    }

    private static DnsRecord address(RecordType type, String literal) throws Refused {
        try {
            var addresses = ZoneDns.builder().address("a.example", literal).build();
            var found = addresses.query(DomainName.of("a.example"), type).addresses();
            if (!found.isEmpty()) {
                return new DnsRecord.Address(found.getFirst());
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new Refused(
                "«" + literal + "» is no " + (type == RecordType.A ? "IPv4" : "IPv6") + " address");
    }

    private static DnsRecord other(RecordType type, List<String> data) throws Refused {
        var presentation = new StringBuilder();
        for (var token : data) {
            presentation.append(presentation.isEmpty() ? "" : " ").append(token);
        }
        try {
            return new DnsRecord.Other(
                    Record.fromString(
                                    Name.root,
                                    Type.value(type.name()),
                                    DClass.IN,
                                    0,
                                    presentation.toString(),
                                    Name.root)
                            .rdataToString());
        } catch (java.io.IOException | RuntimeException e) {
            throw new Refused("«" + presentation + "» is no " + type + " data");
        }
    }

    private static String only(RecordType type, List<String> data) throws Refused {
        if (data.size() != 1) {
            throw new Refused(type + " needs one value, not " + data.size());
        }
        return data.getFirst();
    }

    private static RecordType type(String word) throws Refused {
        for (var type : RecordType.values()) {
            if (type.name().equalsIgnoreCase(word)) {
                return type;
            }
        }
        throw new Refused("«" + word + "» is no record type known here");
    }

    private static String name(String text) throws Refused {
        if (DomainName.parse(text).isEmpty()) {
            throw new Refused("«" + text + "» is no domain name");
        }
        return text;
    }

    private static DomainName nameOrRoot(String text) throws Refused {
        return text.equals(".") ? DomainName.ROOT : DomainName.of(name(text));
    }

    private static int number(String digits, int most, String what) throws Refused {
        long number = 0;
        for (int i = 0; i < digits.length() && number <= most; i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                throw new Refused("«" + digits + "» is no " + what);
            }
            number = number * 10 + (c - '0');
        }
        if (digits.isEmpty() || number > most) {
            throw new Refused("«" + digits + "» is no " + what);
        }
        return (int) number;
    }

    /// Splits a line into words and quoted strings; texts come out with one char per octet.
    private static List<String> tokens(String line) throws Refused {
        String octets =
                new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        var tokens = new ArrayList<String>();
        for (int at = 0; at < octets.length(); ) {
            char c = octets.charAt(at);
            if (c == ';') {
                break;
            }
            if (c == ' ' || c == '\t') {
                at++;
                continue;
            }
            boolean quoted = c == '"';
            var text = new StringBuilder();
            at = readToken(octets, quoted ? at + 1 : at, quoted, text);
            tokens.add(text.toString());
        }
        return tokens;
    }

    /// @return where the next token may begin
    private static int readToken(String line, int from, boolean quoted, StringBuilder text)
            throws Refused {
        int at = from;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (quoted ? c == '"' : c == ' ' || c == '\t' || c == ';' || c == '"') {
                break;
            }
            if (c != '\\') {
                text.append(c);
                at++;
            } else if (at + 3 < line.length() && Character.isDigit(line.charAt(at + 1))) {
                text.append((char) number(line.substring(at + 1, at + 4), 255, "octet"));
                at += 4;
            } else if (at + 1 < line.length() && !Character.isDigit(line.charAt(at + 1))) {
                text.append(line.charAt(at + 1));
                at += 2;
            } else {
                throw new Refused("a backslash needs three digits or a character after it");
            }
        }
        if (quoted && at == line.length()) {
            throw new Refused("a quote is not closed");
        }
        return quoted ? at + 1 : at;
    }
}
