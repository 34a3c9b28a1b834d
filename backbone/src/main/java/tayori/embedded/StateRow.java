package tayori.embedded;

import java.util.EnumMap;
import java.util.Map;
import tayori.reputation.IdentityKind;

/// A row of the table `state`: what was counted of one subject, encoded. A subject without any state has no row.
///
/// @param folded hour in which evidence was last folded
record StateRow(String subject, Map<IdentityKind, byte[]> states, long folded) {
    static StateRow none(String subject) {
        return new StateRow(subject, new EnumMap<>(IdentityKind.class), 0);
    }
}
