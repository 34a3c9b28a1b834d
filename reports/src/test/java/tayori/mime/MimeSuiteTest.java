package tayori.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tayori.conformance.Suite;
import tayori.conformance.Suite.Dispute;
import tayori.mime.MimeReading.Read;
import tools.jackson.databind.JsonNode;

/// The suite `mime`, which module mailauth keeps and reads the heads of: here the trees of parts.
///
/// A tree is written as one line: `3[1. 2.]` is a multipart with three header fields and two leaves, `4(6.)` an embedded
/// message. mime4j's event stream and mail-parser's parse are written the same way and compared.
class MimeSuiteTest {
    private static final Suite SUITE = Suite.of("mailauth", "mime");
    private static final Map<String, Dispute> DISPUTES = Suite.of("mime-parts").disputes();

    @TestFactory
    Stream<DynamicTest> trees() {
        return SUITE.cases("cases.json", 87).stream()
                .map(one -> DynamicTest.dynamicTest(one.get("id").asString(), () -> check(one)));
    }

    private static void check(JsonNode one) throws Exception {
        byte[] octets = SUITE.bytes(one.get("file").asString());
        String structure = one.get("structure").asString();
        String expected =
                structure.endsWith(".xml")
                        ? xml(structure)
                        : json(SUITE.json(structure).get("parts"), 0);
        var message = ((Read) MimeReader.read(octets, MimeLimits.DEFAULTS)).message();
        String ours = tree(message);
        covers(message);
        var dispute = DISPUTES.get(one.get("id").asString());
        if (dispute == null) {
            assertThat(ours).isEqualTo(expected);
        } else {
            assertThat(ours).isEqualTo(dispute.ours()).isNotEqualTo(expected);
        }
    }

    /// Parts lie inside their multipart, one behind the other.
    private static void covers(MimePart part) {
        int at = part.contentStart();
        for (var inner : part.parts()) {
            assertThat(inner.head().start()).isGreaterThanOrEqualTo(at);
            assertThat(inner.contentEnd()).isBetween(inner.contentStart(), part.contentEnd());
            at = inner.contentEnd();
            covers(inner);
        }
    }

    private static String tree(MimePart part) {
        String head = String.valueOf(part.head().size());
        if (part.mediaType().isMultipart() && part.mediaType().parameter("boundary").isPresent()) {
            return head + bracketed(part.parts().stream().map(MimeSuiteTest::tree).toList());
        }
        return part.message()
                .map(reading -> head + "(" + tree(((Read) reading).message()) + ")")
                .orElse(head + ".");
    }

    private static String bracketed(List<String> parts) {
        return parts.stream().collect(Collectors.joining(" ", "[", "]"));
    }

    // ---- mime4j

    private static String xml(String file) throws Exception {
        var source = new InputSource(new ByteArrayInputStream(SUITE.bytes(file)));
        source.setEncoding("ISO-8859-1");
        return entity(
                DocumentBuilderFactory.newDefaultInstance()
                        .newDocumentBuilder()
                        .parse(source)
                        .getDocumentElement());
    }

    private static String entity(Element entity) {
        int fields = 0;
        String content = ".";
        for (var child : children(entity)) {
            switch (child.getTagName()) {
                case "header" -> fields = children(child).size();
                case "message" -> content = "(" + entity(child) + ")";
                case "multipart" ->
                        content =
                                bracketed(
                                        children(child).stream()
                                                .filter(c -> c.getTagName().equals("body-part"))
                                                .map(MimeSuiteTest::entity)
                                                .toList());
                default -> {} // body
            }
        }
        return fields + content;
    }

    private static List<Element> children(Element element) {
        var children = new ArrayList<Element>();
        var nodes = element.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }

    // ---- mail-parser

    private static String json(JsonNode parts, int index) {
        var part = parts.get(index);
        var body = part.get("body");
        String head = String.valueOf(part.get("headers").size());
        if (body.has("Multipart")) {
            var inner = new ArrayList<String>();
            body.get("Multipart").forEach(i -> inner.add(json(parts, i.asInt())));
            return head + bracketed(inner);
        }
        if (body.has("Message")) {
            return head + "(" + json(body.get("Message").get("parts"), 0) + ")";
        }
        return head + ".";
    }
}
