package tayori.dns;

import java.util.concurrent.atomic.AtomicInteger;
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
            return new Failed(
                    Trouble.BUDGET,
                    "all " + questions + " DNS questions of this message are used up");
        }
        return dns.query(name, type);
    }

    /// Questions handed on so far.
    public int asked() {
        return Math.min(asked.get(), questions);
    }
}
