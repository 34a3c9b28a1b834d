package tayori.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tayori.listen.ListenAddress;

class PolicyServerTest {

    private static PolicyServer start(PolicyHandler handler) throws IOException {
        return PolicyServer.start(
                PolicyOptions.listeningOn(new ListenAddress.Tcp("127.0.0.1", 0)), handler);
    }

    private static Socket connect(PolicyServer server) throws IOException {
        return new Socket(
                InetAddress.getLoopbackAddress(),
                ((ListenAddress.Tcp) server.addresses().getFirst()).port());
    }

    private static void say(Socket postfix, String text) throws IOException {
        postfix.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String hear(Socket postfix, String expected) throws IOException {
        return new String(
                postfix.getInputStream().readNBytes(expected.length()), StandardCharsets.US_ASCII);
    }

    @Test
    void severalRequestsOnOneConnection() throws IOException {
        try (PolicyServer server =
                        start(request ->
                                PolicyAction.reject(request.get("sender").orElse("nobody")));
                Socket postfix = connect(server)) {
            for (String sender : new String[] {"a", "b"}) {
                say(postfix, "request=smtpd_access_policy\nsender=" + sender);
                say(postfix, "\n\n");
                String answer = "action=REJECT " + sender + "\n\n";
                assertThat(hear(postfix, answer)).isEqualTo(answer);
            }
            say(postfix, "sender=c\n\nsender=d\n\n");
            String answers = "action=REJECT c\n\naction=REJECT d\n\n";
            assertThat(hear(postfix, answers)).isEqualTo(answers);
        }
    }

    @Test
    void aHandlerThatThrowsCostsTheRequestTheDefaultAction() throws IOException {
        try (PolicyServer server =
                        start(_ -> {
                            throw new IllegalStateException("thrown on purpose");
                        });
                Socket postfix = connect(server)) {
            say(postfix, "sender=a\n\n");
            assertThat(hear(postfix, "action=DUNNO\n\n")).isEqualTo("action=DUNNO\n\n");
        }
    }

    @Test
    void whatIsNoRequestGetsTheDefaultActionAndLosesTheConnection() throws IOException {
        try (PolicyServer server = start(_ -> PolicyAction.reject("all"));
                Socket postfix = connect(server)) {
            say(postfix, "GET / HTTP/1.1\n\n");
            assertThat(
                            new String(
                                    postfix.getInputStream().readAllBytes(),
                                    StandardCharsets.US_ASCII))
                    .isEqualTo("action=DUNNO\n\n");
        }
    }
}
