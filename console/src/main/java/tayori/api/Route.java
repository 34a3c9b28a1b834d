package tayori.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// One thing that can be asked: how it is asked, what opens it, what comes of it. The server and its documentation are
/// made of the same list of these.
///
/// @param path segments, those in braces being parameters
/// @param name unique; how generated clients call it
/// @param scope what a key must open; absent for everybody
/// @param query parameters that may follow the path
/// @param body media type of the body that it takes; absent for none
/// @param answers status and what it means; the first is success
/// @param mediaType of success
/// @param schema of success, as the name of a component of the documentation; absent for text
record Route(
        String method,
        String path,
        String name,
        String summary,
        Optional<String> scope,
        List<Parameter> query,
        Optional<String> body,
        Map<Integer, String> answers,
        String mediaType,
        Optional<String> schema,
        Handler handler) {
    /// One query parameter.
    ///
    /// @param schema in the words of JSON Schema
    record Parameter(String name, String description, ObjectNode schema) {}

    /// Does it.
    interface Handler {
        /// @throws IOException when what it needs is out of order for now: 503
        Reply answer(Request request) throws IOException;
    }

    Route {
        query = List.copyOf(query);
        answers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }

    /// The parameters that stand in the path.
    List<String> pathParameters() {
        var names = new ArrayList<String>();
        for (String segment : path.split("/", -1)) {
            if (isParameter(segment)) {
                names.add(segment.substring(1, segment.length() - 1));
            }
        }
        return names;
    }

    /// What the parameters are in a path; nothing where it is another path.
    ///
    /// @param segments decoded, without the empty one before the first slash
    Optional<Map<String, String>> match(List<String> segments) {
        String[] own = path.substring(1).split("/", -1);
        if (own.length != segments.size()) {
            return Optional.empty();
        }
        var parameters = new LinkedHashMap<String, String>();
        for (int i = 0; i < own.length; i++) {
            if (isParameter(own[i])) {
                parameters.put(own[i].substring(1, own[i].length() - 1), segments.get(i));
            } else if (!own[i].equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }
}
