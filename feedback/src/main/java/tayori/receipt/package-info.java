/// Was this mail delivered to this reader here? A short token in the header that only its provider can make, and without
/// which a complaint is one more claim of a stranger.
@NullMarked
package tayori.receipt;

import org.jspecify.annotations.NullMarked;
