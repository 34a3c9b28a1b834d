package tayori.embedded;

/// Which of the published values a page shows.
public enum PublishedFilter {
    ALL,
    /// On the list of bad senders.
    LISTED,
    /// On the whitelist.
    WHITE
}
