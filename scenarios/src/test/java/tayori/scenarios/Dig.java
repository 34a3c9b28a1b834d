package tayori.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The client `dig` and what it showed.
///
/// @param output as dig prints it
record Dig(String output) {
    /// Asks a server of this machine.
    ///
    /// @param question name, type and options, as on dig's command line
    static Dig ask(String address, int port, String... question) {
        var command =
                new ArrayList<>(
                        List.of(
                                "dig",
                                "@" + address,
                                "-p",
                                Integer.toString(port),
                                "+tries=1",
                                "+time=5",
                                "+norecurse"));
        command.addAll(List.of(question));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return new Dig(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// `NOERROR`, `NXDOMAIN`, `REFUSED` …; empty without an answer. Of the last message: `+qr` shows the question, too.
    String status() {
        return after(";; ->>HEADER<<-", "status: ");
    }

    /// The word behind a key on the first line that begins so.
    private String after(String line, String key) {
        return output.lines()
                .filter(text -> text.startsWith(line) && text.contains(key))
                .map(text -> text.substring(text.indexOf(key) + key.length()))
                .map(rest -> rest.substring(0, ends(rest)))
                .reduce("", (_, last) -> last);
    }

    private static int ends(String rest) {
        int comma = rest.indexOf(',');
        return comma < 0 ? rest.length() : comma;
    }

    /// The flags of the header, `qr aa`.
    String flags() {
        return output.lines()
                .filter(line -> line.startsWith(";; flags: "))
                .map(line -> line.substring(";; flags: ".length(), line.indexOf(';', 3)))
                .reduce("", (_, last) -> last);
    }

    /// The data of each answer, without name, time, class and type.
    List<String> answers() {
        return section("ANSWER").stream().map(Dig::data).toList();
    }

    /// The whole record lines of a section (`ANSWER`, `AUTHORITY`, `ADDITIONAL`, `QUESTION`).
    List<String> section(String name) {
        return output.lines()
                .dropWhile(line -> !line.equals(";; " + name + " SECTION:"))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .toList();
    }

    private static String data(String record) {
        return record.split("\\s+", 5)[4];
    }
}
