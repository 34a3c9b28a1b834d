/// The engine of one process: a log, a fold and one SQLite file.
@NullMarked
package tayori.embedded;

import org.jspecify.annotations.NullMarked;
