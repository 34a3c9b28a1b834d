package tayori.message;

import java.util.Optional;

/// How much head a message may have before we stop reading it.
///
/// RFC 5322 sets no limit but that of a line (§2.1.1), so these are what mail servers in use grant.
///
/// @param maxOctets most octets of the whole header section, line ends included
/// @param maxFieldOctets most octets of one field, its folds included
/// @param maxFields most fields
public record HeadLimits(int maxOctets, int maxFieldOctets, int maxFields) {
    /// Octets of the whole header section: what Exim grants (`header_maxsize`, 1 MiB).
    public static final int DEFAULT_MAX_OCTETS = 1 << 20;

    /// Octets of one field: what Postfix grants (`header_size_limit`, 102,400); long `References` and ARC sets stay
    /// far below.
    public static final int DEFAULT_MAX_FIELD_OCTETS = 102_400;

    /// Fields of one head. No server in use counts them; the heads we have seen stay below 200, and every field costs
    /// a signature check time.
    public static final int DEFAULT_MAX_FIELDS = 1_000;

    public static final HeadLimits DEFAULTS =
            new HeadLimits(DEFAULT_MAX_OCTETS, DEFAULT_MAX_FIELD_OCTETS, DEFAULT_MAX_FIELDS);

    public HeadLimits {
        if (maxOctets < 1 || maxFieldOctets < 1 || maxFields < 1) {
            throw new IllegalArgumentException("a head limit below one");
        }
    }

    /// The three limits, by name.
    public enum Limit {
        /// [HeadLimits#maxOctets]
        HEAD_OCTETS,
        /// [HeadLimits#maxFieldOctets]
        FIELD_OCTETS,
        /// [HeadLimits#maxFields]
        FIELDS
    }

    /// The first limit that a head breaks which came by another way than [MessageReader], e.g. over a milter socket.
    public Optional<Limit> brokenBy(MessageHead head) {
        if (head.fields().size() > maxFields) {
            return Optional.of(Limit.FIELDS);
        }
        long octets = 0;
        for (var field : head.fields()) {
            int length = field.raw().length + 2;
            if (length > maxFieldOctets) {
                return Optional.of(Limit.FIELD_OCTETS);
            }
            octets += length;
        }
        return octets > maxOctets ? Optional.of(Limit.HEAD_OCTETS) : Optional.empty();
    }

    /// What a limit is set to.
    public int valueOf(Limit limit) {
        return switch (limit) {
            case HEAD_OCTETS -> maxOctets;
            case FIELD_OCTETS -> maxFieldOctets;
            case FIELDS -> maxFields;
        };
    }
}
