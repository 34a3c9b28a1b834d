package tayori.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A reader's mail program: IMAP commands, each waited for.
final class MailProgram implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;
    private int tag;

    private MailProgram(Socket socket) throws IOException {
        this.socket = socket;
        this.in =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /// Signs in.
    static MailProgram of(Dovecot dovecot, String login) throws IOException {
        var program =
                new MailProgram(new Socket(InetAddress.ofLiteral("127.0.0.1"), dovecot.port()));
        assertThat(program.in.readLine()).startsWith("* OK");
        program.does("LOGIN " + login + " " + Dovecot.PASSWORD);
        return program;
    }

    /// Sends a command and waits until the server says that it is done.
    MailProgram does(String command) throws IOException {
        String name = "a" + ++tag;
        String line = name + " " + command + "\r\n";
        socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
        String heard = in.readLine();
        while (heard != null && !heard.startsWith(name + " ")) {
            heard = in.readLine();
        }
        assertThat(heard).as(command).startsWith(name + " OK");
        return this;
    }

    /// Puts a mail there, as deliveries do.
    MailProgram append(String mailbox, String mail) throws IOException {
        int octets = mail.getBytes(StandardCharsets.UTF_8).length;
        return does("APPEND " + mailbox + " {" + octets + "+}\r\n" + mail);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
