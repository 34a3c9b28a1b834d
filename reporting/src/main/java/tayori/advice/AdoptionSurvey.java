package tayori.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tayori.advice.DomainAdvice.Facts;

/// How many of many domains publish what. Not for several threads at once.
public final class AdoptionSurvey {
    /// One line of the survey.
    ///
    /// @param percent of all domains, 0 to 100, not rounded; 0 where there are none
    public record Share(String what, int domains, double percent) {}

    private record Question(String what, Predicate<Facts> test) {}

    private static final List<Question> QUESTIONS =
            List.of(
                    new Question("takes mail (MX)", Facts::mail),
                    new Question("SPF", Facts::spf),
                    new Question("SPF with -all", Facts::spfStrict),
                    new Question("DKIM key at a selector asked", Facts::dkim),
                    new Question("DMARC", Facts::dmarc),
                    new Question("DMARC with quarantine or reject", Facts::dmarcEnforced),
                    new Question("DMARC with reports", Facts::dmarcReports),
                    new Question("MTA-STS", Facts::mtaSts),
                    new Question("TLS reports", Facts::tlsReports),
                    new Question("BIMI", Facts::bimi));

    private final int[] counts = new int[QUESTIONS.size()];
    private int domains;

    /// Counts one domain in.
    public void add(DomainAdvice advice) {
        domains++;
        for (int i = 0; i < counts.length; i++) {
            counts[i] += QUESTIONS.get(i).test().test(advice.facts()) ? 1 : 0;
        }
    }

    public int domains() {
        return domains;
    }

    /// All lines, always in the same order.
    public List<Share> shares() {
        var shares = new ArrayList<Share>(counts.length);
        for (int i = 0; i < counts.length; i++) {
            shares.add(
                    new Share(
                            QUESTIONS.get(i).what(),
                            counts[i],
                            domains == 0 ? 0 : 100.0 * counts[i] / domains));
        }
        return shares;
    }
}
