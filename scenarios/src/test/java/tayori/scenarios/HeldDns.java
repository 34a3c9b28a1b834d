package tayori.scenarios;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DomainName;
import tayori.dns.RecordType;

/// A DNS that keeps everybody waiting until it is released: whoever asks it stands in the middle of a mail.
final class HeldDns implements Dns {
    private final Dns source;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    HeldDns(Dns source) {
        this.source = source;
    }

    @Override
    public DnsAnswer query(DomainName name, RecordType type) {
        asked.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new DnsAnswer.Failed(DnsAnswer.Trouble.TIMEOUT, "interrupted");
        }
        return source.query(name, type);
    }

    void awaitQuestion() {
        await("a question to the DNS").atMost(Postfix.PATIENCE).until(() -> asked.getCount() == 0);
    }

    void release() {
        released.countDown();
    }
}
