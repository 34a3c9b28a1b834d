package tayori.receiver;

/// The header field that tells delivery agent and recipient what was decided and why:
///
/// `Tayori-Decision: accept; advised=junk; reason=dmarc-quarantine (the author domain asks …)`
///
/// The words before the comment come from closed lists, so a Sieve script can rely on them.
final class DecisionLabel {
    static final String FIELD_NAME = "Tayori-Decision";

    private DecisionLabel() {}

    static String value(Decision decision) {
        var value = new StringBuilder(160).append(' ').append(decision.action().keyword());
        if (decision.advised() != decision.action()) {
            value.append("; advised=").append(decision.advised().keyword());
        }
        return value.append("; reason=")
                .append(decision.reason().keyword())
                .append("\r\n\t(")
                .append(decision.reason().sentence())
                .append(')')
                .toString();
    }
}
