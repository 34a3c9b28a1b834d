package tayori.replay;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tayori.authres.AuthenticationResults;
import tayori.authres.AuthenticationResultsParser;
import tayori.authres.AuthenticationResultsParser.Reading;
import tayori.authres.MethodResult;
import tayori.dns.ALabels;
import tayori.dns.DomainName;
import tayori.message.HeaderField;
import tayori.message.MessageHead;
import tayori.psl.PublicSuffixList;
import tayori.receiver.SenderIdentities;
import tayori.reputation.Identity;

/// What our own server found out when a mail arrived: its Authentication-Results (RFC 8601). Better than asking again, years
/// later, when the keys of then are gone; as true as it is that this server removed forged fields in its name.
///
/// @param authservId by which that server signs its fields
public record TrustedResults(String authservId) {
    private static final AuthenticationResultsParser PARSER =
            new AuthenticationResultsParser(Reading.LENIENT);

    /// Who answers for a mail, by the rules of [SenderIdentities].
    ///
    /// @param client who is to be charged where nothing was authenticated
    /// @return nothing where no field has this server's name
    public Optional<SenderIdentities> of(MessageHead head, Optional<InetAddress> client) {
        var results = new ArrayList<MethodResult>();
        boolean found = false;
        for (HeaderField field : head.all(AuthenticationResults.FIELD_NAME)) {
            var read = PARSER.parse(field).results();
            if (read.isPresent() && read.get().authservId().equalsIgnoreCase(authservId)) {
                found = true;
                results.addAll(read.get().results());
            }
        }
        return found ? Optional.of(identities(results, client)) : Optional.empty();
    }

    private static SenderIdentities identities(
            List<MethodResult> results, Optional<InetAddress> client) {
        var authors = authors(results);
        var signers = new LinkedHashSet<DomainName>();
        var charged = new LinkedHashSet<Identity>();
        if (says(results, "dmarc", "pass")) {
            charged.addAll(authors);
        }
        for (var result : results) {
            if (result.method().equals("dkim")
                    && result.result().equals("pass")
                    && signers.size() < SenderIdentities.MAX_SIGNERS) {
                result.property("header", "d")
                        .or(() -> result.property("header", "i"))
                        .flatMap(TrustedResults::domain)
                        .ifPresent(signers::add);
            }
        }
        signers.forEach(signer -> charged.add(Identity.dkim(signer)));
        for (var result : results) {
            if (result.method().equals("spf") && result.result().equals("pass")) {
                result.property("smtp", "mailfrom")
                        .flatMap(TrustedResults::domain)
                        .ifPresent(domain -> charged.add(Identity.spf(domain)));
            }
        }
        boolean undecided = results.stream().anyMatch(r -> r.result().equals("temperror"));
        if (charged.isEmpty() && !undecided) {
            client.map(Identity::addressBlock).ifPresent(charged::add);
        }
        return new SenderIdentities(
                charged.stream().findFirst(),
                charged,
                says(results, "dmarc", "fail") ? authors : Set.of(),
                signers);
    }

    private static boolean says(List<MethodResult> results, String method, String result) {
        return results.stream()
                .anyMatch(each -> each.method().equals(method) && each.result().equals(result));
    }

    /// The author as DMARC named it, and its organizational domain: by the public suffix list, because the DNS of then
    /// cannot be asked.
    private static Set<Identity> authors(List<MethodResult> results) {
        var authors = new LinkedHashSet<Identity>();
        for (var result : results) {
            if (result.method().equals("dmarc")) {
                var author = result.property("header", "from").flatMap(TrustedResults::domain);
                author.map(Identity::author).ifPresent(authors::add);
                author.flatMap(PublicSuffixList.bundled()::registrableDomain)
                        .map(Identity::author)
                        .ifPresent(authors::add);
                break;
            }
        }
        return authors;
    }

    /// Of a domain or an address.
    private static Optional<DomainName> domain(String text) {
        return ALabels.toDomainName(
                text.substring(text.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT));
    }
}
