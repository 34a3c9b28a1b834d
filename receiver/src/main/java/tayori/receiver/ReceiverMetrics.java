package tayori.receiver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tayori.authentication.Authentication;
import tayori.bimi.BimiResult;
import tayori.iprev.IprevResult;

/// Counts every result and every decision.
///
/// - `tayori_mail_results_total{method, result}`: one for each result of each method
/// - `tayori_mail_decisions_total{action, advised, reason}`: one for each mail
/// - `tayori_mail_seconds`: from MAIL FROM to the decision, the sender's and the MTA's own time included
/// - `tayori_mail_octets_total`: octets of bodies examined
public final class ReceiverMetrics {
    private record Result(String method, String result) {}

    private record Outcome(Action action, Action advised, Reason reason) {}

    private final MeterRegistry registry;
    private final Timer time;
    private final Counter octets;
    private final Map<Result, Counter> results = new ConcurrentHashMap<>();
    private final Map<Outcome, Counter> decisions = new ConcurrentHashMap<>();

    public ReceiverMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.time =
                Timer.builder("tayori.mail")
                        .description("From MAIL FROM to the decision")
                        .register(registry);
        this.octets =
                Counter.builder("tayori.mail.octets")
                        .description("Octets of bodies examined")
                        .register(registry);
    }

    void count(Optional<Authentication> authentication, Decision decision, Duration elapsed) {
        time.record(elapsed);
        decisions
                .computeIfAbsent(
                        new Outcome(decision.action(), decision.advised(), decision.reason()),
                        this::counter)
                .increment();
        authentication.ifPresent(this::count);
    }

    private void count(Authentication mail) {
        octets.increment((double) mail.bodyOctets());
        result("spf", mail.spf().result());
        mail.spfOfHelo().ifPresent(spf -> result("spf-helo", spf.result()));
        for (var signature : mail.dkim()) {
            result("dkim", signature.keyword());
        }
        result("arc", mail.arc().status().word());
        result("dmarc", mail.dmarc().keyword());
        mail.iprev().map(IprevResult::word).ifPresent(word -> result("iprev", word));
        mail.bimi().map(BimiResult::word).ifPresent(word -> result("bimi", word));
        mail.senderId().ifPresent(sender -> result("sender-id", sender.verdict().word()));
        for (var signature : mail.domainKeys()) {
            result("domainkeys", signature.outcome().keyword());
        }
    }

    private void result(String method, String result) {
        results.computeIfAbsent(new Result(method, result), this::counter).increment();
    }

    private Counter counter(Result result) {
        return Counter.builder("tayori.mail.results")
                .description("Results of each method")
                .tag("method", result.method())
                .tag("result", result.result())
                .register(registry);
    }

    private Counter counter(Outcome outcome) {
        return Counter.builder("tayori.mail.decisions")
                .description("Decisions")
                .tag("action", outcome.action().keyword())
                .tag("advised", outcome.advised().keyword())
                .tag("reason", outcome.reason().keyword())
                .register(registry);
    }
}
