package tayori.lists;

import java.util.ArrayList;
import java.util.Optional;
import tayori.authres.MethodResult;
import tayori.authres.Property;
import tayori.dns.DomainName;
import tayori.lists.ListAnswer.Listed;
import tayori.lists.ListAnswer.NoAnswer;
import tayori.lists.ListAnswer.NotListed;

/// What one list said of one mail.
///
/// @param list its name here; a certifier's domain
/// @param zone where it was asked
/// @param subject what it was asked about: an address or a domain
public record ListFinding(
        String list, DomainName zone, Kind kind, String subject, ListAnswer answer) {
    /// What was asked about.
    public enum Kind {
        /// The client's address.
        CLIENT,
        /// A domain that authenticated.
        DOMAIN,
        /// A signing domain and those whom it names as vouching for it (RFC 5518).
        VOUCHING
    }

    /// For or against the sender; 0 where nothing is listed.
    public int weight() {
        return answer instanceof Listed listed ? listed.weight() : 0;
    }

    /// For people: `shop.example on example-dbl: spam`.
    public String words() {
        return switch (answer) {
            case Listed listed -> subject + " on " + list + ": " + listed.verdict();
            case NotListed _ -> subject + " not on " + list;
            case NoAnswer(var why) -> "no answer from " + list + ": " + why;
        };
    }

    /// The same for Authentication-Results, where there is something to say: `dnswl` for addresses on a list of good ones
    /// (RFC 8904 §2), `vbr` for certifiers (RFC 6212), a method of our own for other listings.
    public Optional<MethodResult> toResult() {
        if (kind == Kind.VOUCHING) {
            return Optional.of(vbr());
        }
        if (!(answer instanceof Listed listed)) {
            return Optional.empty();
        }
        boolean good = listed.weight() < 0;
        String method = good && kind == Kind.CLIENT ? "dnswl" : "x-dns-list";
        var zoneName = new Property("dns", "zone", zone.toString());
        var result =
                MethodResult.of(
                                method,
                                good ? "pass" : "fail",
                                listed.code()
                                        .map(code ->
                                                new Property[] {
                                                    zoneName,
                                                    new Property(
                                                            "policy", "ip", code.getHostAddress())
                                                })
                                        .orElse(new Property[] {zoneName}))
                        .withComment(words());
        return Optional.of(
                listed.text()
                        .map(text -> with(result, new Property("policy", "txt", text)))
                        .orElse(result));
    }

    private MethodResult vbr() {
        String result =
                switch (answer) {
                    case Listed _ -> "pass";
                    case NotListed _ -> "fail";
                    case NoAnswer _ -> "temperror";
                };
        return MethodResult.of(
                "vbr",
                result,
                new Property("header", "md", subject),
                new Property("header", "mv", zone.toString()));
    }

    private static MethodResult with(MethodResult result, Property more) {
        var properties = new ArrayList<>(result.properties());
        properties.add(more);
        return new MethodResult(
                result.method(),
                result.version(),
                result.result(),
                result.reason(),
                result.comments(),
                properties);
    }
}
