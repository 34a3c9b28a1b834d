package tayori.scenarios;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// An SMTP client that does one thing at a time, for talks that `swaks` cannot lead.
final class SmtpDialogue implements AutoCloseable {
    private static final int PATIENCE_MS = 60_000;

    private final Socket socket;
    private final InputStream in;

    /// Connects and reads the greeting.
    SmtpDialogue(int port) {
        try {
            socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
            socket.setSoTimeout(PATIENCE_MS);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reply();
    }

    /// Goes on as this client: XCLIENT, then EHLO.
    SmtpDialogue as(Swaks client) {
        say("EHLO localhost");
        say("XCLIENT NAME=" + client.clientName() + " ADDR=" + client.client());
        say("EHLO " + client.helo());
        return this;
    }

    /// MAIL, RCPT and DATA, up to the `354`.
    SmtpDialogue beginMail(Swaks envelope) {
        say("MAIL FROM:<" + envelope.from() + ">");
        say("RCPT TO:<" + envelope.to() + ">");
        say("DATA");
        return this;
    }

    /// Sends a line and reads the answer to it.
    ///
    /// @return the whole reply, its lines joined by LF
    String say(String line) {
        send((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        return reply();
    }

    /// Sends a letter to its final dot and reads the answer.
    String finishMail(Letter letter) {
        send(Swaks.dotted(letter.octets()));
        return reply();
    }

    /// Sends octets as they are and waits for nothing.
    void send(byte[] octets) {
        try {
            socket.getOutputStream().write(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits for the next reply.
    String reply() {
        var lines = new StringBuilder();
        while (true) {
            String line = line();
            lines.append(lines.isEmpty() ? "" : "\n").append(line);
            if (line.length() < 4 || line.charAt(3) != '-') {
                return lines.toString();
            }
        }
    }

    private String line() {
        var line = new StringBuilder();
        try {
            for (int octet = in.read(); octet != '\n'; octet = in.read()) {
                if (octet < 0) {
                    throw new AssertionError("Postfix hung up after: " + line);
                }
                line.append((char) octet);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
