package tayori.lists;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DnsAnswer.Found;
import tayori.dns.DnsAnswer.NoData;
import tayori.dns.DnsAnswer.NoSuchName;
import tayori.dns.DomainName;
import tayori.dns.RecordType;

/// Whether a list works: it lists what it must list, and nothing that it must not (RFC 5782 §5).
final class ListCheck {
    private ListCheck() {}

    /// One question whose answer is known beforehand.
    ///
    /// @param label below the zone
    /// @param listed whether it must be on the list, or must not
    private record Probe(String label, boolean listed) {}

    /// @return what is wrong, if anything is
    static Optional<String> of(OutsideList list, Dns dns, RandomGenerator random) {
        var probes = new ArrayList<Probe>(7);
        for (var subject : list.subjects()) {
            probes.addAll(testEntries(subject));
        }
        probes.add(new Probe(ListNames.random(random), false));
        for (var probe : probes) {
            var name = list.zone().below(probe.label());
            if (name.isEmpty()) {
                return Optional.of("the zone's name is too long");
            }
            var wrong = wrong(dns.query(name.get(), RecordType.A), probe);
            if (wrong.isPresent()) {
                return wrong.map(what -> probe.label() + ": " + what);
            }
        }
        return Optional.empty();
    }

    /// A certifier has no test entries; but whoever vouches for a name of nobody vouches for everybody.
    static Optional<String> ofCertifier(DomainName certifier, Dns dns, RandomGenerator random) {
        String label = ListNames.random(random);
        return VbrAnswers.name(certifier, label)
                .map(name -> wrong(dns.query(name, RecordType.TXT), new Probe(label, false)))
                .orElse(Optional.of("the name is too long"));
    }

    private static List<Probe> testEntries(OutsideList.Subject subject) {
        return switch (subject) {
            case IPV4 -> List.of(new Probe("2.0.0.127", true), new Probe("1.0.0.127", false));
            case IPV6 ->
                    // ::FFFF:7F00:2 and ::FFFF:7F00:1, which Java would make IPv4 of
                    List.of(
                            new Probe("2.0.0.0.0.0.f.7." + MAPPED, true),
                            new Probe("1.0.0.0.0.0.f.7." + MAPPED, false));
            case DOMAIN -> List.of(new Probe("test", true), new Probe("invalid", false));
        };
    }

    private static final String MAPPED = "f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0";

    private static Optional<String> wrong(DnsAnswer answer, Probe probe) {
        return switch (answer) {
            case DnsAnswer.Failed failed -> Optional.of(failed.detail());
            case NoData _, NoSuchName _ ->
                    probe.listed() ? Optional.of("must be listed and is not") : Optional.empty();
            case Found found -> {
                if (!probe.listed()) {
                    yield Optional.of("must not be listed and is");
                }
                boolean refused =
                        found.addresses().stream()
                                .anyMatch(code -> !ListAnswers.isReturnCode(code.getAddress()));
                yield refused ? Optional.of("is answered with an error code") : Optional.empty();
            }
        };
    }
}
