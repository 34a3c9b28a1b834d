package tayori.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tayori.dns.ResolverDns;
import tayori.listen.ListenAddress;

/// Reads a configuration file, whole or not at all.
public final class ConfigurationFile {
    /// Largest file read. Unit: bytes. Thousands of overrides fit.
    static final long MAX_BYTES = 1 << 20;

    private final RetiredKeys retired;

    public ConfigurationFile() {
        this(RetiredKeys.TABLE);
    }

    ConfigurationFile(RetiredKeys retired) {
        this.retired = retired;
    }

    /// Reads a file. Never throws: a file that cannot be read is refused, too.
    public Loaded read(Path file) {
        String name = file.toString();
        try {
            if (Files.size(file) > MAX_BYTES) {
                return refused(name, "a file larger than " + new ByteSize(MAX_BYTES), "less");
            }
            Path folder = file.toAbsolutePath().getParent();
            return read(name, Files.readString(file), folder == null ? file : folder);
        } catch (CharacterCodingException e) {
            return refused(name, "octets that are not UTF-8", "a UTF-8 text");
        } catch (IOException e) {
            return refused(name, "an error: " + e.getMessage(), "a readable file");
        }
    }

    /// Reads what stands in a file.
    ///
    /// @param name of the file, for the problems
    /// @param folder where relative names in it start
    Loaded read(String name, String text, Path folder) {
        Optional<Node> root;
        try {
            root = YamlReader.read(text);
        } catch (YamlReader.NotYaml e) {
            return new Loaded.Refused(
                    List.of(
                            new Problem(
                                    name,
                                    e.line(),
                                    e.column(),
                                    "",
                                    e.problem(),
                                    "YAML: keys and values",
                                    Optional.empty())));
        }
        var binder = new Binder(name, folder, retired);
        var bound =
                binder.section(
                                Configuration.class,
                                root.orElseGet(() -> new Node.Nothing(1, 1)),
                                "")
                        .map(Configuration.class::cast);
        bound.ifPresent(configuration -> compare(configuration, binder));
        return bound.isPresent() && binder.problems().isEmpty()
                ? new Loaded.Accepted(bound.get())
                : new Loaded.Refused(binder.problems());
    }

    /// What only shows when settings are looked at together.
    private static void compare(Configuration configuration, Binder binder) {
        var dns = configuration.dns();
        if (dns.minTtl().compareTo(dns.maxTtl()) > 0) {
            binder.crossProblem(
                    "dns.minTtl",
                    "'" + Values.write(dns.minTtl()) + "'",
                    "no more than dns.maxTtl, " + Values.write(dns.maxTtl()));
        }
        if (dns.servers().size() > ResolverDns.MAX_SERVERS) {
            binder.crossProblem(
                    "dns.servers",
                    "'" + dns.servers().size() + " servers'",
                    "no more than " + ResolverDns.MAX_SERVERS);
        }
        compareReceiver(configuration.receiver(), binder);
        Map<ListenAddress, String> taken = new HashMap<>();
        occupy(configuration.milter().listen(), "milter.listen", taken, binder);
        occupy(configuration.policy().listen(), "policy.listen", taken, binder);
        occupy(configuration.feedback().lmtp(), "feedback.lmtp", taken, binder);
        occupy(configuration.nameServer().listen(), "nameServer.listen", taken, binder);
        occupy(configuration.api().listen(), "api.listen", taken, binder);
        occupy(configuration.metrics().listen(), "metrics.listen", taken, binder);
        var reputation = configuration.reputation();
        if (reputation.directory().isPresent() && reputation.operator().isPresent()) {
            binder.crossProblem(
                    "reputation.operator",
                    "an operator beside reputation.directory",
                    "one of them: evidence is kept here or handed on");
        }
        if (configuration.feedback().directory().isPresent() && reputation.directory().isEmpty()) {
            binder.crossProblem(
                    "feedback.directory",
                    "a folder without reputation.directory",
                    "both: a complaint is evidence");
        }
        var feedback = configuration.feedback();
        if (!feedback.lmtp().isEmpty()
                && (feedback.directory().isEmpty() || feedback.mailDomain().isEmpty())) {
            binder.crossProblem(
                    "feedback.lmtp",
                    "addresses without feedback.directory and feedback.mailDomain",
                    "both: where complaints are kept, and which mail is one");
        }
        if (!configuration.api().listen().isEmpty() && reputation.directory().isEmpty()) {
            binder.crossProblem(
                    "api.listen", "addresses without reputation.directory", "something to tell");
        }
        var nameServer = configuration.nameServer();
        if (!nameServer.listen().isEmpty() && nameServer.zone().isEmpty()) {
            binder.crossProblem(
                    "nameServer.listen",
                    "addresses without nameServer.zone",
                    "a zone to answer for");
        }
    }

    /// What the records themselves cannot say of a list and of a delimiter.
    private static void compareReceiver(ReceiverConfig receiver, Binder binder) {
        var lists = receiver.reputation().lists();
        for (int i = 0; i < lists.size(); i++) {
            String path = "receiver.reputation.lists[" + i + "]";
            if (lists.get(i).subjects().isEmpty()) {
                binder.crossProblem(path + ".subjects", "nothing", "ipv4, ipv6 or domain at least");
            }
            if (lists.get(i).meanings().isEmpty()) {
                binder.crossProblem(path + ".meanings", "nothing", "one meaning at least");
            }
        }
        receiver.consent()
                .junkAddress()
                .filter(junk -> junk.delimiter().length() != 1)
                .ifPresent(junk ->
                        binder.crossProblem(
                                "receiver.consent.junkAddress.delimiter",
                                "'" + junk.delimiter() + "'",
                                "one character"));
    }

    private static void occupy(
            List<ListenAddress> addresses,
            String path,
            Map<ListenAddress, String> taken,
            Binder binder) {
        for (var address : addresses) {
            String before = taken.putIfAbsent(address, path);
            if (before != null) {
                binder.crossProblem(
                        path,
                        "'" + Values.write(address) + "'",
                        "an address that " + before + " does not use already");
            }
        }
    }

    private static Loaded refused(String name, String found, String expected) {
        return new Loaded.Refused(
                List.of(new Problem(name, 0, 0, "", found, expected, Optional.empty())));
    }
}
