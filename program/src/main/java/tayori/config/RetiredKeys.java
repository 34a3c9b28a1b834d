package tayori.config;

import java.util.Map;
import java.util.Optional;

/// Keys that once were settings. A file that still has one is refused with advice, so that nobody believes in a setting
/// that does nothing.
///
/// @param advice from the path of the key to what to do instead
record RetiredKeys(Map<String, String> advice) {
    /// None so far. When a setting goes, its line comes here: path, then what to do, and since which version.
    static final RetiredKeys TABLE = new RetiredKeys(Map.of());

    RetiredKeys {
        advice = Map.copyOf(advice);
    }

    Optional<String> adviceFor(String path) {
        return Optional.ofNullable(advice.get(path));
    }
}
