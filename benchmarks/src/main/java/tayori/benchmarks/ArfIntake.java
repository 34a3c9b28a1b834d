package tayori.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tayori.arf.ArfReader;
import tayori.arf.ArfReport;

/// Reads a folder of complaints (RFC 5965) again and again on one thread and prints one row: reports a second, reports for
/// each CPU-second, how many were read right, peak memory.
///
/// The folder holds the reports and `expected.tsv`: file, feedback type, reported domain, original recipient, source
/// address. Compared with `expected.tsv` is every report, once, before the clock runs.
final class ArfIntake {
    private ArfIntake() {}

    /// @param arguments the folder, and the seconds to measure
    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        double seconds = Double.parseDouble(arguments[1]);
        List<byte[]> reports = new ArrayList<>();
        int right = 0;
        for (String line : Files.readAllLines(folder.resolve("expected.tsv"))) {
            var columns = line.split("\t", -1);
            byte[] octets = Files.readAllBytes(folder.resolve(columns[0]));
            reports.add(octets);
            right += isRight(octets, columns) ? 1 : 0;
        }
        run(reports, seconds); // the compiler's turn
        var measured = run(reports, seconds);
        System.out.printf(
                Locale.ROOT,
                "| tayori, JDK %s | %.0f | %.0f | %d/%d | %.0f |%n",
                System.getProperty("java.version"),
                measured.perSecond(),
                measured.perCpuSecond(),
                right,
                reports.size(),
                peakMebibytes());
    }

    private record Measured(double perSecond, double perCpuSecond) {}

    private static Measured run(List<byte[]> reports, double seconds) {
        var threads = ManagementFactory.getThreadMXBean();
        long begin = System.nanoTime();
        long cpu = threads.getCurrentThreadCpuTime();
        long count = 0;
        long sum = 0;
        while (System.nanoTime() - begin < seconds * 1e9) {
            for (byte[] octets : reports) {
                sum += whatAnIntakeNeeds((ArfReport) ArfReader.read(octets));
                count++;
            }
        }
        if (sum == 0) {
            throw new IllegalStateException("nothing was read");
        }
        return new Measured(
                count / ((System.nanoTime() - begin) / 1e9),
                count / ((threads.getCurrentThreadCpuTime() - cpu) / 1e9));
    }

    /// Asks for the fields that lie unread in the head of the original, too.
    private static int whatAnIntakeNeeds(ArfReport report) {
        return report.originalMessageId().orElse("").length()
                + report.originalHead().first("From").orElse("").length()
                + report.originalRecipients().getFirst().value().length();
    }

    private static boolean isRight(byte[] octets, String[] expected) {
        return ArfReader.read(octets) instanceof ArfReport report
                && report.type().value().word().equals(expected[1])
                && report.reportedDomains().getFirst().value().equals(expected[2])
                && report.originalRecipients().getFirst().value().equals(expected[3])
                && report.sourceIp().orElseThrow().value().getHostAddress().equals(expected[4]);
    }

    private static double peakMebibytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM")) {
                return Double.parseDouble(line.replace("VmHWM:", "").replace("kB", "").strip())
                        / 1024;
            }
        }
        return Double.NaN;
    }
}
