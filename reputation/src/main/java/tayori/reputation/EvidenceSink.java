package tayori.reputation;

import java.io.IOException;

/// Where evidence goes: an engine in this process, or a reputation operator's machine.
public interface EvidenceSink {
    /// Takes one batch. When this returns, the batch is durable and will be folded once, however often it comes again.
    ///
    /// @throws IOException when it is not durable; the caller keeps the batch and hands it in again under the same id
    void accept(EvidenceBatch batch) throws IOException;
}
