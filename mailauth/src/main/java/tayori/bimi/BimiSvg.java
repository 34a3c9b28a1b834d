package tayori.bimi;

import com.ctc.wstx.stax.WstxInputFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import tayori.bimi.SvgCheck.Invalid;
import tayori.bimi.SvgCheck.Problem;
import tayori.bimi.SvgCheck.Valid;

/// Checks a logo against SVG Tiny Portable/Secure (draft-svg-tiny-ps-abrotman): SVG Tiny 1.2 without anything that moves,
/// runs, or looks outside the file.
///
/// The elements are an allow-list, so what is not known is refused. Names and values of drawing attributes are not
/// checked; they can make a logo ugly, not dangerous.
public final class BimiSvg {
    /// Largest logo. Unit: octets, after decompression. The BIMI guidance for senders says 32 kilobytes.
    public static final int MAX_OCTETS = 32 * 1024;

    /// Most elements inside one another.
    public static final int MAX_DEPTH = 64;

    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String XLINK = "http://www.w3.org/1999/xlink";
    private static final String XML = "http://www.w3.org/XML/1998/namespace";

    private static final Set<String> ELEMENTS =
            Set.of(
                    "svg",
                    "title",
                    "desc",
                    "metadata",
                    "g",
                    "defs",
                    "use",
                    "rect",
                    "circle",
                    "ellipse",
                    "line",
                    "polyline",
                    "polygon",
                    "path",
                    "text",
                    "tspan",
                    "textArea",
                    "tbreak",
                    "linearGradient",
                    "radialGradient",
                    "stop",
                    "solidColor",
                    "font",
                    "font-face",
                    "font-face-src",
                    "font-face-name",
                    "glyph",
                    "missing-glyph",
                    "hkern");

    private final XMLStreamReader reader;
    private int depth;
    private final StringBuilder title = new StringBuilder();
    private boolean inTitle;
    private int metadataDepth;

    private BimiSvg(XMLStreamReader reader) {
        this.reader = reader;
    }

    /// Checks a logo of at most [#MAX_OCTETS].
    ///
    /// @param svg the file, gzip-compressed (SVGZ) or not
    public static SvgCheck check(byte[] svg) {
        return check(svg, MAX_OCTETS);
    }

    /// Checks a logo.
    ///
    /// @param maxOctets largest logo, after decompression
    public static SvgCheck check(byte[] svg, int maxOctets) {
        byte[] plain;
        try {
            plain = plain(svg, maxOctets);
        } catch (IOException e) {
            return new Invalid(Problem.NOT_XML, "damaged gzip");
        }
        if (plain.length > maxOctets) {
            return new Invalid(Problem.TOO_LARGE, "more than " + maxOctets + " octets");
        }
        try {
            var reader = xmlInput().createXMLStreamReader(new ByteArrayInputStream(plain));
            try {
                return new BimiSvg(reader).run();
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            return new Invalid(Problem.NOT_XML, "no well-formed XML");
        }
    }

    /// The file decompressed, at most one octet more than allowed.
    private static byte[] plain(byte[] svg, int maxOctets) throws IOException {
        boolean gzip = svg.length > 2 && svg[0] == 0x1f && svg[1] == (byte) 0x8b;
        if (!gzip) {
            return svg;
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(svg))) {
            return in.readNBytes(maxOctets + 1);
        }
    }

    private SvgCheck run() throws XMLStreamException {
        while (reader.hasNext()) {
            var problem =
                    switch (reader.next()) {
                        case XMLStreamConstants.START_ELEMENT -> start();
                        case XMLStreamConstants.END_ELEMENT -> end();
                        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text();
                        case XMLStreamConstants.DTD ->
                                new Invalid(Problem.DOCUMENT_TYPE, "a document type");
                        case XMLStreamConstants.ENTITY_REFERENCE ->
                                new Invalid(Problem.DOCUMENT_TYPE, "an entity");
                        case XMLStreamConstants.PROCESSING_INSTRUCTION ->
                                new Invalid(Problem.EXTERNAL_REFERENCE, "a processing instruction");
                        default -> null;
                    };
            if (problem != null) {
                return problem;
            }
        }
        String text = title.toString().strip();
        return text.isEmpty()
                ? new Invalid(Problem.NO_TITLE, "no title in the root element")
                : new Valid(text);
    }

    private @Nullable Invalid start() {
        if (++depth > MAX_DEPTH) {
            return new Invalid(Problem.NOT_XML, "elements too deep");
        }
        boolean ofSvg = SVG.equals(reader.getNamespaceURI());
        String name = reader.getLocalName();
        if (depth == 1) {
            var problem = root(ofSvg, name);
            if (problem != null) {
                return problem;
            }
        } else if (metadataDepth == 0 && (!ofSvg || !ELEMENTS.contains(name))) {
            return new Invalid(Problem.ELEMENT, "<" + name + ">");
        } else if (metadataDepth > 0 && ofSvg && !ELEMENTS.contains(name)) {
            return new Invalid(Problem.ELEMENT, "<" + name + ">");
        }
        if (ofSvg && name.equals("metadata") && metadataDepth == 0) {
            metadataDepth = depth;
        }
        inTitle = ofSvg && depth == 2 && name.equals("title");
        // licences and authors are told in foreign metadata; nobody draws it
        return metadataDepth > 0 ? null : attributes();
    }

    private @Nullable Invalid root(boolean ofSvg, String name) {
        if (!ofSvg || !name.equals("svg")) {
            return new Invalid(Problem.NOT_SVG, "the root is <" + name + ">");
        }
        if (!"1.2".equals(reader.getAttributeValue(null, "version"))) {
            return new Invalid(Problem.WRONG_PROFILE, "version is not 1.2");
        }
        if (!"tiny-ps".equals(reader.getAttributeValue(null, "baseProfile"))) {
            return new Invalid(Problem.WRONG_PROFILE, "baseProfile is not tiny-ps");
        }
        for (var forbidden : new String[] {"x", "y"}) {
            if (reader.getAttributeValue(null, forbidden) != null) {
                return new Invalid(Problem.ROOT_ATTRIBUTE, forbidden + " in the root element");
            }
        }
        return null;
    }

    private @Nullable Invalid attributes() {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String namespace = reader.getAttributeNamespace(i);
            String name = reader.getAttributeLocalName(i);
            String value = reader.getAttributeValue(i);
            boolean plain = namespace == null || namespace.isEmpty();
            if (plain && (name.equals("style") || name.startsWith("on"))) {
                return new Invalid(Problem.ATTRIBUTE, name);
            }
            boolean reference =
                    (XLINK.equals(namespace) && name.equals("href"))
                            || (plain && name.equals("href"));
            if (reference && !value.strip().startsWith("#")) {
                return new Invalid(Problem.EXTERNAL_REFERENCE, "href outside the file");
            }
            if ((XML.equals(namespace) && name.equals("base")) || pointsOutside(value)) {
                return new Invalid(Problem.EXTERNAL_REFERENCE, name);
            }
        }
        return null;
    }

    /// Whether a `url(…)` in the value means anything but a part of this file.
    private static boolean pointsOutside(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        int from = 0;
        while ((from = lower.indexOf("url(", from)) >= 0) {
            from += "url(".length();
            int at = from;
            while (at < lower.length() && " \t\r\n'\"".indexOf(lower.charAt(at)) >= 0) {
                at++;
            }
            if (at == lower.length() || lower.charAt(at) != '#') {
                return true;
            }
        }
        return false;
    }

    private @Nullable Invalid end() {
        if (metadataDepth == depth) {
            metadataDepth = 0;
        }
        depth--;
        inTitle = false;
        return null;
    }

    private @Nullable Invalid text() {
        if (inTitle) {
            title.append(reader.getText());
        }
        return null;
    }

    /// Woodstox, because the JDK's own parser throws unchecked exceptions at some broken document types.
    private static XMLInputFactory xmlInput() {
        var factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((_, _, _, _) -> {
            throw new XMLStreamException("nothing outside the file is read");
        });
        return factory;
    }
}
