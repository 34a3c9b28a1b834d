package tayori.config;

import java.util.List;

/// What came of reading a configuration file.
public sealed interface Loaded {
    /// Everything in order.
    record Accepted(Configuration configuration) implements Loaded {}

    /// Nothing may start with this file.
    ///
    /// @param problems all that were found, in the order of the file; at least one
    record Refused(List<Problem> problems) implements Loaded {
        public Refused {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("refused without a problem");
            }
        }
    }
}
