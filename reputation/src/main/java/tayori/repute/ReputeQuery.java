package tayori.repute;

import java.util.Optional;

/// One question, as it came (RFC 7072 §3.2).
///
/// @param application the response set, `email-id` being the only one known here
/// @param subject a domain name or an IP address
/// @param assertion absent for everything that is known
/// @param identity where the asker found the subject; absent where he does not say
public record ReputeQuery(
        String application,
        String subject,
        Optional<String> assertion,
        Optional<String> identity) {}
