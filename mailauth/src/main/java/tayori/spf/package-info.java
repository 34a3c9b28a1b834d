/// # SPF room
/// Answers one question: *may this client IP send mail for this domain?* — `check_host()`, RFC 7208 §4.
/// - **Door:** [tayori.spf.SpfChecker]. It asks a [tayori.dns.Dns] and answers a [tayori.spf.SpfResult]; a
///   [tayori.spf.SpfTrace] hears every step. Who only wants to read a record calls [tayori.spf.SpfRecord#parse].
/// - **Never here:** sockets, clocks of its own, logs; nothing a stranger publishes makes it throw or loop.
/// - **Next door:** Authentication-Results is `authres`, what to do about a `fail` is `policy`; only the header that RFC
///   7208 itself defines, [tayori.spf.ReceivedSpf], is written here.
@NullMarked
package tayori.spf;

import org.jspecify.annotations.NullMarked;
