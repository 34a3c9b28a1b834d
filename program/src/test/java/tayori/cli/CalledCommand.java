package tayori.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import tayori.dns.loopback.LoopbackDnsServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a command said when it was called.
record CalledCommand(ExitCode exitCode, String out, String err) {
    static CalledCommand of(String... arguments) {
        return withInput(new byte[0], arguments);
    }

    static CalledCommand withInput(String input, String... arguments) {
        return withInput(input.getBytes(UTF_8), arguments);
    }

    static CalledCommand withInput(byte[] input, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal =
                Terminal.plain(new PrintWriter(out), new PrintWriter(err))
                        .withInput(new ByteArrayInputStream(input));
        var exitCode = new CommandLineInterface(terminal).run(arguments);
        return new CalledCommand(exitCode, out.toString(), err.toString());
    }

    /// `HOST:PORT` of a server.
    static String resolver(LoopbackDnsServer server) {
        return "127.0.0.1:" + server.address().getPort();
    }

    /// Octets as a DNS text has them.
    static String octets(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }

    /// The answers of a batch.
    List<JsonNode> lines() {
        return out.lines().map(line -> JsonMapper.shared().readTree(line)).toList();
    }
}
