/// What programs ask over HTTP.
@NullMarked
package tayori.api;

import org.jspecify.annotations.NullMarked;
