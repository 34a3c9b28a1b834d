package tayori.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tayori.reputation.Counts;
import tayori.reputation.Evidence;
import tayori.reputation.EvidenceBatch;
import tayori.reputation.Identity;
import tayori.reputation.Observation;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Evidence as JSON, between machines and in files.
///
/// A batch: `{"id": …, "node": …, "evidence": […]}`. One piece of evidence: `{"identity": "dkim:example.jp", "hour":
/// 490000, "counts": {"messages": 12, "complaints": 1}, "reporters": ["00000000000000af"]}`. The hour is null where it is
/// not known. Reporters are 16 hexadecimal digits, because a number in JSON keeps only 53 bits. The provider is never
/// part of it: whoever hands it in proves who he is.
public final class EvidenceJson {
    /// Most pieces of evidence in one batch.
    public static final int MAX_EVIDENCE = 20_000;

    /// Most reporters named in one batch.
    static final int MAX_REPORTERS = 50_000;

    /// Largest count of one piece: no provider takes in a billion mails of one sender in an hour, and sums of them stay
    /// far from the end of 64 bits.
    static final long MAX_COUNT = 1_000_000_000;

    /// Longest id of a batch, name of a node. Unit: characters.
    static final int MAX_NAME = 128;

    /// How far ahead of ours another machine's clock may be. Unit: hours.
    static final long MAX_HOURS_AHEAD = 2;

    private static final int MAX_DEPTH = 8;
    private static final int REPORTER_DIGITS = 16;
    private static final Set<String> BATCH_MEMBERS = Set.of("id", "node", "evidence");
    private static final Set<String> EVIDENCE_MEMBERS =
            Set.of("identity", "hour", "counts", "reporters");

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxStringLength(1_024)
                                                    .maxNameLength(64)
                                                    .maxNumberLength(32)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /// What came of reading.
    ///
    /// @param <T> what was to be read
    public sealed interface Reading<T> {
        record Read<T>(T value) implements Reading<T> {}

        /// It is no JSON.
        record NotJson<T>(String reason) implements Reading<T> {}

        /// It is JSON, but means nothing we know.
        record Meaningless<T>(String reason) implements Reading<T> {}
    }

    private EvidenceJson() {}

    /// Ends the reading of one batch; caught where the outcome is made.
    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;
        private final String reason;

        Wrong(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }

    private interface Reader<T> {
        T read(JsonNode node) throws Wrong;
    }

    /// Reads a batch.
    ///
    /// @param provider who hands it in
    public static Reading<EvidenceBatch> readBatch(byte[] json, String provider, Instant now) {
        return read(json, node -> batch(node, provider, now));
    }

    /// Reads one piece of evidence.
    public static Reading<Evidence> readEvidence(byte[] json, Instant now) {
        return read(json, node -> evidence(node, now));
    }

    private static <T> Reading<T> read(byte[] json, Reader<T> reader) {
        try {
            return new Reading.Read<>(reader.read(JSON.readTree(json)));
        } catch (JacksonException e) {
            var where = e.getLocation();
            return new Reading.NotJson<>(
                    "not JSON"
                            + (where == null
                                    ? ""
                                    : ", line "
                                            + where.getLineNr()
                                            + ", column "
                                            + where.getColumnNr()));
        } catch (Wrong wrong) {
            return new Reading.Meaningless<>(wrong.reason);
        }
    }

    private static EvidenceBatch batch(JsonNode node, String provider, Instant now) throws Wrong {
        known(node, BATCH_MEMBERS, "the batch");
        String id = name(node, "id");
        String nodeName = name(node, "node");
        if (!(node.get("evidence") instanceof ArrayNode list)) {
            throw new Wrong("evidence: expected a list");
        }
        if (list.size() > MAX_EVIDENCE) {
            throw new Wrong("evidence: more than " + MAX_EVIDENCE);
        }
        var evidence = new ArrayList<Evidence>(list.size());
        int reporters = 0;
        for (int i = 0; i < list.size(); i++) {
            try {
                var piece = evidence(list.get(i), now);
                reporters += piece.reporters().size();
                evidence.add(piece);
            } catch (Wrong wrong) {
                throw new Wrong("evidence[" + i + "]: " + wrong.reason);
            }
        }
        if (reporters > MAX_REPORTERS) {
            throw new Wrong("more than " + MAX_REPORTERS + " reporters");
        }
        return new EvidenceBatch(id, provider, nodeName, evidence);
    }

    private static Evidence evidence(JsonNode node, Instant now) throws Wrong {
        known(node, EVIDENCE_MEMBERS, "the evidence");
        var identity =
                text(node, "identity")
                        .flatMap(Identity::parse)
                        .orElseThrow(() -> new Wrong("identity: expected kind:subject"));
        long hour = Evidence.UNKNOWN_HOUR;
        var given = node.get("hour");
        if (given != null && !given.isNull()) {
            if (!given.isIntegralNumber() || !given.canConvertToLong() || given.longValue() < 0) {
                throw new Wrong("hour: expected hours since 1970, or null");
            }
            hour = given.longValue();
            if (hour > Evidence.hourOf(now) + MAX_HOURS_AHEAD) {
                throw new Wrong("hour: lies in the future");
            }
        }
        return new Evidence(identity, hour, counts(node.get("counts")), reporters(node));
    }

    private static Counts counts(JsonNode node) throws Wrong {
        if (!(node instanceof ObjectNode members)) {
            throw new Wrong("counts: expected an object");
        }
        var counts = Counts.NONE;
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            var observation =
                    observation(member.getKey())
                            .orElseThrow(() -> new Wrong("counts: a name that is not known"));
            var number = member.getValue();
            if (!number.isIntegralNumber()
                    || !number.canConvertToLong()
                    || number.longValue() < 0
                    || number.longValue() > MAX_COUNT) {
                throw new Wrong("counts: " + observation.keyword() + " must be 0 to " + MAX_COUNT);
            }
            counts = counts.plus(observation, number.longValue());
        }
        return counts;
    }

    private static Optional<Observation> observation(String keyword) {
        for (var observation : Observation.values()) {
            if (observation.keyword().equals(keyword)) {
                return Optional.of(observation);
            }
        }
        return Optional.empty();
    }

    private static List<Long> reporters(JsonNode node) throws Wrong {
        var list = node.get("reporters");
        if (list == null || list.isNull()) {
            return List.of();
        }
        if (!(list instanceof ArrayNode)) {
            throw new Wrong("reporters: expected a list");
        }
        var reporters = new ArrayList<Long>(list.size());
        for (var item : list) {
            String digits = item.isString() ? item.stringValue() : "";
            if (digits.length() != REPORTER_DIGITS
                    || !digits.chars().allMatch(HexFormat::isHexDigit)) {
                throw new Wrong("reporters: expected 16 hexadecimal digits each");
            }
            reporters.add(HexFormat.fromHexDigitsToLong(digits));
        }
        return reporters;
    }

    /// A misspelt member would be lost in silence otherwise.
    private static void known(JsonNode node, Set<String> members, String where) throws Wrong {
        if (!(node instanceof ObjectNode object)) {
            throw new Wrong(where + ": expected an object");
        }
        for (String name : object.propertyNames()) {
            if (!members.contains(name)) {
                throw new Wrong(where + " has a member that is not known");
            }
        }
    }

    private static Optional<String> text(JsonNode node, String name) {
        var member = node.get(name);
        return member != null && member.isString()
                ? Optional.of(member.stringValue())
                : Optional.empty();
    }

    /// Printable ASCII without spaces.
    private static String name(JsonNode node, String member) throws Wrong {
        String name = text(node, member).orElse("");
        if (name.isEmpty()
                || name.length() > MAX_NAME
                || !name.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new Wrong(
                    member
                            + ": expected 1 to "
                            + MAX_NAME
                            + " printable characters without spaces");
        }
        return name;
    }

    /// A batch on one line.
    public static String write(EvidenceBatch batch) {
        var node = JSON.createObjectNode().put("id", batch.id()).put("node", batch.node());
        var list = node.putArray("evidence");
        batch.evidence().forEach(piece -> list.add(tree(piece)));
        return JSON.writeValueAsString(node);
    }

    /// One piece of evidence on one line.
    public static String write(Evidence evidence) {
        return JSON.writeValueAsString(tree(evidence));
    }

    private static ObjectNode tree(Evidence evidence) {
        var node = JSON.createObjectNode().put("identity", evidence.identity().toString());
        if (evidence.hour() == Evidence.UNKNOWN_HOUR) {
            node.putNull("hour");
        } else {
            node.put("hour", evidence.hour());
        }
        var counts = node.putObject("counts");
        evidence.counts().toMap().forEach((what, number) -> counts.put(what.keyword(), number));
        if (!evidence.reporters().isEmpty()) {
            var reporters = node.putArray("reporters");
            evidence.reporters().forEach(hash -> reporters.add(HexFormat.of().toHexDigits(hash)));
        }
        return node;
    }
}
