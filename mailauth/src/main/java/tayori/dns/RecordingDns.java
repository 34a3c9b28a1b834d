package tayori.dns;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A DNS that writes down what was asked and answered, for people who want to know why.
public final class RecordingDns implements Dns {
    /// Questions written down; later ones are answered all the same.
    public static final int MAX_RECORDED = 1_000;

    private final Dns dns;
    private final InstantSource clock;
    private final List<Asking> askings = new ArrayList<>(); // guarded by itself

    /// @param elapsed from the question to the answer; next to nothing when a cache knew
    public record Asked(DomainName name, RecordType type, DnsAnswer answer, Duration elapsed) {}

    /// A question with room for its answer.
    private static final class Asking {
        private Optional<Asked> asked = Optional.empty();
    }

    public RecordingDns(Dns dns, InstantSource clock) {
        this.dns = dns;
        this.clock = clock;
    }

    @Override
    public DnsAnswer query(DomainName name, RecordType type) {
        var asking = new Asking();
        synchronized (askings) {
            if (askings.size() < MAX_RECORDED) {
                askings.add(asking);
            }
        }
        Instant before = clock.instant();
        var answer = dns.query(name, type);
        var elapsed = Duration.between(before, clock.instant());
        var asked = new Asked(name, type, answer, elapsed.isNegative() ? Duration.ZERO : elapsed);
        synchronized (askings) {
            asking.asked = Optional.of(asked);
        }
        return answer;
    }

    /// What was answered so far, in the order in which it was asked.
    public List<Asked> asked() {
        var answered = new ArrayList<Asked>();
        synchronized (askings) {
            for (var asking : askings) {
                asking.asked.ifPresent(answered::add);
            }
        }
        return List.copyOf(answered);
    }
}
