package tayori.nameserver;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import tayori.dns.DomainName;
import tayori.publication.ImportedList;

/// A zone that answers from a list of another. Reloading is handing in the newer list: the next query is answered from it.
public final class ImportedZone {
    private final DomainName apex;
    private final boolean keysOnly;
    private volatile ImportedList list;
    private final AtomicLong changes = new AtomicLong();

    /// @param keysOnly whether it answers nobody without a key
    public ImportedZone(DomainName apex, boolean keysOnly, ImportedList list) {
        this.apex = apex;
        this.keysOnly = keysOnly;
        this.list = list;
    }

    public DomainName apex() {
        return apex;
    }

    public boolean keysOnly() {
        return keysOnly;
    }

    public ImportedList list() {
        return list;
    }

    public void replace(ImportedList newer) {
        list = newer;
        changes.incrementAndGet();
    }

    long changes() {
        return changes.get();
    }

    /// How long its entries may be remembered.
    Duration ttl(ZoneOptions options) {
        return list.ttl().orElse(options.shortTtl());
    }
}
