package tayori.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The keys that open the interface.
public final class ApiKeys {
    public static final ApiKeys NONE = new ApiKeys(List.of());

    /// Largest key file. Unit: octets.
    static final int MAX_FILE_OCTETS = 1 << 20;

    private static final String BEARER = "bearer ";
    private static final int SHA256_DIGITS = 64;

    private final List<ApiKey> keys;

    public ApiKeys(List<ApiKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /// Reads a file with a line for each key: its name, the SHA-256 of its token in hexadecimal, its scopes with commas
    /// between them; `#` begins a comment.
    ///
    /// @throws IOException when the file cannot be read, or a line is none of these; the message names file and line, and
    ///     nothing that stands in it
    public static ApiKeys read(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_OCTETS) {
            throw new IOException(file + ": longer than " + MAX_FILE_OCTETS + " octets");
        }
        var keys = new ArrayList<ApiKey>();
        int number = 0;
        for (String line : Files.readAllLines(file, UTF_8)) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                int where = number;
                keys.add(
                        parse(text)
                                .orElseThrow(() ->
                                        new IOException(
                                                file
                                                        + ", line "
                                                        + where
                                                        + ": expected name, SHA-256 and scopes")));
            }
        }
        return new ApiKeys(keys);
    }

    private static Optional<ApiKey> parse(String line) {
        String[] words = line.replace('\t', ' ').split(" ", -1);
        var parts = new ArrayList<String>();
        for (String word : words) {
            if (!word.isEmpty()) {
                parts.add(word);
            }
        }
        if (parts.size() != 3) {
            return Optional.empty();
        }
        String hash = parts.get(1).toLowerCase(Locale.ROOT);
        var scopes = new TreeSet<>(Set.of(parts.get(2).split(",", -1)));
        boolean known =
                scopes.stream()
                        .allMatch(scope ->
                                scope.equals(ApiKey.EXPLAIN)
                                        || (scope.startsWith(ApiKey.EVIDENCE)
                                                && scope.length() > ApiKey.EVIDENCE.length()));
        boolean hexadecimal =
                hash.length() == SHA256_DIGITS && hash.chars().allMatch(HexFormat::isHexDigit);
        return known && hexadecimal
                ? Optional.of(new ApiKey(parts.getFirst(), hash, scopes))
                : Optional.empty();
    }

    /// The key whose token an `Authorization` field carries (RFC 6750 §2.1). Takes as long for a wrong token as for a
    /// right one: every key is compared, and whole.
    Optional<ApiKey> find(String authorization) {
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.empty();
        }
        byte[] hash =
                HexFormat.of()
                        .formatHex(
                                ApiKey.sha256(
                                        authorization
                                                .substring(BEARER.length())
                                                .strip()
                                                .getBytes(UTF_8)))
                        .getBytes(US_ASCII);
        Optional<ApiKey> found = Optional.empty();
        for (var key : keys) {
            if (MessageDigest.isEqual(hash, key.sha256().getBytes(US_ASCII))) {
                found = Optional.of(key);
            }
        }
        return found;
    }
}
