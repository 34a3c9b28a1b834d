package tayori.dns;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import tayori.dns.DnsAnswer.Failed;
import tayori.dns.DnsAnswer.Trouble;

/// A DNS for one message: after so many questions it answers [Trouble#BUDGET] without asking.
///
/// Whether the answer comes from a cache does not matter, so that the same mail meets the same limit every time.
public final class BudgetedDns implements Dns {
    private final Dns dns;
    private final int questions;
    private final AtomicInteger asked = new AtomicInteger();

    /// @param questions how many are handed on; none if it is zero
    public BudgetedDns(Dns dns, int questions) {
        if (questions < 0) {
            throw new IllegalArgumentException("a budget is not negative: " + questions);
        }
        this.dns = dns;
        this.questions = questions;
    }

    @Override
    public DnsAnswer query(DomainName name, RecordType type) {
        // Looks before it counts: a counter that only grows would come round.
        if (asked.get() >= questions || asked.getAndIncrement() >= questions) {
            return usedUp();
        }
        return dns.query(name, type);
    }

    @Override
    public Optional<DnsAnswer> known(DomainName name, RecordType type) {
        if (asked.get() >= questions) {
            return Optional.of(usedUp());
        }
        var answer = dns.known(name, type);
        if (answer.isPresent()) {
            asked.incrementAndGet();
        }
        return answer;
    }

    private Failed usedUp() {
        return new Failed(
                Trouble.BUDGET, "all " + questions + " DNS questions of this message are used up");
    }

    /// Works something out where all the answers it takes are [Dns#known]; its questions then count as asked.
    ///
    /// @param work asks the `Dns` it is given and no other. It may be run in vain, up to the first answer that is not
    ///     known, and must then be run again with this one
    /// @return nothing where it would have had to wait
    public <T> Optional<T> fromMemory(Function<Dns, T> work) {
        var memory = new Memory(dns);
        var trial = new BudgetedDns(memory, questions - asked());
        var result = work.apply(trial);
        if (memory.failed) {
            return Optional.empty();
        }
        asked.addAndGet(trial.asked());
        return Optional.of(result);
    }

    /// What another `Dns` knows; whether it ever did not.
    private static final class Memory implements Dns {
        private final Dns dns;
        private boolean failed;

        Memory(Dns dns) {
            this.dns = dns;
        }

        @Override
        public DnsAnswer query(DomainName name, RecordType type) {
            return known(name, type).orElseGet(() -> new Failed(Trouble.TIMEOUT, "not at hand"));
        }

        @Override
        public Optional<DnsAnswer> known(DomainName name, RecordType type) {
            var answer = dns.known(name, type);
            failed |= answer.isEmpty();
            return answer;
        }
    }

    /// Questions handed on so far.
    public int asked() {
        return Math.min(asked.get(), questions);
    }
}
