package tayori.repute;

import java.util.List;
import java.util.stream.Collectors;

/// The document at `/.well-known/repute-template`: URI templates (RFC 6570) of which a client tries one after the other
/// (RFC 7072 §3.2).
///
/// @param templates in order of preference
/// @param line what ends a line
public record ReputeTemplate(List<String> templates, String line) {
    /// Where the document is found (RFC 7072 §3.2).
    public static final String PATH = "/.well-known/repute-template";

    /// Optional variables stand in a form query, so that one left out leaves no gap behind (RFC 6570 §3.2.8).
    private static final String QUERY =
            "://{service}/repute/{application}/{subject}{?assertion,identity}";

    public ReputeTemplate {
        templates = List.copyOf(templates);
    }

    /// For clients that follow the RFC: https first where it is offered, and plain http, which a server should offer
    /// (RFC 7072 §3.5).
    public static ReputeTemplate of(boolean https) {
        return new ReputeTemplate(
                https ? List.of("https" + QUERY, "http" + QUERY) : List.of("http" + QUERY), "\r\n");
    }

    /// For OpenDKIM's client, which takes the whole document for one template, and of a line end drops LF alone.
    public static ReputeTemplate ofOpenDkim() {
        return new ReputeTemplate(List.of("http" + QUERY), "\n");
    }

    /// The document.
    public String text() {
        return templates.stream().map(template -> template + line).collect(Collectors.joining());
    }
}
