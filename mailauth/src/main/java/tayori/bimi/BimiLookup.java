package tayori.bimi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DomainName;
import tayori.dns.RecordType;

/// Finds the assertion record of a mail (draft-brand-indicators-for-message-identification-14 §7.2): at most two
/// questions to the DNS.
public final class BimiLookup {
    private final Dns dns;
    private final boolean wantsAlignedDkim;

    public BimiLookup(Dns dns) {
        this(dns, false);
    }

    /// @param wantsAlignedDkim whether an aligned DKIM signature is wanted besides the DMARC pass
    public BimiLookup(Dns dns, boolean wantsAlignedDkim) {
        this.dns = dns;
        this.wantsAlignedDkim = wantsAlignedDkim;
    }

    /// Looks at the author domain, then at its organizational domain.
    ///
    /// @param organizationalDomain as DMARC found it; the same as the author domain where there is none above
    /// @param selector of a signed BIMI-Selector field ([BimiSelector#of]); without one, `default`
    public BimiResult find(
            DomainName authorDomain,
            DomainName organizationalDomain,
            Optional<String> selector,
            DmarcStanding dmarc) {
        var hindrance = hindrance(dmarc);
        if (hindrance.isPresent()) {
            return new BimiResult.Skipped(hindrance.get());
        }
        String asked = selector.orElse(BimiSelector.DEFAULT);
        var atAuthor = at(authorDomain, asked);
        return atAuthor instanceof BimiResult.None && !authorDomain.equals(organizationalDomain)
                ? at(organizationalDomain, asked)
                : atAuthor;
    }

    private Optional<String> hindrance(DmarcStanding dmarc) {
        if (!dmarc.pass()) {
            return Optional.of("DMARC did not pass");
        }
        if (!dmarc.enforced()) {
            return Optional.of("the DMARC policy is not enforced");
        }
        return switch (dmarc.dkim()) {
            case WHOLE_BODY -> Optional.empty();
            case PART_OF_BODY -> Optional.of("the DKIM signature covers only part of the body");
            case NONE ->
                    wantsAlignedDkim ? Optional.of("no aligned DKIM signature") : Optional.empty();
        };
    }

    private BimiResult at(DomainName domain, String selector) {
        var name = domain.below(selector + "._bimi");
        if (name.isEmpty()) {
            return new BimiResult.None();
        }
        var answer = dns.query(name.get(), RecordType.TXT);
        if (answer instanceof DnsAnswer.Failed(_, var detail)) {
            return new BimiResult.TempError(detail);
        }
        var records = ofThisVersion(answer.texts());
        if (records.isEmpty()) {
            return new BimiResult.None();
        }
        if (records.size() > 1) {
            return new BimiResult.Fail("several records at " + name.get());
        }
        return switch (records.getFirst()) {
            case BimiRecord.Indicator(var location, var evidence) ->
                    new BimiResult.Pass(domain, selector, location, evidence);
            case BimiRecord.Declined _ -> new BimiResult.Declined(domain, selector);
            case BimiRecord.Invalid(var reason) -> new BimiResult.Fail(reason);
            case BimiRecord.Foreign(var reason) -> new BimiResult.Fail(reason);
        };
    }

    private static List<BimiRecord> ofThisVersion(List<String> texts) {
        var records = new ArrayList<BimiRecord>(1);
        for (var text : texts) {
            var record = BimiRecord.parse(text);
            if (!(record instanceof BimiRecord.Foreign)) {
                records.add(record);
            }
        }
        return records;
    }
}
