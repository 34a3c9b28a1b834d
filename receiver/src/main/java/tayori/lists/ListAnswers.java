package tayori.lists;

import java.net.InetAddress;
import java.util.List;
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

/// Reads what a list returns.
final class ListAnswers {
    /// First octet of every return code; anything else comes from a domain that changed hands or a resolver that makes
    /// names up (RFC 5782 §2.1).
    static final int LIST_NETWORK = 127;

    /// Most return codes read of one answer. Unit: addresses.
    static final int MAX_CODES = 16;

    /// Longest text of a list that is kept. Unit: characters.
    static final int MAX_TEXT = 200;

    private ListAnswers() {}

    /// Asks a list about one name below its zone.
    static ListAnswer ask(Dns dns, OutsideList list, DomainName name) {
        var answer = read(dns.query(name, RecordType.A), list.meanings());
        return answer instanceof Listed listed && list.askWhy()
                ? withText(listed, dns.query(name, RecordType.TXT))
                : answer;
    }

    static ListAnswer read(DnsAnswer answer, List<OutsideList.Meaning> meanings) {
        return switch (answer) {
            case NoSuchName _, NoData _ -> new NotListed();
            case Failed failed -> new NoAnswer(failed.detail());
            case Found found -> meaning(found.addresses(), meanings);
        };
    }

    /// One code that is an error spoils the answer: a list that says "you are blocked" beside a listing means the former.
    private static ListAnswer meaning(List<InetAddress> codes, List<OutsideList.Meaning> meanings) {
        Optional<Listed> strongest = Optional.empty();
        for (var code : codes.subList(0, Math.min(codes.size(), MAX_CODES))) {
            byte[] octets = code.getAddress();
            if (!isReturnCode(octets)) {
                return new NoAnswer(code.getHostAddress() + " is no listing");
            }
            for (var meaning : meanings) {
                if (meaning.codes().matches(octets)) {
                    var listed =
                            new Listed(
                                    Optional.of(code),
                                    meaning.verdict(),
                                    meaning.weight(),
                                    Optional.empty());
                    strongest = strongest.filter(other -> outweighs(other, listed));
                    strongest = strongest.isPresent() ? strongest : Optional.of(listed);
                    break;
                }
            }
        }
        return strongest
                .<ListAnswer>map(listed -> listed)
                .orElseGet(() -> new NoAnswer("a return code without a meaning here"));
    }

    private static boolean outweighs(Listed one, Listed other) {
        return Math.abs(one.weight()) >= Math.abs(other.weight());
    }

    /// Whether an address can be a listing at all. Not 127.255.255.0/24 and 127.0.0.255, with which lists refuse to
    /// answer, and not 127.0.0.1, which no list may return and which resolvers put in the place of what they block.
    static boolean isReturnCode(byte[] octets) {
        if (octets.length != 4 || octets[0] != LIST_NETWORK) {
            return false;
        }
        int second = octets[1] & 0xff;
        int third = octets[2] & 0xff;
        int fourth = octets[3] & 0xff;
        boolean refused = second == 255 && third == 255;
        boolean odd = second == 0 && third == 0 && (fourth == 255 || fourth <= 1);
        return !refused && !odd;
    }

    private static Listed withText(Listed listed, DnsAnswer answer) {
        return new Listed(
                listed.code(),
                listed.verdict(),
                listed.weight(),
                answer.texts().stream()
                        .findFirst()
                        .map(text -> text.substring(0, Math.min(text.length(), MAX_TEXT))));
    }
}
