package tayori.policy;

/// Decides about requests; called from many connections at once.
@FunctionalInterface
public interface PolicyHandler {

    /// Decides about one request. When it throws, the request gets the default action and the log a line.
    PolicyAction decide(PolicyRequest request);
}
