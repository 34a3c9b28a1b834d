package tayori.xarf;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What the schemas of XARF 4.2 require of each type beyond the core.
///
/// A table instead of a schema validator: it is the part of the schemas that decides whether a report can be used. A test
/// compares it with the schemas.
final class RequiredMembers {
    private static final Map<String, List<String>> BY_TYPE =
            Map.ofEntries(
                    Map.entry("connection/ddos", List.of("protocol", "first_seen")),
                    Map.entry(
                            "connection/infected_host",
                            List.of("protocol", "bot_type", "first_seen")),
                    Map.entry("connection/login_attack", List.of("protocol", "first_seen")),
                    Map.entry("connection/port_scan", List.of("protocol", "first_seen")),
                    Map.entry(
                            "connection/reconnaissance",
                            List.of("protocol", "probed_resources", "first_seen")),
                    Map.entry(
                            "connection/scraping",
                            List.of("protocol", "first_seen", "total_requests")),
                    Map.entry("connection/sql_injection", List.of("protocol", "first_seen")),
                    Map.entry(
                            "connection/vulnerability_scan",
                            List.of("scan_type", "protocol", "first_seen")),
                    Map.entry(
                            "content/brand_infringement",
                            List.of("url", "infringement_type", "legitimate_site")),
                    Map.entry("content/csam", List.of("url", "classification", "detection_method")),
                    Map.entry(
                            "content/csem",
                            List.of("url", "exploitation_type", "detection_method")),
                    Map.entry(
                            "content/exposed_data",
                            List.of("url", "data_types", "exposure_method")),
                    Map.entry("content/fraud", List.of("url", "fraud_type")),
                    Map.entry("content/malware", List.of("url")),
                    Map.entry("content/phishing", List.of("url")),
                    Map.entry("content/remote_compromise", List.of("url", "compromise_type")),
                    Map.entry(
                            "content/suspicious_registration",
                            List.of("url", "registration_date", "suspicious_indicators")),
                    Map.entry("copyright/copyright", List.of("infringing_url")),
                    Map.entry(
                            "copyright/cyberlocker", List.of("infringing_url", "hosting_service")),
                    Map.entry("copyright/link_site", List.of("infringing_url", "site_name")),
                    Map.entry("copyright/p2p", List.of("p2p_protocol", "swarm_info")),
                    Map.entry("copyright/ugc_platform", List.of("infringing_url", "platform_name")),
                    Map.entry("copyright/usenet", List.of("newsgroup", "message_info")),
                    Map.entry("infrastructure/botnet", List.of("compromise_evidence")),
                    Map.entry("infrastructure/compromised_server", List.of("compromise_method")),
                    Map.entry("messaging/bulk_messaging", List.of("protocol", "recipient_count")),
                    Map.entry("messaging/spam", List.of("protocol")),
                    Map.entry("reputation/blocklist", List.of("threat_type")),
                    Map.entry("reputation/threat_intelligence", List.of("threat_type")),
                    Map.entry("vulnerability/cve", List.of("service", "service_port", "cve_id")),
                    Map.entry("vulnerability/misconfiguration", List.of("service")),
                    Map.entry("vulnerability/open_service", List.of("service")));

    /// Required when mail is what is complained of (`if` protocol is smtp).
    private static final Map<String, List<String>> OVER_SMTP =
            Map.of(
                    "messaging/spam", List.of("smtp_from", "source_port"),
                    "messaging/bulk_messaging", List.of("smtp_from", "source_port"));

    /// Require the port of a source that is an address.
    private static final Set<String> FROM_ADDRESSES =
            Set.of("connection/ddos", "connection/login_attack", "connection/port_scan");

    private RequiredMembers() {}

    /// The first member that a report of this type lacks.
    static Optional<String> missing(JsonNode json, String category, String type) {
        String name = category + "/" + type;
        for (String member : BY_TYPE.getOrDefault(name, List.of())) {
            if (!json.hasNonNull(member)) {
                return Optional.of(member + " is missing, which " + name + " requires");
            }
        }
        if (json.path("protocol").asString("").equals("smtp")) {
            for (String member : OVER_SMTP.getOrDefault(name, List.of())) {
                if (!json.hasNonNull(member)) {
                    return Optional.of(
                            member + " is missing, which " + name + " over SMTP requires");
                }
            }
        }
        if (FROM_ADDRESSES.contains(name)
                && isAddress(json.path("source_identifier").asString(""))
                && !json.hasNonNull("source_port")) {
            return Optional.of("source_port is missing, which " + name + " requires");
        }
        return Optional.empty();
    }

    private static boolean isAddress(String identifier) {
        return identifier.indexOf(':') >= 0
                || (!identifier.isEmpty()
                        && identifier.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9')));
    }

    /// All that is required of a type without conditions.
    static List<String> of(String category, String type) {
        return BY_TYPE.getOrDefault(category + "/" + type, List.of());
    }
}
