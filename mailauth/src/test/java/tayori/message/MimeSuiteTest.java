package tayori.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tayori.conformance.Suite;
import tayori.conformance.Suite.Dispute;
import tayori.message.HeadReading.Read;
import tools.jackson.databind.JsonNode;

/// Malformed and tortured mail of Apache James mime4j, the Perl MIME-tools, Stalwart's mail-parser and Dovecot.
///
/// This room reads heads, not MIME trees, so of each expected structure the head of the outermost message is compared:
/// - mime4j's event stream (XML): the fields, in order, with the folds as they came;
/// - mail-parser's parse (JSON): the octets of each field, by the offsets it gives, and where the body begins.
///
/// And of every message: nothing throws, and the body comes whole, with CRLF line ends. The tree of MIME parts belongs
/// to the module that reads reports.
class MimeSuiteTest {
    private static final Suite SUITE = new Suite("mime");
    private static final Map<String, Dispute> DISPUTES = SUITE.disputes();

    @TestFactory
    Stream<DynamicTest> heads() {
        return SUITE.cases("cases.json", 87).stream()
                .map(one -> DynamicTest.dynamicTest(one.get("id").asString(), () -> check(one)));
    }

    private static void check(JsonNode one) throws Exception {
        byte[] message = SUITE.bytes(one.get("file").asString());
        String structure = one.get("structure").asString();
        var fields = new ArrayList<String>();
        String body = read(message, fields);
        assertThat(body.replace("\r\n", "")).doesNotContain("\n");
        var expected =
                structure.endsWith(".xml") ? xmlFields(structure) : jsonFields(structure, message);
        var dispute = DISPUTES.get(one.get("id").asString());
        if (dispute == null) {
            assertThat(fields).isEqualTo(expected);
        } else {
            assertThat(fields).hasSize(Integer.parseInt(dispute.ours().replace(" fields", "")));
            assertThat(fields).isNotEqualTo(expected);
        }
    }

    private static String read(byte[] message, List<String> fields) throws IOException {
        var reader = new MessageReader(new ByteArrayInputStream(message), HeadLimits.DEFAULTS);
        if (!(reader.head() instanceof Read(var head, _))) {
            throw new AssertionError("no head in this suite is too large");
        }
        for (var field : head.fields()) {
            fields.add(new String(field.raw(), ISO_8859_1));
        }
        var body = new ByteArrayOutputStream();
        reader.body(body::write);
        return body.toString(ISO_8859_1);
    }

    private static List<String> xmlFields(String file) throws Exception {
        // The expectations hold the octets of the message one by one, whatever its charset.
        var source = new InputSource(new ByteArrayInputStream(SUITE.bytes(file)));
        source.setEncoding("ISO-8859-1");
        var document =
                DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(source);
        var fields = new ArrayList<String>();
        var header = (Element) document.getDocumentElement().getElementsByTagName("header").item(0);
        var nodes = header.getElementsByTagName("field");
        for (int i = 0; i < nodes.getLength(); i++) {
            String text = nodes.item(i).getTextContent();
            fields.add(text.substring(1).replace("\r\n", "\n").replace("\n", "\r\n"));
        }
        return fields;
    }

    private static List<String> jsonFields(String file, byte[] message) {
        var fields = new ArrayList<String>();
        var headers = SUITE.json(file).get("parts").get(0).get("headers");
        String text = new String(message, ISO_8859_1);
        // Some messages have CRLF while their offsets were counted with LF.
        if (!headers.isEmpty()
                && text.charAt(headers.get(0).get("offset_end").asInt() - 1) != '\n') {
            text = text.replace("\r\n", "\n");
        }
        for (var header : headers) {
            String field =
                    text.substring(
                            header.get("offset_field").asInt(), header.get("offset_end").asInt());
            fields.add(field.replace("\r\n", "\n").replaceFirst("\n$", "").replace("\n", "\r\n"));
        }
        return fields;
    }
}
