/// # Unsubscribe room
/// Answers one question: *how does a reader leave this list, and may one click do it?* — RFC 2369, RFC 8058.
/// - **Door:** [tayori.unsubscribe.OneClick] decides; [tayori.unsubscribe.ListUnsubscribe] reads the field.
/// - **Never here:** the request itself, and the DNS: whoever posts must look at the addresses the host name leads to.
@NullMarked
package tayori.unsubscribe;

import org.jspecify.annotations.NullMarked;
