package tayori.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every fuzz target of this module, fed with its own seeds after a few thousand small accidents: bits turned, octets
/// lost, doubled, swapped for the signs that mail formats live by, two seeds joined.
///
/// Not a replacement for the fuzzer (`./fuzz`), which learns from coverage; but it runs with every build, and a failure
/// comes back, because the accidents are drawn with a fixed seed. The input that failed is in the message, ready to
/// become a seed.
class MutatedSeedsTest {
    private static final int ACCIDENTS = 2_000;

    /// One char per octet.
    private static final List<String> SIGNS =
            List.of(
                    "\r\n",
                    ";",
                    "=",
                    "\"",
                    "(",
                    ")",
                    "<",
                    "@",
                    "%{",
                    "\\",
                    ":",
                    ",",
                    ".",
                    " ",
                    "\t",
                    "\0",
                    "\u00ff",
                    "\u00c3\u00a9",
                    "99999999999");

    @TestFactory
    Stream<DynamicTest> targets() throws IOException {
        var targets = new ArrayList<Method>();
        Path sources = Path.of("src/test/java");
        try (var files = Files.walk(sources)) {
            for (var file : files.filter(f -> f.toString().endsWith("FuzzTest.java")).toList()) {
                targets.addAll(targetsOf(sources.relativize(file).toString()));
            }
        }
        assertThat(targets).as("fuzz targets under " + sources).hasSizeGreaterThan(7);
        return targets.stream()
                .map(target ->
                        dynamicTest(
                                target.getDeclaringClass().getSimpleName() + "." + target.getName(),
                                () -> run(target)));
    }

    private static List<Method> targetsOf(String file) {
        try {
            var type =
                    Class.forName(
                            file.substring(0, file.length() - ".java".length()).replace('/', '.'));
            return Stream.of(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(FuzzTest.class))
                    .toList();
        } catch (ClassNotFoundException e) {
            throw new AssertionError("a fuzz test that was not compiled: " + file, e);
        }
    }

    private static void run(Method target) throws Exception {
        var seeds = seeds(target);
        var random = new Random(target.toString().hashCode());
        var constructor = target.getDeclaringClass().getDeclaredConstructor();
        constructor.setAccessible(true);
        target.setAccessible(true);
        Object test = constructor.newInstance();
        for (int i = 0; i < ACCIDENTS; i++) {
            byte[] input = damaged(seeds.get(random.nextInt(seeds.size())), seeds, random);
            byte[] asGiven = input.clone();
            try {
                target.invoke(test, (Object) input);
            } catch (InvocationTargetException e) {
                throw new AssertionError(
                        "accident " + i + ": " + HexFormat.of().formatHex(asGiven), e.getCause());
            }
        }
    }

    private static List<byte[]> seeds(Method target) throws IOException {
        var type = target.getDeclaringClass();
        Path folder =
                Path.of(
                        "src/test/resources",
                        type.getName().replace('.', '/') + "Inputs",
                        target.getName());
        var seeds = new ArrayList<byte[]>();
        seeds.add(new byte[0]);
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                seeds.add(Files.readAllBytes(file));
            }
        }
        assertThat(seeds).as("seeds in " + folder).hasSizeGreaterThan(1);
        return seeds;
    }

    private static byte[] damaged(byte[] seed, List<byte[]> seeds, Random random) {
        byte[] octets = seed;
        for (int accidents = 1 + random.nextInt(4); accidents > 0; accidents--) {
            int at = octets.length == 0 ? 0 : random.nextInt(octets.length + 1);
            int to = Math.min(octets.length, at + random.nextInt(1 + Math.min(40, octets.length)));
            octets =
                    switch (random.nextInt(6)) {
                        case 0 ->
                                joined(
                                        octets,
                                        at,
                                        bit(octets, at, random),
                                        Math.min(at + 1, octets.length));
                        case 1 -> joined(octets, at, new byte[0], to);
                        case 2 -> joined(octets, at, sign(random), at);
                        case 3 -> joined(octets, at, sign(random), to);
                        case 4 -> joined(octets, to, Arrays.copyOfRange(octets, at, to), to);
                        default -> joined(octets, at, seeds.get(random.nextInt(seeds.size())), to);
                    };
        }
        return octets;
    }

    private static byte[] sign(Random random) {
        return SIGNS.get(random.nextInt(SIGNS.size())).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bit(byte[] octets, int at, Random random) {
        return at >= octets.length
                ? new byte[] {(byte) random.nextInt(256)}
                : new byte[] {(byte) (octets[at] ^ (1 << random.nextInt(8)))};
    }

    /// What stands before `from`, then `middle`, then what stands from `to` on.
    private static byte[] joined(byte[] octets, int from, byte[] middle, int to) {
        var out = new ByteArrayOutputStream();
        out.write(octets, 0, from);
        out.writeBytes(middle);
        out.write(octets, to, octets.length - to);
        return out.toByteArray();
    }
}
