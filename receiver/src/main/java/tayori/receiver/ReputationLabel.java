package tayori.receiver;

import java.util.Locale;
import tayori.reputation.Identity;
import tayori.reputation.Published;

/// The header field that says how the responsible sender stands:
///
/// `Tayori-Reputation: example.jp; identity=author; score=87; listed=no; white=registered/2; young=no`
///
/// All but the name and the numbers come from closed lists, so a Sieve script can rely on them. `score` is `none` where
/// too little is known, `young` is `over` beyond the daily allowance; the name is `unknown` where the DNS would not say
/// who is responsible, and where it holds what could be taken for another word of the field.
final class ReputationLabel {
    static final String FIELD_NAME = "Tayori-Reputation";

    private ReputationLabel() {}

    static String value(SenderStanding standing) {
        var published = standing.published();
        return " "
                + standing.responsible()
                        .map(Identity::subject)
                        .filter(ReputationLabel::isPlain)
                        .orElse("unknown")
                + "; identity="
                + standing.responsible().map(who -> who.kind().keyword()).orElse("none")
                + "; score="
                + published.map(ReputationLabel::score).orElse("none")
                + ";\r\n listed="
                + published.flatMap(Published::listed).map(ReputationLabel::keyword).orElse("no")
                + "; white="
                + published
                        .flatMap(Published::white)
                        .map(white -> keyword(white.senderClass()) + "/" + white.level())
                        .orElse("no")
                + "; young="
                + young(standing);
    }

    /// A stranger chose the name, and the DNS would let it be `x; white=registered/3`.
    private static boolean isPlain(String subject) {
        boolean plain = true;
        for (int i = 0; i < subject.length() && plain; i++) {
            char c = subject.charAt(i);
            plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-._:/".indexOf(c) >= 0;
        }
        return plain;
    }

    private static String score(Published published) {
        var score = published.score();
        return score.isPresent() ? Integer.toString(score.getAsInt()) : "none";
    }

    private static String young(SenderStanding standing) {
        boolean young = standing.published().filter(known -> known.allowance() >= 0).isPresent();
        return standing.beyondAllowance() ? "over" : young ? "yes" : "no";
    }

    private static String keyword(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
