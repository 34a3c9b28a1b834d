package tayori.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tayori.listen.ListenAddress;
import tayori.smtp.MailServerOptions.Protocol;

/// Sessions as they stand in `scripts/`; README.md there tells how to read them.
class SmtpScriptTest {

    private static final Path SCRIPTS = scripts();

    private static Path scripts() {
        try {
            return Path.of(
                    Objects.requireNonNull(SmtpScriptTest.class.getResource("scripts")).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arguments> sessions() throws IOException {
        try (var files = Files.list(SCRIPTS)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(".smtp")).sorted().toList();
            assertThat(found).hasSizeGreaterThan(15);
            var runs = new ArrayList<Arguments>();
            for (Path file : found) {
                runs.add(Arguments.of(file.getFileName(), true));
                // Some tell what is seen only of octets that come together.
                if (!"whole".equals(settings(Files.readAllLines(file)).get("pieces"))) {
                    runs.add(Arguments.of(file.getFileName(), false));
                }
            }
            return runs.stream();
        }
    }

    private static Map<String, String> settings(List<String> lines) {
        Map<String, String> settings = new HashMap<>();
        for (String line : lines) {
            if (line.startsWith("! ")) {
                String[] words = line.split(" ");
                settings.put(words[1], words[2]);
            }
        }
        return settings;
    }

    @ParameterizedTest(name = "{0} whole: {1}")
    @MethodSource("sessions")
    void session(Path name, boolean whole) throws Exception {
        List<String> lines = Files.readAllLines(SCRIPTS.resolve(name));
        new Run(settings(lines), whole).play(name + " line ", lines);
    }

    /// One run of one script.
    private static final class Run {
        private final boolean whole;
        private final ToldHandler handler = new ToldHandler();
        private final SmtpSession session;
        private final OctetBudget budget;
        private final Deque<String> heard = new ArrayDeque<>();
        private byte[] pending = {};

        Run(Map<String, String> settings, boolean whole) throws Exception {
            this.whole = whole;
            var address = new ListenAddress.Tcp("127.0.0.1", 0);
            var options = MailServerOptions.smtp("mx.tayori.example", address);
            if (settings.getOrDefault("protocol", "smtp").equals("lmtp")) {
                options = MailServerOptions.lmtp("mx.tayori.example", address);
            }
            if (settings.containsKey("tls")) {
                options = options.with(SSLContext.getDefault());
            }
            var standard = MailLimits.DEFAULTS;
            int maxMessage = number(settings, "maxMessage", standard.maxMessage());
            options =
                    options.with(
                            new MailLimits(
                                    maxMessage,
                                    number(settings, "maxHeld", 256 << 20),
                                    number(settings, "maxRecipients", standard.maxRecipients()),
                                    standard.maxCommandLine(),
                                    number(settings, "maxTextLine", standard.maxTextLine()),
                                    number(settings, "maxErrors", standard.maxErrors()),
                                    number(settings, "maxCommands", standard.maxCommands())));
            budget = new OctetBudget(options.limits().maxHeld());
            session = new SmtpSession(options, handler, budget, Optional.empty());
            assertThat(options.protocol()).isIn(Protocol.SMTP, Protocol.LMTP);
            listen();
        }

        private static int number(Map<String, String> settings, String name, int standard) {
            return Integer.parseInt(settings.getOrDefault(name, Integer.toString(standard)));
        }

        void play(String where, List<String> lines) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                String at = where + (i + 1);
                if (line.startsWith(">> ")) {
                    out.writeBytes(octets(line.substring(3)));
                } else if (line.startsWith(">")) {
                    out.writeBytes(
                            (line.length() < 3 ? "" : line.substring(2))
                                    .getBytes(StandardCharsets.UTF_8));
                    out.writeBytes(new byte[] {'\r', '\n'});
                } else {
                    send(out.toByteArray());
                    out.reset();
                    check(at, line);
                }
            }
            send(out.toByteArray());
            assertThat(heard).as(where + "end: replies that no line expects").isEmpty();
            long held = budget.left();
            session.close();
            assertThat(budget.left()).isGreaterThanOrEqualTo(held);
        }

        private void check(String at, String line) {
            if (line.startsWith("< ")) {
                assertThat(heard).as(at + ": the server is silent").isNotEmpty();
                assertThat(heard.removeFirst()).as(at).startsWith(line.substring(2));
            } else if (line.equals("<.")) {
                assertThat(heard).as(at).isEmpty();
            } else if (line.equals("<x")) {
                assertThat(heard).as(at).isEmpty();
                assertThat(session.next()).as(at).isEqualTo(SmtpSession.Next.CLOSE);
            } else if (line.equals("<tls")) {
                assertThat(session.next()).as(at).isEqualTo(SmtpSession.Next.START_TLS);
                session.encrypted();
            } else if (line.equals("=.")) {
                assertThat(handler.taken).as(at).isEmpty();
            } else if (line.startsWith("=")) {
                assertThat(handler.taken).as(at + ": the handler got nothing").isNotEmpty();
                assertThat(handler.taken.removeFirst())
                        .as(at)
                        .isEqualTo(line.length() < 3 ? "" : line.substring(2));
            } else {
                assertThat(line.isBlank() || line.startsWith("#") || line.startsWith("!"))
                        .as(at + ": not a line of a script: " + line)
                        .isTrue();
            }
        }

        private void send(byte[] octets) {
            int piece = whole ? octets.length : 1;
            for (int from = 0; from < octets.length; from += piece) {
                byte[] buffer = new byte[pending.length + piece];
                System.arraycopy(pending, 0, buffer, 0, pending.length);
                System.arraycopy(octets, from, buffer, pending.length, piece);
                int at = 0;
                int next = session.consume(buffer, 0, buffer.length);
                listen();
                while (next > at) {
                    at = next;
                    next = session.consume(buffer, at, buffer.length);
                    listen();
                }
                pending = Arrays.copyOfRange(buffer, at, buffer.length);
            }
        }

        private void listen() {
            String replies = new String(session.replies(), StandardCharsets.US_ASCII);
            replies.lines().forEach(heard::add);
        }

        private static byte[] octets(String text) {
            var out = new ByteArrayOutputStream();
            int i = 0;
            while (i < text.length()) {
                char c = text.charAt(i++);
                if (c != '\\') {
                    out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                    continue;
                }
                char escaped = text.charAt(i++);
                switch (escaped) {
                    case 'r' -> out.write('\r');
                    case 'n' -> out.write('\n');
                    case 't' -> out.write('\t');
                    case '0' -> out.write(0);
                    case 'x' -> {
                        out.write(Integer.parseInt(text.substring(i, i + 2), 16));
                        i += 2;
                    }
                    default -> out.write(escaped);
                }
            }
            return out.toByteArray();
        }
    }
}
