package tayori.dkim;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.ZoneDns;
import tools.jackson.databind.JsonNode;

/// The zones of the suites: name to list of TXT records, or the trouble there is with it.
public final class TestZones {
    private TestZones() {}

    public static ZoneDns keys(JsonNode zone, @Nullable JsonNode override) {
        var builder = ZoneDns.builder();
        add(builder, zone, override);
        if (override != null) {
            add(builder, override, null);
        }
        return builder.build();
    }

    private static void add(ZoneDns.Builder zone, JsonNode names, @Nullable JsonNode except) {
        for (var entry : names.properties()) {
            String name = entry.getKey();
            if (except != null && except.has(name)) {
                continue;
            }
            var value = entry.getValue();
            if (value.isArray()) {
                for (var text : value) {
                    zone.txt(name, octets(text.asString()));
                }
            } else {
                switch (value.asString()) {
                    case "TIMEOUT" -> zone.broken(name, Trouble.TIMEOUT);
                    case "SERVFAIL" -> zone.broken(name, Trouble.SERVFAIL);
                    case "NXDOMAIN", "PERMERROR" -> {}
                    default -> zone.txt(name, octets(value.asString()));
                }
            }
        }
    }

    private static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
