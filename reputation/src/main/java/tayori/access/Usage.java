package tayori.access;

/// What one client has asked since this process began.
///
/// @param client its name
/// @param allowed queries answered
/// @param otherZone refused for [Verdict#OTHER_ZONE]
/// @param tooManyThisSecond refused for [Verdict#TOO_MANY_THIS_SECOND]
/// @param tooManyToday refused for [Verdict#TOO_MANY_TODAY]
public record Usage(
        String client, long allowed, long otherZone, long tooManyThisSecond, long tooManyToday) {}
