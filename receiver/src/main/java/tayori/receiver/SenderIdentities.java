package tayori.receiver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tayori.authentication.Authentication;
import tayori.dkim.DkimResult;
import tayori.dmarc.AuthenticatedIdentifier.Method;
import tayori.dmarc.DmarcResult;
import tayori.dns.ALabels;
import tayori.dns.DomainName;
import tayori.reputation.Identity;
import tayori.reputation.IdentityKind;
import tayori.spf.SpfResult;

/// Who answers for one mail. Only what was authenticated does: nobody is charged for a mail that merely names him.
///
/// @param responsible the one whose reputation decides: the aligned author, else a signer, else the envelope's domain,
///     else the block of addresses; nobody where the DNS would not say who it is
/// @param charged all that this mail counts for; at most [#MAX_CHARGED]
/// @param spoofed the author whose name was used without proof, and its organizational domain: counted as that, never
///     charged
/// @param signers domains whose signature verified, the first [#MAX_SIGNERS]
public record SenderIdentities(
        Optional<Identity> responsible,
        Set<Identity> charged,
        Set<Identity> spoofed,
        Set<DomainName> signers) {
    /// Most signing domains that one mail counts for; those aligned with the author first, then the topmost. A stranger
    /// can sign with as many domains as he likes. Own, service provider and list make three.
    public static final int MAX_SIGNERS = 3;

    /// Most identities that one mail counts for: the author, its organizational domain, signers, the envelope's domain.
    public static final int MAX_CHARGED = 2 + MAX_SIGNERS + 1;

    public SenderIdentities {
        charged = Set.copyOf(charged);
        spoofed = Set.copyOf(spoofed);
        signers = Set.copyOf(signers);
    }

    /// @param organizational the author's organizational domain, where it is known
    public static SenderIdentities of(Authentication mail, Optional<DomainName> organizational) {
        var authors = authors(mail, organizational);
        var signers = signers(mail);
        var envelope = envelope(mail);
        boolean aligned = mail.dmarc() instanceof DmarcResult.Pass;
        var charged = new LinkedHashSet<Identity>();
        if (aligned) {
            charged.addAll(authors);
        }
        signers.forEach(signer -> charged.add(Identity.dkim(signer)));
        envelope.ifPresent(domain -> charged.add(Identity.spf(domain)));
        if (charged.isEmpty() && mail.hasClient() && !isUndecided(mail)) {
            charged.add(Identity.addressBlock(mail.client()));
        }
        return new SenderIdentities(
                charged.stream().findFirst(),
                charged,
                mail.dmarc() instanceof DmarcResult.Fail ? Set.copyOf(authors) : Set.of(),
                Set.copyOf(signers));
    }

    /// The author exactly as named, then its organizational domain where that is another.
    private static List<Identity> authors(
            Authentication mail, Optional<DomainName> organizational) {
        var author = mail.dmarc().findings().author();
        var found = mail.dmarc().findings().organizationalDomain().or(() -> organizational);
        var identities = new LinkedHashSet<Identity>();
        author.map(Identity::author).ifPresent(identities::add);
        found.filter(domain -> author.isPresent() && author.get().isWithin(domain))
                .map(Identity::author)
                .ifPresent(identities::add);
        return new ArrayList<>(identities);
    }

    private static List<DomainName> signers(Authentication mail) {
        var first = new LinkedHashSet<DomainName>();
        for (var identifier : mail.dmarc().findings().identifiers()) {
            if (identifier.aligned() && identifier.identifier().method() == Method.DKIM) {
                first.add(identifier.identifier().domain());
            }
        }
        var whole = new LinkedHashSet<DomainName>();
        for (var signature : mail.dkim()) {
            // Where a signature leaves octets out, anybody may have written them (RFC 6376 §8.2).
            if (signature instanceof DkimResult.Pass(var facts, _) && facts.octetsBeyond() == 0) {
                facts.domainName().ifPresent(whole::add);
            }
        }
        first.retainAll(whole);
        first.addAll(whole);
        return first.stream().limit(MAX_SIGNERS).toList();
    }

    private static Optional<DomainName> envelope(Authentication mail) {
        return mail.spf() instanceof SpfResult.Pass pass
                ? ALabels.toDomainName(pass.domain())
                : Optional.empty();
    }

    /// A minute later somebody might vouch for it: then its block is not to be blamed now.
    private static boolean isUndecided(Authentication mail) {
        return mail.spf() instanceof SpfResult.TempError
                || mail.dmarc() instanceof DmarcResult.TempError
                || mail.dkim().stream().anyMatch(DkimResult.TempError.class::isInstance);
    }

    /// All that are charged, the responsible one first.
    List<Identity> inOrder() {
        var ordered = new LinkedHashSet<Identity>();
        responsible.ifPresent(ordered::add);
        charged.stream().sorted(Comparator.comparing(Identity::toString)).forEach(ordered::add);
        return List.copyOf(ordered);
    }

    /// The domains among those charged.
    Set<DomainName> domains() {
        var domains = new LinkedHashSet<DomainName>();
        for (var identity : charged) {
            if (identity.kind() != IdentityKind.ADDRESS_BLOCK) {
                DomainName.parse(identity.subject()).ifPresent(domains::add);
            }
        }
        return domains;
    }
}
