package tayori.mime;

/// How much structure a message may have before it is refused as a whole.
///
/// @param maxOctets most octets of the message
/// @param maxDepth most multiparts and embedded messages around one part
/// @param maxParts most parts of one message, embedded messages counted apart
/// @param maxFields most header fields of one part
/// @param maxHeadOctets most octets of the heads of all parts together
public record MimeLimits(
        int maxOctets, int maxDepth, int maxParts, int maxFields, int maxHeadOctets) {
    /// Octets of a message: above the 25 to 50 MiB that large providers take.
    public static final int DEFAULT_MAX_OCTETS = 64 << 20;

    /// Levels: what Postfix grants (`mime_nesting_limit`, 100).
    public static final int DEFAULT_MAX_DEPTH = 100;

    /// Parts: ours; mail with hundreds of attachments exists, mail with thousands is an attack.
    public static final int DEFAULT_MAX_PARTS = 1_000;

    /// Fields of one head: as for the heads of messages that are authenticated.
    public static final int DEFAULT_MAX_FIELDS = 1_000;

    /// Octets of all heads: as for the heads of messages that are authenticated (Exim's `header_maxsize`, 1 MiB).
    public static final int DEFAULT_MAX_HEAD_OCTETS = 1 << 20;

    public static final MimeLimits DEFAULTS =
            new MimeLimits(
                    DEFAULT_MAX_OCTETS,
                    DEFAULT_MAX_DEPTH,
                    DEFAULT_MAX_PARTS,
                    DEFAULT_MAX_FIELDS,
                    DEFAULT_MAX_HEAD_OCTETS);

    public MimeLimits {
        if (maxOctets < 1 || maxDepth < 0 || maxParts < 1 || maxFields < 1 || maxHeadOctets < 1) {
            throw new IllegalArgumentException("a limit that allows no message");
        }
    }

    /// The limits, by name.
    public enum Limit {
        /// [MimeLimits#maxOctets]
        OCTETS,
        /// [MimeLimits#maxDepth]
        DEPTH,
        /// [MimeLimits#maxParts]
        PARTS,
        /// [MimeLimits#maxFields]
        FIELDS,
        /// [MimeLimits#maxHeadOctets]
        HEAD_OCTETS
    }

    /// What a limit is set to.
    public int valueOf(Limit limit) {
        return switch (limit) {
            case OCTETS -> maxOctets;
            case DEPTH -> maxDepth;
            case PARTS -> maxParts;
            case FIELDS -> maxFields;
            case HEAD_OCTETS -> maxHeadOctets;
        };
    }
}
