/// How good is this sender? Evidence of many providers about one identity, folded into a state that merges without
/// order, read as a rate that a few bribed providers cannot raise, and explained from the same numbers.
@NullMarked
package tayori.reputation;

import org.jspecify.annotations.NullMarked;
