package tayori.advice;

import java.util.ArrayList;
import java.util.List;
import tayori.dmarc.ReportUri;

/// The TXT record at `_smtp._tls` (RFC 8460 §3): where reports about TLS to this domain are wanted.
///
/// @param reports at least one
record TlsReportRecord(List<ReportUri> reports) {
    /// Most URIs that are kept; RFC 8460 §3 sets no limit.
    static final int MAX_URIS = 20;

    public TlsReportRecord {
        reports = List.copyOf(reports);
    }

    /// What a TXT record turned out to be.
    public sealed interface Outcome {
        record Valid(TlsReportRecord record) implements Outcome {}

        /// It begins as a TLS reporting record and goes wrong: nobody gets a report.
        record Invalid(String reason) implements Outcome {}

        /// Something else; ignored.
        record NotTlsReport() implements Outcome {}
    }

    public static Outcome parse(String text) {
        var list = FieldList.parse(text, "v=TLSRPTv1", "rua");
        if (list.isEmpty()) {
            return new Outcome.NotTlsReport();
        }
        var problem = list.get().problem();
        if (problem.isPresent()) {
            return new Outcome.Invalid(problem.get());
        }
        var uris = new ArrayList<ReportUri>(2);
        for (var field : list.get().fields()) {
            if (field.name().equals("rua")) {
                for (String one : field.value().split(",", -1)) {
                    var uri = ReportUri.parse(one.strip());
                    if (uri.isEmpty()) {
                        return new Outcome.Invalid("rua holds what is no URI");
                    }
                    if (uris.size() < MAX_URIS) {
                        uris.add(uri.get());
                    }
                }
            }
        }
        return uris.isEmpty()
                ? new Outcome.Invalid("no rua")
                : new Outcome.Valid(new TlsReportRecord(uris));
    }
}
