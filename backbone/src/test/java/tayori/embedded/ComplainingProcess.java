package tayori.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import tayori.feedback.ComplaintKind;

/// A process that keeps complaints until somebody kills it, and says of each when it is answered.
final class ComplainingProcess {
    private static final int CALLERS = 4;

    private ComplainingProcess() {}

    /// @param arguments folder
    public static void main(String[] arguments) throws IOException {
        var out = new PrintStream(System.out, true);
        var database =
                FeedbackDatabase.open(
                        Path.of(arguments[0]), Duration.ofDays(90), () -> FeedbackDatabaseTest.NOW);
        for (int caller = 0; caller < CALLERS; caller++) {
            int number = caller;
            Thread.ofPlatform().start(() -> complain(database, out, number));
        }
    }

    private static void complain(FeedbackDatabase database, PrintStream out, int caller) {
        try {
            for (int number = 0; ; number++) {
                String id = caller + "-" + number;
                database.keep(
                        FeedbackDatabaseTest.complaint(
                                id, ComplaintKind.SPAM, id, (long) number * CALLERS + caller));
                out.println(id + ";");
            }
        } catch (IOException e) {
            out.println("failed: " + e.getMessage());
        }
    }
}
