package tayori.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tayori.milter.EnvelopeAddress;
import tayori.smtp.Envelope;
import tayori.smtp.MailServerOptions.Protocol;

/// Whatever is reported: one reply for each recipient, never an exception, and no complaint without a receipt of ours.
class ComplaintMailFuzzTest {

    private static final Envelope ENVELOPE =
            new Envelope(
                    Protocol.LMTP,
                    Optional.of(InetAddress.getLoopbackAddress()),
                    "client",
                    false,
                    new EnvelopeAddress("alice@example.jp"),
                    List.of(
                            new EnvelopeAddress("spam@report.example.jp"),
                            new EnvelopeAddress("fbl@report.example.jp")),
                    OptionalLong.empty(),
                    false,
                    false);

    @FuzzTest
    void mail(byte[] octets) {
        var provider = new Provider();
        var replies = provider.handler.message(ENVELOPE, octets);
        assertThat(replies).hasSize(2);
        assertThat(replies.getFirst().isPositive()).isEqualTo(!provider.complaints.isEmpty());
        assertThat(replies.getLast().isPositive()).isEqualTo(!provider.reports.isEmpty());
        assertThat(replies).allSatisfy(reply -> assertThat(reply.code()).isIn(250, 550));
    }
}
