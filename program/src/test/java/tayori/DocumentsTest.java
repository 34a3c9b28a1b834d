package tayori;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tayori.cli.ExitCode;

/// What the documents claim about the code is compared with the code.
class DocumentsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern CITATION = Pattern.compile("RFC (\\d{3,5})");
    private static final Pattern ROW =
            Pattern.compile(
                    "^\\| RFC (\\d{3,5}) \\| ([^|]*) \\| ([a-z]+) \\| ([^|]*) \\| ([^|]*) \\|$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

    /// One row of `docs/rfc.md`.
    ///
    /// @param packages names below `tayori.`, as `spf`
    private record Row(String rfc, String status, List<String> packages) {}

    private static Map<String, Row> table() throws IOException {
        Map<String, Row> rows = new TreeMap<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/rfc.md"))) {
            Matcher row = ROW.matcher(line);
            if (line.startsWith("| RFC ") && !line.startsWith("| RFC |")) {
                assertThat(row.matches()).as("five columns: " + line).isTrue();
                List<String> packages =
                        Stream.of(row.group(4).split(","))
                                .map(name -> name.replace("`", "").strip())
                                .filter(name -> !name.isEmpty())
                                .toList();
                Row before = rows.put(row.group(1), new Row(row.group(1), row.group(3), packages));
                assertThat(before).as("RFC " + row.group(1) + " stands twice").isNull();
            }
        }
        return rows;
    }

    /// RFC numbers cited in the main sources, by package.
    private static Map<String, Set<String>> citations() throws IOException {
        Map<String, Set<String>> citations = new TreeMap<>();
        for (String module : List.of("mailauth", "milter", "receiver", "reporting", "program")) {
            Path sources = ROOT.resolve(module).resolve("src/main/java");
            if (!Files.isDirectory(sources)) {
                continue;
            }
            try (var files = Files.walk(sources)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String name = sources.relativize(file.getParent()).toString().replace('/', '.');
                    Matcher citation = CITATION.matcher(Files.readString(file));
                    while (citation.find()) {
                        citations
                                .computeIfAbsent(citation.group(1), rfc -> new TreeSet<>())
                                .add(name);
                    }
                }
            }
        }
        return citations;
    }

    @Test
    void everyCitedRfcStandsInTheTable() throws IOException {
        assertThat(table().keySet()).containsAll(citations().keySet());
    }

    @Test
    void everyStatusIsOneOfFour() throws IOException {
        assertThat(table().values())
                .allSatisfy(
                        row -> assertThat(row.status()).isIn("yes", "partial", "planned", "no"));
    }

    @Test
    void whatIsImplementedIsCitedInThePackageThatIsNamed() throws IOException {
        var citations = citations();
        List<String> without = new ArrayList<>();
        for (var row : table().values()) {
            if (row.status().equals("yes") || row.status().equals("partial")) {
                Set<String> citing = citations.getOrDefault(row.rfc(), Set.of());
                if (row.packages().isEmpty()) {
                    without.add(
                            "RFC " + row.rfc() + " is " + row.status() + " but names no package");
                }
                for (String name : row.packages()) {
                    String full = "tayori." + name;
                    if (citing.stream()
                            .noneMatch(c -> c.equals(full) || c.startsWith(full + "."))) {
                        without.add("RFC " + row.rfc() + " is not cited in " + full);
                    }
                }
            }
        }
        assertThat(without).isEmpty();
    }

    @Test
    void everyRelativeLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                String target = link.group(1);
                if (!target.contains("://")
                        && !target.startsWith("mailto:")
                        && !Files.exists(document.resolveSibling(target))) {
                    broken.add(document + ": " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        try (var top = Files.list(ROOT);
                var docs = Files.walk(ROOT.resolve("docs"))) {
            Stream.concat(top, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .forEach(documents::add);
        }
        assertThat(documents).hasSizeGreaterThan(5);
        return documents;
    }

    @Test
    void everyExitCodeIsDocumented() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/commands.md"));
        assertThat(ExitCode.values())
                .allSatisfy(exitCode ->
                        assertThat(page)
                                .contains(
                                        "| %d | `%s` | %s |"
                                                .formatted(
                                                        exitCode.code(),
                                                        exitCode,
                                                        exitCode.meaning())));
    }

    /// Without sources nothing above would fail.
    @Test
    void thereIsSomethingToCheck() throws IOException {
        assertThat(citations()).containsKey("1035");
        assertThat(table()).hasSizeGreaterThan(50);
    }
}
