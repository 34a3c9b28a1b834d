package tayori.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The client `swaks`: one process for each mail.
///
/// @param client the address it pretends to come from, by XCLIENT
/// @param clientName the host name that Postfix believes it to have; `[UNAVAILABLE]` for none
/// @param from the envelope sender; empty for the null sender
record Swaks(String client, String clientName, String helo, String from, String to) {
    /// What swaks saw.
    ///
    /// @param exitCode 0 when the mail was taken, 26 when it was refused after its data
    /// @param transcript each line with the direction in front, as `<** 550 5.7.1 …`
    record Talk(int exitCode, String transcript) {
        boolean accepted() {
            return exitCode == 0;
        }

        /// What the server said last before QUIT.
        String lastReply() {
            return transcript
                    .lines()
                    .takeWhile(line -> !line.equals(" -> QUIT"))
                    .filter(line -> line.startsWith("<"))
                    .reduce("", (_, line) -> line)
                    .substring(4);
        }
    }

    Swaks from(String sender) {
        return new Swaks(client, clientName, helo, sender, to);
    }

    Swaks at(String address, String name) {
        return new Swaks(address, name, helo, from, to);
    }

    /// Sends a letter to the Postfix that listens here.
    Talk send(int port, Letter letter) {
        try {
            Path data = Files.createTempFile("tayori-swaks-", ".data");
            try {
                Files.write(data, dotted(letter.octets()));
                return run(command(port, data));
            } finally {
                Files.delete(data);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(int port, Path data) {
        String address = client.indexOf(':') < 0 ? client : "IPV6:" + client;
        return List.of(
                "swaks",
                "--server",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--helo",
                helo,
                "--from",
                from.isEmpty() ? "<>" : from,
                "--to",
                to,
                "--xclient-addr",
                address,
                "--xclient-name",
                clientName,
                "--timeout",
                "60",
                "--no-data-fixup",
                "--suppress-data",
                "--data",
                "@" + data);
    }

    private static Talk run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Talk(process.waitFor(), output);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    /// As it goes over the wire (RFC 5321 §4.5.2), with the final dot.
    static byte[] dotted(byte[] message) {
        var text = new String(message, StandardCharsets.ISO_8859_1);
        var stuffed = (text.startsWith(".") ? "." : "") + text.replace("\r\n.", "\r\n..");
        var end = stuffed.endsWith("\r\n") ? ".\r\n" : "\r\n.\r\n";
        return (stuffed + end).getBytes(StandardCharsets.ISO_8859_1);
    }
}
