package tayori.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import tayori.reputation.Evidence;

/// A process that accepts evidence until somebody kills it, and says of each batch when it is accepted.
///
/// Batch `n` of a run counts its mails, 1 to 3, once for `all.example` and once for one of 40 domains.
final class CrashingProcess {
    private static final int CALLERS = 4;
    private static final int DOMAINS = 40;

    private CrashingProcess() {}

    static String id(String run, int caller, int number) {
        return run + "/" + caller + "/" + number;
    }

    /// How many mails a batch counts.
    static long mails(String id) {
        return 1L + Math.floorMod(id.hashCode(), 3);
    }

    static String domain(String id) {
        return Math.floorMod(id.hashCode(), DOMAINS) + ".example";
    }

    static Evidence[] evidence(String id) {
        return new Evidence[] {
            Sample.messages("all.example", mails(id), Sample.NOW),
            Sample.messages(domain(id), mails(id), Sample.NOW)
        };
    }

    /// @param arguments folder, name of the run
    public static void main(String[] arguments) throws Exception {
        var out = new PrintStream(System.out, true);
        var run = arguments[1];
        var options =
                Sample.options(15, Duration.ofMillis(new Random(run.hashCode()).nextLong(1, 60)));
        var engine =
                EmbeddedEngine.open(
                        Path.of(arguments[0]),
                        options,
                        Sample.RULES,
                        InstantSource.fixed(Sample.NOW));
        engine.publishTo(new Sample.Table());
        for (int caller = 0; caller < CALLERS; caller++) {
            int number = caller;
            Thread.ofPlatform().start(() -> accept(engine, out, run, number));
        }
    }

    private static void accept(EmbeddedEngine engine, PrintStream out, String run, int caller) {
        try {
            for (int number = 0; ; number++) {
                String id = id(run, caller, number);
                engine.accept(Sample.batch(id, evidence(id)));
                out.println(id + ";");
            }
        } catch (IOException e) {
            out.println("failed: " + e.getMessage());
        }
    }
}
