package tayori.spf;

import java.util.List;
import java.util.Optional;
import tayori.spf.SpfTerm.Directive;
import tayori.spf.SpfTerm.Explanation;
import tayori.spf.SpfTerm.Redirect;

/// One `v=spf1` record, parsed and ready to be evaluated for any number of mails. Immutable.
public final class SpfRecord {
    private static final String VERSION = "v=spf1";

    private final String text;
    private final List<SpfTerm> terms;
    private final List<Directive> directives;
    private final Optional<Redirect> redirect;
    private final Optional<Explanation> explanation;

    SpfRecord(String text, List<SpfTerm> terms) {
        this.text = text;
        this.terms = List.copyOf(terms);
        this.directives = all(terms, Directive.class);
        this.redirect = all(terms, Redirect.class).stream().findFirst();
        this.explanation = all(terms, Explanation.class).stream().findFirst();
    }

    /// What came of reading a record.
    public sealed interface Parsed {
        /// A record that check_host() can use.
        record Valid(SpfRecord record) implements Parsed {}

        /// A record that makes every check a permerror (RFC 7208 §4.6).
        ///
        /// @param position index of the offending character; the length of the text where something is missing
        /// @param expected what should have stood there, for people
        record Invalid(String text, int position, String expected) implements Parsed {
            /// One line for people: what was expected and where. Not the record itself, it may hold anything.
            public String message() {
                return "expected " + expected + " at character " + (position + 1);
            }
        }
    }

    /// Whether a TXT record is an SPF record at all: its first word is `v=spf1` (RFC 7208 §4.5).
    public static boolean isSpf(String txt) {
        return txt.regionMatches(true, 0, VERSION, 0, VERSION.length())
                && (txt.length() == VERSION.length() || txt.charAt(VERSION.length()) == ' ');
    }

    /// Reads a whole record; every term is checked, as RFC 7208 §4.6 asks.
    ///
    /// @param txt the character-strings of the TXT record, joined
    public static Parsed parse(String txt) {
        return isSpf(txt)
                ? new RecordParser(txt, VERSION.length()).parse()
                : new Parsed.Invalid(txt, 0, VERSION);
    }

    /// As published.
    public String text() {
        return text;
    }

    /// All terms, in the order of the record.
    public List<SpfTerm> terms() {
        return terms;
    }

    /// The mechanisms with their qualifiers, in the order they are evaluated.
    public List<Directive> directives() {
        return directives;
    }

    public Optional<Redirect> redirect() {
        return redirect;
    }

    public Optional<Explanation> explanation() {
        return explanation;
    }

    /// Terms of this record that ask the DNS when all are evaluated; those of included records come on top
    /// (RFC 7208 §4.6.4). A `redirect` next to an `all` is never followed (§6.1) and not counted.
    public int dnsTerms() {
        int count = 0;
        for (var directive : directives) {
            if (directive.mechanism() instanceof SpfTerm.All) {
                return count;
            }
            count += directive.asksDns() ? 1 : 0;
        }
        return count + (redirect.isPresent() ? 1 : 0);
    }

    @Override
    public String toString() {
        return text;
    }

    private static <T extends SpfTerm> List<T> all(List<SpfTerm> terms, Class<T> kind) {
        return terms.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
