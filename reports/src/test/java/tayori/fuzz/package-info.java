/// Runs the fuzz targets of every parser without a fuzzer: briefly, and the same way each time.
@NullMarked
package tayori.fuzz;

import org.jspecify.annotations.NullMarked;
