package tayori.arc;

import java.util.Optional;
import tayori.authres.AuthenticationResults;
import tayori.authres.AuthenticationResultsParser;
import tayori.authres.AuthenticationResultsParser.Reading;
import tayori.dkim.TagList;
import tayori.message.HeaderField;

/// The three fields of one hop (RFC 8617 §4.2).
record ArcSet(
        int instance,
        HeaderField results,
        HeaderField messageSignature,
        TagList messageTags,
        HeaderField seal,
        TagList sealTags) {
    private static final AuthenticationResultsParser LENIENT =
            new AuthenticationResultsParser(Reading.LENIENT);

    Optional<ChainStatus> chainStatus() {
        return sealTags.get("cv").flatMap(ChainStatus::parse);
    }

    ArcHop hop() {
        return new ArcHop(instance, ArcSignature.domain(sealTags), payload());
    }

    private Optional<AuthenticationResults> payload() {
        String value = results.value();
        int semicolon = value.indexOf(';');
        return semicolon < 0
                ? Optional.empty()
                : LENIENT.parse(value.substring(semicolon + 1)).results();
    }
}
