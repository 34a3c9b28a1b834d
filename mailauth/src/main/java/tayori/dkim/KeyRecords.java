package tayori.dkim;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Key records already read, by their text, so that a big sender's key is taken apart once and not for every mail.
///
/// Keyed by the text and not by the name: whatever the DNS says now is what counts. Bounded in entries and octets, the
/// longest unused goes first. Thread-safe.
public final class KeyRecords {
    /// Most records remembered. Unit: records.
    static final int MAX_RECORDS = 4096;

    /// Most text remembered. Unit: octets. The keys made of it take about three times as much.
    static final int MAX_OCTETS = 4 << 20;

    private final SignatureCrypto crypto;
    private final Map<String, KeyRecord> records = new LinkedHashMap<>(64, 0.75f, true);
    private long octets;

    public KeyRecords(SignatureCrypto crypto) {
        this.crypto = crypto;
    }

    /// What a TXT record says; see [KeyRecord#parse].
    public KeyRecord read(String text) {
        synchronized (records) {
            var known = records.get(text);
            if (known != null) {
                return known;
            }
        }
        var record = KeyRecord.parse(text, crypto);
        if (text.length() <= KeyRecord.MAX_LENGTH) {
            remember(text, record);
        }
        return record;
    }

    private void remember(String text, KeyRecord record) {
        synchronized (records) {
            if (records.put(text, record) == null) {
                octets += text.length();
            }
            Iterator<String> eldest = records.keySet().iterator();
            while ((records.size() > MAX_RECORDS || octets > MAX_OCTETS) && eldest.hasNext()) {
                octets -= eldest.next().length();
                eldest.remove();
            }
        }
    }

    int size() {
        synchronized (records) {
            return records.size();
        }
    }

    /// The arithmetic these keys were made for.
    public SignatureCrypto crypto() {
        return crypto;
    }
}
