package tayori.config;

import java.util.List;
import java.util.Optional;
import tayori.dns.DomainName;

/// Whose mail may be filtered. Labels are put on everybody's.
public record ConsentConfig(
        @Doc(
                        "Whether recipients who are not named below agreed to filtering. Leave it true only where your terms say so.")
                boolean byDefault,
        @Doc(value = "Recipients for whom the contrary holds.", example = "[reader@example.org]")
                List<String> exceptAddresses,
        @Doc("Domains for whose recipients the contrary holds.") List<DomainName> exceptDomains,
        @Doc(
                        value =
                                "How mail for several recipients is filed for those of them who agreed: under a sub-address such as `user+Junk@example.org` "
                                        + "(RFC 5233). Unset: such mail is labelled only.",
                        example = "{delimiter: \"+\", detail: Junk, domains: [example.org]}")
                Optional<JunkAddressConfig> junkAddress) {
    public static final ConsentConfig DEFAULTS =
            new ConsentConfig(true, List.of(), List.of(), Optional.empty());

    /// A sub-address that is filed as Junk.
    public record JunkAddressConfig(
            @Doc("The character between user and detail.") String delimiter,
            @Doc("The detail, as the delivery agent knows the folder.") String detail,
            @Doc("Domains whose delivery agent knows such addresses. Empty: all.")
                    List<DomainName> domains) {}
}
