package tayori.cfbl;

import java.util.Optional;
import tayori.dns.DomainName;
import tayori.message.Address;
import tayori.message.AddressList;

/// A `CFBL-Address` field (RFC 9477 §5.1).
///
/// @param address where complaints are wanted: `local@domain`
/// @param domain its domain as the DNS knows it
/// @param format how they are wanted
public record CfblAddress(String address, DomainName domain, Format format) {
    /// The name of the field.
    public static final String FIELD = "CFBL-Address";

    /// What a report is written in.
    public enum Format {
        /// RFC 5965; the default, which every address must take (§3.4).
        ARF("arf"),
        /// XARF (§3.5.1).
        XARF("xarf");

        private final String word;

        Format(String word) {
            this.word = word;
        }

        /// As it stands in the field.
        public String word() {
            return word;
        }
    }

    /// Reads the value of a field.
    ///
    /// @return nothing where it breaks the grammar: another format than the two, in any other case than lower (§5.1 `%s`),
    ///     several addresses, a display name, a domain that no host can have
    public static Optional<CfblAddress> parse(String value) {
        int semicolon = value.indexOf(';');
        String specification = semicolon < 0 ? value : value.substring(0, semicolon);
        var format =
                semicolon < 0
                        ? Optional.of(Format.ARF)
                        : format(value.substring(semicolon + 1).strip());
        return format.flatMap(f -> address(specification).flatMap(a -> of(a, f)));
    }

    private static Optional<CfblAddress> of(Address address, Format format) {
        return address.domainName()
                .filter(domain -> domain.labelCount() > 1)
                .map(domain -> new CfblAddress(address.toString(), domain, format));
    }

    private static Optional<Address> address(String text) {
        if (text.indexOf('<') >= 0) {
            return Optional.empty();
        }
        var list = AddressList.parse(text);
        if (!list.clean() || list.grouped() || list.mailboxes().size() != 1) {
            return Optional.empty();
        }
        return Optional.of(list.mailboxes().getFirst());
    }

    private static Optional<Format> format(String text) {
        return switch (text) {
            case "report=arf" -> Optional.of(Format.ARF);
            case "report=xarf" -> Optional.of(Format.XARF);
            default -> Optional.empty();
        };
    }

    /// The value as it is written.
    public String value() {
        return address + "; report=" + format.word();
    }
}
