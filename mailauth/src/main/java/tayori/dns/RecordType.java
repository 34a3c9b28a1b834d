package tayori.dns;

/// The record types that mail authentication asks for.
public enum RecordType {
    A,
    AAAA,
    MX,
    TXT,
    PTR,
    CNAME,
    NS,
    SOA,
    TLSA
}
