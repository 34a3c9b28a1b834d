package tayori.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/// A bearer token (RFC 6750 §2.1) as the server knows it: by its hash alone. Tokens are random and long, so that a plain
/// hash is enough.
///
/// @param name for logs and limits; never secret
/// @param sha256 of the token, in hexadecimal
/// @param scopes what it opens: [#EXPLAIN], [#FEEDBACK], or [#EVIDENCE] and the name of a provider
public record ApiKey(String name, String sha256, Set<String> scopes) {
    /// Reads explanations and lists.
    public static final String EXPLAIN = "explain";

    /// Hands in evidence as the provider whose name follows.
    public static final String EVIDENCE = "evidence:";

    /// Hands in what readers say, and vouches for who they are: a mail server's or a webmail's key.
    public static final String FEEDBACK = "feedback";

    public ApiKey {
        scopes = Set.copyOf(scopes);
    }

    /// A key for a token, which itself is not kept.
    public static ApiKey of(String name, String token, String... scopes) {
        return new ApiKey(
                name,
                HexFormat.of().formatHex(sha256(token.getBytes(StandardCharsets.UTF_8))),
                Set.of(scopes));
    }

    /// Whether it opens what a route asks for. [#EVIDENCE] alone asks for any provider's key.
    boolean opens(String scope) {
        return scope.equals(EVIDENCE) ? provider().isPresent() : scopes.contains(scope);
    }

    /// The provider that it may speak for.
    Optional<String> provider() {
        return scopes.stream()
                .filter(scope -> scope.startsWith(EVIDENCE))
                .map(scope -> scope.substring(EVIDENCE.length()))
                .filter(provider -> !provider.isEmpty())
                .findFirst();
    }

    static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
