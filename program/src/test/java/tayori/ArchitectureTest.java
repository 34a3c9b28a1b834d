package tayori;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The arrows between the rooms, and the habits that hold everywhere.
class ArchitectureTest {
    /// Which room each module may see. A class of a module not named here fails the test.
    private static final Map<String, Set<String>> MAY_SEE =
            Map.of(
                    "mailauth", Set.of(),
                    "reports", Set.of("mailauth"),
                    "milter", Set.of(),
                    "reputation", Set.of("mailauth"),
                    "feedback", Set.of("mailauth", "reports", "milter", "reputation"),
                    "receiver", Set.of("mailauth", "milter", "reputation", "feedback"),
                    "reporting", Set.of("mailauth"),
                    "backbone", Set.of("mailauth", "reputation", "feedback"),
                    "console", Set.of("mailauth", "reputation", "feedback"),
                    "program",
                            Set.of(
                                    "mailauth",
                                    "reports",
                                    "milter",
                                    "reputation",
                                    "feedback",
                                    "receiver",
                                    "reporting",
                                    "backbone",
                                    "console"));

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("tayori");

    /// Module of every package, read from the source tree: packages belong to one module only.
    private static final Map<String, String> MODULE_OF = modules();

    private static Map<String, String> modules() {
        Map<String, String> moduleOf = new TreeMap<>();
        for (String module : MAY_SEE.keySet()) {
            Path sources = Path.of("..", module, "src", "main", "java");
            if (!Files.isDirectory(sources)) {
                continue;
            }
            try (var files = Files.walk(sources)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String name = sources.relativize(file.getParent()).toString().replace('/', '.');
                    String other = moduleOf.putIfAbsent(name, module);
                    if (other != null && !other.equals(module)) {
                        throw new IllegalStateException(
                                name + " lies in " + other + " and " + module);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return moduleOf;
    }

    @Test
    void thereIsSomethingToCheck() {
        assertThat(CLASSES.size()).isGreaterThan(20);
        assertThat(MODULE_OF).containsKeys("tayori.dns", "tayori.config", "tayori.cli", "tayori");
    }

    @Test
    void arrowsPointDown() {
        List<String> wrong =
                CLASSES.stream()
                        .flatMap(origin -> origin.getDirectDependenciesFromSelf().stream())
                        .filter(arrow ->
                                arrow.getTargetClass().getPackageName().startsWith("tayori"))
                        .filter(arrow -> !allowed(arrow.getOriginClass(), arrow.getTargetClass()))
                        .map(arrow -> arrow.getDescription())
                        .toList();
        assertThat(wrong).isEmpty();
    }

    private static boolean allowed(JavaClass origin, JavaClass target) {
        String from = MODULE_OF.getOrDefault(origin.getPackageName(), "unknown module");
        String to = MODULE_OF.getOrDefault(target.getPackageName(), "unknown module");
        return from.equals(to) || MAY_SEE.getOrDefault(from, Set.of()).contains(to);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("tayori.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageHasASignThatSaysNullMarked() {
        Set<String> signed =
                CLASSES.stream()
                        .filter(type -> type.getSimpleName().equals("package-info"))
                        .filter(type -> type.isAnnotatedWith(NullMarked.class))
                        .map(JavaClass::getPackageName)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(signed).containsAll(MODULE_OF.keySet());
    }

    @Test
    void onlyTheDnsRoomKnowsTheDnsLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackages("tayori.dns", "tayori.dns..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.xbill..")
                .check(CLASSES);
    }

    @Test
    void noRegularExpressionsWhereStrangersWrite() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "tayori.spf..",
                        "tayori.dkim..",
                        "tayori.domainkeys..",
                        "tayori.dmarc..",
                        "tayori.arc..",
                        "tayori.authres..",
                        "tayori.message..",
                        "tayori.mime..",
                        "tayori.arf..",
                        "tayori.cfbl..",
                        "tayori.xarf..",
                        "tayori.redaction..",
                        "tayori.bounce..",
                        "tayori.unsubscribe..",
                        "tayori.report..",
                        "tayori.milter..",
                        "tayori.policy..",
                        "tayori.smtp..",
                        "tayori.intake..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.regex")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void onlyMainEndsTheProcess() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("tayori.Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(CLASSES);
    }

    /// A watch that looks round now and then has nothing to wait for but time: in `listen`, for connections that are
    /// overdue, and in the client, for filters that are.
    @Test
    void nobodySleeps() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("tayori.listen.Listener")
                .and()
                .doNotHaveFullyQualifiedName("tayori.milter.client.Wire")
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .orShould()
                .callMethod(Thread.class, "sleep", Duration.class)
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineKnowsTheTerminal() {
        noClasses()
                .that()
                .resideOutsideOfPackage("tayori.cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(CLASSES);
    }
}
