package tayori.api;

import java.util.Map;
import java.util.Optional;

/// One request, as a route sees it.
///
/// @param parameters from path and query, each once, decoded
/// @param key the key that opened the route, where it needs one
/// @param ifNoneMatch entity tags that the asker has; empty for none
@SuppressWarnings("ArrayRecordComponent") // read once and never compared
record Request(
        Map<String, String> parameters, Optional<ApiKey> key, byte[] body, String ifNoneMatch) {
    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /// A parameter of the path: it is there, or the route would not have been found.
    String required(String name) {
        return parameter(name).orElseThrow();
    }
}
