package tayori.lists;

import java.util.Optional;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DnsAnswer.Failed;
import tayori.dns.DnsAnswer.Found;
import tayori.dns.DnsAnswer.NoData;
import tayori.dns.DnsAnswer.NoSuchName;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.lists.ListAnswer.Listed;
import tayori.lists.ListAnswer.NoAnswer;
import tayori.lists.ListAnswer.NotListed;

/// Asks a certifier and reads its answer (RFC 5518 §5).
final class VbrAnswers {
    private static final String ALL = "all";

    private VbrAnswers() {}

    /// `domain._vouch.certifier`, where that is a name.
    static Optional<DomainName> name(DomainName certifier, String domain) {
        return certifier.below(domain + "._vouch");
    }

    static ListAnswer ask(Dns dns, ListsOptions.Certifier certifier, VbrInfo info) {
        var name = name(certifier.domain(), info.domain().toString());
        return name.isEmpty()
                ? new NoAnswer("no name to ask for")
                : read(dns.query(name.get(), RecordType.TXT), info.content(), certifier.weight());
    }

    /// One record of words in lower case, each a kind of mail the certifier vouches for.
    static ListAnswer read(DnsAnswer answer, String content, int weight) {
        return switch (answer) {
            case NoSuchName _, NoData _ -> new NotListed();
            case Failed failed -> new NoAnswer(failed.detail());
            case Found found -> {
                var texts = found.texts();
                if (texts.size() != 1) {
                    yield new NoAnswer(texts.size() + " records where one is allowed");
                }
                yield vouches(texts.getFirst(), content)
                        ? new Listed(Optional.empty(), content, weight, Optional.empty())
                        : new NotListed();
            }
        };
    }

    private static boolean vouches(String words, String content) {
        for (String word : words.split(" ", -1)) {
            if (word.equals(ALL) || word.equals(content)) {
                return true;
            }
        }
        return false;
    }
}
