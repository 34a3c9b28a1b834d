package tayori.intake;

import java.io.IOException;
import tayori.arf.ArfReport;

/// The door to where feedback reports of other providers go.
@FunctionalInterface
public interface ReportSink {

    /// Takes a report. Nothing of it is believed yet: who sent it is for the taker to check, by the signature of the mail
    /// (RFC 9477 §3.5) or by the address of a provider it knows.
    ///
    /// @param mail the report as it came
    /// @throws IOException when it cannot be kept; the provider will send it again
    void take(ArfReport report, byte[] mail) throws IOException;
}
