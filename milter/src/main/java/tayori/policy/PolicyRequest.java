package tayori.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One request: what Postfix knows about the SMTP session so far. Which attributes come depends on its version and on the moment.
public final class PolicyRequest {

    private final Map<String, String> attributes;

    /// @param attributes by name in lower case
    public PolicyRequest(Map<String, String> attributes) {
        this.attributes = new LinkedHashMap<>(attributes);
    }

    /// The value of an attribute: `client_address`, `sasl_username`, `sender`, `recipient`, `protocol_state`, `queue_id` …
    ///
    /// @param name in lower case
    /// @return nothing if it did not come or came empty: Postfix sends all names it knows, without value where it has none
    public Optional<String> get(String name) {
        String value = attributes.get(name);
        return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /// All attributes as they came, in their order; of a repeated name the last.
    public Map<String, String> all() {
        return new LinkedHashMap<>(attributes);
    }

    @Override
    public String toString() {
        return attributes.toString();
    }
}
