package tayori.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import tayori.listen.ListenAddress;
import tayori.smtp.MailServer;
import tayori.smtp.MailServerOptions;

/// The whole way of one complaint, from an MTA's socket to the shelf.
class ComplaintOverLmtpTest {

    @Test
    void oneComplaint() throws Exception {
        var provider = new Provider();
        var options =
                MailServerOptions.lmtp("report.example.jp", new ListenAddress.Tcp("127.0.0.1", 0));
        String mail =
                "Content-Type: message/rfc822\r\n\r\n" + Provider.delivered(7, "alice@example.jp");
        try (var server = MailServer.start(options, provider.handler);
                var socket =
                        new Socket(
                                InetAddress.getLoopbackAddress(),
                                ((ListenAddress.Tcp) server.addresses().getFirst()).port())) {
            var in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(in.readLine()).startsWith("220 ");
            say(
                    socket,
                    """
                    LHLO mx
                    MAIL FROM:<alice@example.jp>
                    RCPT TO:<spam@report.example.jp>
                    RCPT TO:<nobody@report.example.jp>
                    DATA
                    """
                            .replace("\n", "\r\n"));
            var heard = new ArrayList<String>();
            while (heard.isEmpty() || !heard.getLast().startsWith("354")) {
                heard.add(in.readLine().substring(0, 3));
            }
            assertThat(heard)
                    .containsExactly(
                            "250", "250", "250", "250", "250", "250", "250", "250", "550", "354");
            say(socket, mail + ".\r\n");
            String id = in.readLine();
            assertThat(provider.complaints).hasSize(1);
            assertThat(id)
                    .isEqualTo(
                            "250 2.0.0 Complaint "
                                    + provider.complaints.values().iterator().next().id()
                                    + " is taken");
        }
    }

    private static void say(Socket socket, String text) throws Exception {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }
}
