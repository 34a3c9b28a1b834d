package tayori.benchmarks;

import java.io.PrintStream;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs the JMH benchmarks of this room and prints what each does for a second of CPU time.
final class InProcess {
    private InProcess() {}

    /// @param patterns parts of their names; none for all of them
    static void run(List<String> patterns, PrintStream out) throws RunnerException {
        var options =
                new OptionsBuilder()
                        .forks(1)
                        .warmupIterations(8)
                        .warmupTime(TimeValue.seconds(2))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(CpuSeconds.class)
                        .jvmArgs("-XX:+UseSerialGC", "-Xmx384m", "-Djmh.executor=VIRTUAL")
                        .verbosity(VerboseMode.SILENT);
        (patterns.isEmpty() ? List.of("tayori.benchmarks.") : patterns).forEach(options::include);
        var table = new Table("what", "of", "per CPU-second, best of 5", "CPU µs each");
        for (var result : new Runner(options.build()).run()) {
            var figure = result.getSecondaryResults().get(CpuSeconds.LABEL);
            double perSecond = figure == null ? Double.NaN : figure.getScore();
            table.row(
                    name(result),
                    parameters(result),
                    Table.number(perSecond),
                    Table.number(1e6 / perSecond));
        }
        out.println(table);
    }

    private static String name(RunResult result) {
        String name = result.getParams().getBenchmark();
        return name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
    }

    private static String parameters(RunResult result) {
        var params = result.getParams();
        return params.getParamsKeys().stream()
                .map(params::getParam)
                .reduce("", (some, more) -> some.isEmpty() ? more : some + ", " + more);
    }
}
