/// # Conformance room
/// Reads the suites of other projects, adopted whole, from the test resources.
@NullMarked
package tayori.conformance;

import org.jspecify.annotations.NullMarked;
