package tayori.message;

import java.util.List;
import java.util.Optional;

/// The mailboxes of a `From`, `To`, `Sender` … field.
///
/// Total: every text gives a list, if only an empty one, and never an exception. What is broken is read as mail
/// programs read it, so that no address which a reader might be shown is missed: two `@` in one address are two
/// candidates, an address behind an unfinished quote is still found.
///
/// @param mailboxes in the order they stand, those inside groups too, which RFC 6854 allows in From
/// @param grouped whether a group stands there (RFC 5322 §3.4), be it empty
/// @param problem the first thing that is no address syntax of RFC 5322 §3.4 or §4.4, RFC 6532 included; nothing
///     where the syntax is clean
public record AddressList(List<Address> mailboxes, boolean grouped, Optional<String> problem) {
    /// Most mailboxes that are taken from one field; the rest is left out and named as a problem. RFC 5321 §4.5.3.1.8
    /// asks a server to take 100 recipients; real `To` fields are longer at times.
    public static final int MAX_MAILBOXES = 1_000;

    public AddressList {
        mailboxes = List.copyOf(mailboxes);
    }

    /// Reads the value of an address field, folded or not.
    public static AddressList parse(String value) {
        return new AddressParser(value).parse();
    }

    /// Whether all of it was address syntax.
    public boolean clean() {
        return problem.isEmpty();
    }
}
