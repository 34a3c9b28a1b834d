package tayori.receiver;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tayori.dns.ALabels;
import tayori.dns.DomainName;

/// Consent by a rule and its exceptions.
///
/// @param byDefault whether whoever is not named agreed
/// @param addresses who did otherwise; an address stands for its sub-addresses `local+detail@domain` as well (RFC 5233
///     §1), upper and lower case are one
/// @param domains whose recipients all did otherwise; exactly these, not those below
public record ConsentList(boolean byDefault, Set<String> addresses, Set<DomainName> domains)
        implements ConsentBook {
    private static final char DETAIL = '+';

    public ConsentList {
        addresses =
                addresses.stream()
                        .map(address -> address.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
        domains = Set.copyOf(domains);
    }

    @Override
    public boolean agreed(String recipient) {
        return isException(recipient.toLowerCase(Locale.ROOT)) != byDefault;
    }

    private boolean isException(String address) {
        int at = address.lastIndexOf('@');
        int plus = address.indexOf(DETAIL);
        String whole =
                plus > 0 && plus < at
                        ? address.substring(0, plus) + address.substring(at)
                        : address;
        return addresses.contains(address)
                || addresses.contains(whole)
                || ALabels.toDomainName(address.substring(at + 1))
                        .filter(domains::contains)
                        .isPresent();
    }
}
