package tayori.benchmarks;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What `./benchmark` starts.
final class Main {
    private static final Set<String> OPTIONS =
            Set.of(
                    "--peers",
                    "--sizes",
                    "--connections",
                    "--warm-up",
                    "--seconds",
                    "--rounds",
                    "--identities");

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        try {
            run(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("benchmark: " + e.getMessage() + "; see ./benchmark --help");
            System.exit(64); // EX_USAGE of sysexits.h: a program of its own, and the shell must see
            // that it refused
        }
    }

    private static void run(String[] arguments) throws Exception {
        var out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var words = new ArrayList<>(List.of(arguments));
        String what = words.isEmpty() ? "auth" : words.removeFirst();
        if (what.equals("inprocess")) {
            InProcess.run(words, out);
            return;
        }
        var options = options(words);
        var home = Path.of(System.getProperty("tayori.home", "."));
        boolean privateNetwork = Boolean.getBoolean("tayori.privateNetwork");
        var folder = Files.createTempDirectory("tayori-benchmark");
        try {
            switch (what) {
                case "auth" ->
                        new AuthBenchmark(
                                        new AuthBenchmark.Options(
                                                list(options, "--peers", ""),
                                                list(options, "--sizes", "1k,10k,100k,1m,mix"),
                                                number(options, "--connections", 8),
                                                number(options, "--warm-up", 20),
                                                number(options, "--seconds", 4),
                                                number(options, "--rounds", 3)),
                                        out)
                                .run(home, folder, privateNetwork);
                case "idle" ->
                        new IdleBenchmark(number(options, "--connections", 1_000), out)
                                .run(home, folder, privateNetwork);
                case "reputation" ->
                        new ReputationBenchmark(
                                        number(options, "--identities", 1_000_000),
                                        number(options, "--seconds", 4),
                                        out)
                                .run(folder);
                default -> throw new IllegalArgumentException("no benchmark " + what);
            }
        } finally {
            delete(folder);
        }
    }

    private static Map<String, String> options(List<String> words) {
        var options = new HashMap<String, String>();
        for (int i = 0; i < words.size(); i += 2) {
            if (!OPTIONS.contains(words.get(i)) || i + 1 == words.size()) {
                throw new IllegalArgumentException("no option " + words.get(i) + ", or no value");
            }
            options.put(words.get(i), words.get(i + 1));
        }
        return options;
    }

    private static List<String> list(Map<String, String> options, String name, String fallback) {
        return Arrays.stream(options.getOrDefault(name, fallback).split(","))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static int number(Map<String, String> options, String name, int fallback) {
        String text = options.get(name);
        return text == null ? fallback : Integer.parseInt(text);
    }

    /// Where a program lies, if it is installed.
    static Optional<Path> onPath(String program) {
        for (var folder : (System.getenv("PATH") + ":/usr/sbin:/sbin").split(":")) {
            var file = Path.of(folder, program);
            if (Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private static void delete(Path folder) throws IOException {
        if (Boolean.getBoolean("tayori.keep")) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
