package tayori.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/// What was built, from which commit.
///
/// @param version as in the pom
/// @param commit short Git hash, or `unknown` where the build was not told
record BuildInfo(String version, String commit) {
    static BuildInfo read() {
        var properties = new Properties();
        try (var in = BuildInfo.class.getResourceAsStream("build.properties")) {
            if (in == null) {
                throw new IllegalStateException("build.properties is missing from the jar");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BuildInfo(
                properties.getProperty("version", "unknown"),
                properties.getProperty("commit", "unknown"));
    }

    String sentence() {
        return "tayori %s (commit %s), Java %s"
                .formatted(version, commit, Runtime.version().toString());
    }
}
