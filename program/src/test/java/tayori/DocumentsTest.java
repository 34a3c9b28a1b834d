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
    /// Every module that cites RFCs and may be named in a document.
    private static final List<String> MODULES =
            List.of(
                    "mailauth",
                    "reports",
                    "milter",
                    "reputation",
                    "feedback",
                    "receiver",
                    "reporting",
                    "backbone",
                    "console",
                    "program");

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
        for (String module : MODULES) {
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

    private static final Pattern CLASS_NAME =
            Pattern.compile("`(tayori(?:\\.[a-z]+)+\\.)?([A-Z][a-zA-Z]*[a-z][a-zA-Z]*)`");

    /// A class named in the walk through the code is a class; a name without its package may be of any room.
    @Test
    void everyClassInTheWalkExists() throws IOException {
        Set<String> sources = new TreeSet<>();
        for (String module : MODULES) {
            Path root = ROOT.resolve(module).resolve("src/main/java");
            try (var files = Files.walk(root)) {
                files.map(file -> root.relativize(file).toString())
                        .filter(name -> name.endsWith(".java"))
                        .map(name -> name.replace(".java", "").replace('/', '.'))
                        .forEach(sources::add);
            }
        }
        List<String> named = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        Matcher name = CLASS_NAME.matcher(Files.readString(ROOT.resolve("docs/flow.md")));
        while (name.find()) {
            String room = name.group(1);
            String simple = name.group(2);
            named.add(simple);
            boolean known =
                    room == null
                            ? sources.stream().anyMatch(source -> source.endsWith("." + simple))
                            : sources.contains(room + simple);
            if (!known) {
                unknown.add(name.group());
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(named).contains("InboundSession", "MailSession").hasSizeGreaterThan(30);
    }

    /// A case in which we answer otherwise than a suite stands in `docs/conformance.md`, and nothing else does.
    @Test
    void everyDisputedCaseIsExplained() throws IOException {
        Set<String> asserted = new TreeSet<>();
        for (String module : List.of("mailauth", "reports", "reporting")) {
            Path suites = ROOT.resolve(module).resolve("src/test/resources/conformance");
            try (var folders = Files.list(suites)) {
                for (Path folder : folders.toList()) {
                    Path file = folder.resolve("disputed.tsv");
                    if (Files.exists(file)) {
                        Files.readAllLines(file).stream()
                                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                                .map(line -> line.substring(0, line.indexOf('\t')))
                                .forEach(id -> asserted.add(suites.relativize(folder) + "/" + id));
                    }
                }
            }
        }
        assertThat(asserted).hasSizeGreaterThan(50);
        assertThat(explained()).isEqualTo(asserted);
    }

    /// The first column of the tables below "Cases asserted otherwise": `suite/case`.
    private static Set<String> explained() throws IOException {
        Set<String> cases = new TreeSet<>();
        String suite = "";
        boolean there = false;
        for (String line : Files.readAllLines(ROOT.resolve("docs/conformance.md"))) {
            if (line.startsWith("## ")) {
                there = line.equals("## Cases asserted otherwise");
            } else if (line.startsWith("### ")) {
                suite = line.substring(4);
            } else if (there && line.startsWith("| `")) {
                String[] quoted = line.substring(0, line.indexOf(" | ")).split("`", -1);
                for (int i = 1; i < quoted.length; i += 2) {
                    cases.add(suite + "/" + quoted[i]);
                }
            }
        }
        return cases;
    }

    /// The example in the README is the one that a test compiles and runs.
    @Test
    void theExampleOfTheReadmeIsCompiled() throws IOException {
        String test =
                Files.readString(
                        ROOT.resolve(
                                "mailauth/src/test/java/tayori/authentication/ReadmeTest.java"));
        String example =
                test.substring(test.indexOf("// example\n") + 11, test.indexOf("// end of example"))
                        .stripTrailing()
                        .lines()
                        .map(line -> line.isBlank() ? "" : "    " + line.strip())
                        .collect(java.util.stream.Collectors.joining("\n"));
        String readme =
                Files.readString(ROOT.resolve("README.md"))
                        .lines()
                        .map(line -> line.startsWith("    ") ? "    " + line.strip() : line)
                        .collect(java.util.stream.Collectors.joining("\n"));
        assertThat(readme).contains(example);
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
