/// # Policy delegation room
/// Answers one question: *Postfix asks whether to let this SMTP command pass: what do we say?* The server side of Postfix's policy
/// delegation protocol (SMTPD_POLICY_README): lines `name=value` up to an empty line, answered by `action=…` and an empty line, any
/// number of times on one connection.
/// - **Door:** [tayori.policy.PolicyServer]. It is given a [tayori.policy.PolicyHandler], which turns a
///   [tayori.policy.PolicyRequest] into a [tayori.policy.PolicyAction].
/// - **Never here:** what the answer should be; nothing a peer sends makes the server throw.
/// - **Next door:** `milter` for whole mails; `listen` for sockets.
@NullMarked
package tayori.policy;

import org.jspecify.annotations.NullMarked;
