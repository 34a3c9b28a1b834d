/// How do we tell each other? What arrives as a report, told apart and read.
@NullMarked
package tayori.report;

import org.jspecify.annotations.NullMarked;
