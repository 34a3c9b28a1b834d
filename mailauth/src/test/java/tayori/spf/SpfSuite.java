package tayori.spf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.dns.ZoneDns;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the SPF conformance suites as cases.
final class SpfSuite {
    /// What jSPF tells where a domain explains nothing.
    private static final String JSPF_DEFAULT = "http://www.openspf.org/why.html";

    /// One question and the answers a suite accepts.
    ///
    /// @param explanation what `exp=` must give; `DEFAULT` for nothing, absent where the suite does not say
    record Case(
            String id,
            String client,
            String mailFrom,
            String helo,
            Dns dns,
            List<String> results,
            Optional<String> explanation) {}

    private SpfSuite() {}

    static String read(String file) {
        try (var in = SpfSuite.class.getResourceAsStream("/conformance/spf/" + file)) {
            if (in == null) {
                throw new IllegalStateException("missing suite file " + file);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Case to the result we give where a suite says otherwise than RFC 7208.
    static Map<String, String> disputed() {
        var disputed = new LinkedHashMap<String, String>();
        for (var line : read("disputed.tsv").lines().toList()) {
            if (!line.startsWith("#") && !line.isBlank()) {
                var columns = line.split("\t", -1);
                disputed.put(columns[0], columns[1]);
            }
        }
        return disputed;
    }

    /// The cases of a file in the openspf format.
    static List<Case> openspf(String set) {
        var cases = new ArrayList<Case>();
        var settings = LoadSettings.builder().build();
        for (Node document : new Compose(settings).composeAllFromString(read(set + "-tests.yml"))) {
            var scenario = map(value(document));
            var dns = zone(map(scenario.get("zonedata")));
            map(scenario.get("tests"))
                    .forEach((name, test) -> cases.add(openspfCase(set, name, map(test), dns)));
        }
        return cases;
    }

    private static Case openspfCase(String set, String name, Map<String, Object> test, Dns dns) {
        return new Case(
                set + "/" + name,
                text(test.get("host")),
                text(test.get("mailfrom")),
                text(test.get("helo")),
                dns,
                list(test.get("result")).stream()
                        .map(SpfSuite::text)
                        .map(String::toLowerCase)
                        .toList(),
                Optional.ofNullable(test.get("explanation"))
                        .map(SpfSuite::text)
                        .map(text -> text.startsWith(JSPF_DEFAULT) ? "DEFAULT" : text));
    }

    private static Dns zone(Map<String, Object> data) {
        var zone = ZoneDns.builder();
        data.forEach((name, records) -> addRecords(zone, name, list(records)));
        return zone.build();
    }

    /// `TIMEOUT` holds for every type that has no records of its own; SPF entries stand for TXT where there is none.
    private static void addRecords(ZoneDns.Builder zone, String name, List<Object> records) {
        if (DomainName.parse(name).isEmpty()) {
            return;
        }
        zone.name(name);
        var types = new ArrayList<String>();
        for (var record : records) {
            if (record instanceof Map<?, ?> map) {
                map.keySet().forEach(type -> types.add(String.valueOf(type)));
            }
        }
        if (types.contains("SPF") && !types.contains("TXT")) {
            types.add("SPF as TXT");
        }
        if (records.contains(Map.of("TXT", "NONE"))) {
            types.remove("TXT");
            types.add("no TXT");
        }
        for (var record : records) {
            if (record instanceof String trouble) {
                breakAll(zone, name, trouble, types);
            } else {
                map(record).forEach((type, value) -> addRecord(zone, name, type, value, types));
            }
        }
    }

    private static void addRecord(
            ZoneDns.Builder zone, String name, String type, Object value, List<String> types) {
        switch (type) {
            case "TIMEOUT", "SERVFAIL" -> breakAll(zone, name, type, List.of());
            case "SPF" -> {
                if (types.contains("SPF as TXT")) {
                    addRecord(zone, name, "TXT", value, List.of("TXT"));
                }
            }
            case "TXT" -> {
                if (value instanceof String trouble
                        && (trouble.equals("TIMEOUT") || trouble.equals("SERVFAIL"))) {
                    zone.broken(name, RecordType.TXT, DnsAnswer.Trouble.valueOf(trouble));
                } else if (!"NONE".equals(value)) {
                    var joined = new StringBuilder();
                    list(value).forEach(part -> joined.append(text(part)));
                    zone.txt(name, new String(joined.toString().getBytes(UTF_8), ISO_8859_1));
                }
            }
            case "A", "AAAA" -> zone.address(name, text(value));
            case "MX" -> {
                var exchange = text(list(value).get(1));
                zone.mx(
                        name,
                        Integer.parseInt(text(list(value).getFirst())),
                        exchange.isEmpty() ? "." : exchange);
            }
            case "PTR" -> {
                if (DomainName.parse(text(value)).isPresent()) {
                    zone.ptr(name, text(value));
                }
            }
            case "CNAME" -> {
                if (DomainName.parse(text(value)).isPresent()) {
                    zone.cname(name, text(value));
                }
            }
            default -> throw new IllegalStateException("record type " + type);
        }
    }

    private static void breakAll(
            ZoneDns.Builder zone, String name, String trouble, List<String> types) {
        for (var type : RecordType.values()) {
            boolean published =
                    types.contains(type.name())
                            || (type == RecordType.TXT && types.contains("SPF as TXT"))
                            || types.contains("CNAME");
            if (!published) {
                zone.broken(name, type, DnsAnswer.Trouble.valueOf(trouble));
            }
        }
    }

    /// The cases of mail-auth.json. Its `mx` lists addresses, so a host is made up for each.
    static List<Case> mailAuth() {
        var cases = new ArrayList<Case>();
        for (var test : JsonMapper.shared().readTree(read("mail-auth.json"))) {
            var zone = mailAuthZone(test.path("zone"));
            Dns dns =
                    (name, type) ->
                            name.toString().contains("_dns_error")
                                    ? new DnsAnswer.Failed(
                                            DnsAnswer.Trouble.SERVFAIL, "SERVFAIL for " + name)
                                    : zone.query(name, type);
            var explanation = test.get("explanation");
            cases.add(
                    new Case(
                            "mail-auth/" + test.path("id").asString(),
                            test.path("host").asString(),
                            test.path("mailfrom").asString(),
                            test.path("helo").asString(),
                            dns,
                            strings(test.path("result")),
                            explanation == null || explanation.isNull()
                                    ? Optional.empty()
                                    : Optional.of(explanation.asString())));
        }
        return cases;
    }

    private static ZoneDns mailAuthZone(JsonNode data) {
        var zone = ZoneDns.builder();
        data.path("txt")
                .forEachEntry((name, texts) -> {
                    if (DomainName.parse(name).isPresent()) {
                        strings(texts)
                                .forEach(text ->
                                        zone.txt(
                                                name,
                                                new String(text.getBytes(UTF_8), ISO_8859_1)));
                    }
                });
        for (var type : List.of("a", "aaaa")) {
            data.path(type)
                    .forEachEntry((name, addresses) ->
                            strings(addresses).forEach(address -> zone.address(name, address)));
        }
        var hosts = new ArrayList<String>();
        data.path("mx")
                .forEachEntry((name, addresses) ->
                        strings(addresses)
                                .forEach(address -> {
                                    hosts.add(address);
                                    var host = "mx" + hosts.size() + ".made-up.example";
                                    zone.mx(name, 10 * hosts.size(), host);
                                    zone.address(host, address);
                                }));
        data.path("ptr")
                .forEachEntry((address, names) -> {
                    var reverse =
                            new Client(java.net.InetAddress.ofLiteral(address))
                                    .reverseName()
                                    .toString();
                    strings(names).forEach(name -> zone.ptr(reverse, name));
                });
        return zone.build();
    }

    private static List<String> strings(JsonNode node) {
        var strings = new ArrayList<String>();
        if (node.isArray()) {
            node.forEach(item -> strings.add(item.asString()));
        } else {
            strings.add(node.asString());
        }
        return strings;
    }

    // YAML as it stands: every scalar is its text, and a name that stands twice keeps the records
    // of both places.

    private static @Nullable Object value(Node node) {
        return switch (node) {
            case ScalarNode scalar ->
                    scalar.getValue().isEmpty() && scalar.isPlain() ? null : scalar.getValue();
            case SequenceNode sequence -> {
                var items = new ArrayList<@Nullable Object>();
                sequence.getValue().forEach(item -> items.add(value(item)));
                yield items;
            }
            case MappingNode mapping -> {
                var entries = new LinkedHashMap<String, Object>();
                for (var tuple : mapping.getValue()) {
                    var value = value(tuple.getValueNode());
                    if (value != null) {
                        entries.merge(text(value(tuple.getKeyNode())), value, SpfSuite::join);
                    }
                }
                yield entries;
            }
            default -> throw new IllegalStateException("unexpected YAML " + node);
        };
    }

    private static Object join(Object first, Object second) {
        var joined = new ArrayList<Object>(list(first));
        joined.addAll(list(second));
        return joined;
    }

    @SuppressWarnings("unchecked") // value() makes maps with text keys only
    private static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked") // value() makes lists of objects only
    private static List<Object> list(@Nullable Object value) {
        return value instanceof List<?> list
                ? (List<Object>) list
                : value == null ? List.of() : List.of(value);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
