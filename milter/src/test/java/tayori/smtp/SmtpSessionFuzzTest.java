package tayori.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tayori.listen.ListenAddress;

/// Whatever octets come: no exception, no octet taken twice or left out, replies in the form of RFC 5321 §4.2, no mail beyond its
/// limit, no memory kept, and no mail with a lone CR or LF.
class SmtpSessionFuzzTest {

    private static final MailLimits LIMITS = new MailLimits(200, 300, 100, 600, 1_000, 20, 200);

    @FuzzTest
    void session(byte[] octets) {
        var address = new ListenAddress.Tcp("127.0.0.1", 0);
        check(octets, MailServerOptions.smtp("mx.example", address).with(LIMITS));
        check(octets, MailServerOptions.lmtp("mx.example", address).with(LIMITS));
    }

    private static void check(byte[] octets, MailServerOptions options) {
        var handler = new ToldHandler();
        var budget = new OctetBudget(LIMITS.maxHeld());
        var session = new SmtpSession(options, handler, budget, Optional.empty());
        checkReplies(session);
        int from = 0;
        boolean more = true;
        while (more && session.next() == SmtpSession.Next.READ) {
            int next = session.consume(octets, from, octets.length);
            assertThat(next).isBetween(from, octets.length);
            more = next > from;
            from = next;
            checkReplies(session);
        }
        session.close();
        assertThat(budget.left()).isEqualTo(LIMITS.maxHeld());
        assertThat(handler.taken).allSatisfy(line -> assertThat(line).doesNotContain("\r", "\n"));
    }

    private static void checkReplies(SmtpSession session) {
        String replies = new String(session.replies(), StandardCharsets.US_ASCII);
        assertThat(replies.isEmpty() || replies.endsWith("\r\n")).isTrue();
        for (String line : replies.lines().toList()) {
            assertThat(line.length()).isBetween(4, 510);
            assertThat(line.charAt(0)).isBetween('2', '5');
            assertThat(line.charAt(3)).isIn(' ', '-');
        }
    }
}
