package tayori.dns;

import java.net.InetAddress;

/// One record of an answer, reduced to what its type says.
public sealed interface DnsRecord {
    /// A (IPv4) or AAAA (IPv6).
    record Address(InetAddress address) implements DnsRecord {}

    /// MX. The exchange is [DomainName#ROOT] where the domain takes no mail (RFC 7505 §3).
    record MailExchange(int preference, DomainName exchange) implements DnsRecord {}

    /// TXT, its character-strings joined without anything between them (RFC 7208 §3.3, RFC 6376 §3.6.2.2).
    ///
    /// @param text one char per octet (ISO 8859-1), so that no octet is lost; whoever expects UTF-8 decodes again
    record Text(String text) implements DnsRecord {}

    /// PTR, CNAME or NS: a record that is nothing but another name.
    record Name(DomainName target) implements DnsRecord {}

    /// Any other type, in presentation format.
    record Other(String presentation) implements DnsRecord {}
}
