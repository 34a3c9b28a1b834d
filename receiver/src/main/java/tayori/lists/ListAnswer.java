package tayori.lists;

import java.net.InetAddress;
import java.util.Optional;

/// What one list says of one subject.
public sealed interface ListAnswer {
    /// It is on the list.
    ///
    /// @param code what the list returned; nothing for a certifier, which answers in words
    /// @param verdict what that means here, one word
    /// @param weight positive speaks against the sender, negative for it
    /// @param text the list's own words: a stranger's
    record Listed(Optional<InetAddress> code, String verdict, int weight, Optional<String> text)
            implements ListAnswer {}

    /// It is not.
    record NotListed() implements ListAnswer {}

    /// Nobody knows; never a listing.
    record NoAnswer(String why) implements ListAnswer {}
}
