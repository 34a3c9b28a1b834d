package tayori.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tayori.dkim.BodyHasher;
import tayori.dkim.DkimKeys;
import tayori.dkim.DkimOptions;
import tayori.dkim.DkimResult;
import tayori.dkim.DkimSigner;
import tayori.dkim.DkimVerifier;
import tayori.dkim.SigningOptions;
import tayori.dns.ZoneDns;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

/// One DKIM signature, relaxed/relaxed, from header and body to the result.
@State(Scope.Benchmark)
public class DkimBenchmark {
    /// As the body comes from an MTA.
    private static final int PIECE = 65_535;

    @Param({"rsa2048", "ed25519"})
    public String key = "rsa2048";

    @Param({"1000", "100000", "1000000"})
    public int octets = 1000;

    private final Signed signed = new Signed();

    /// Set up once, read by every measurement.
    private static final class Signed {
        DkimVerifier verifier =
                new DkimVerifier(
                        ZoneDns.builder().build(), InstantSource.system(), DkimOptions.DEFAULTS);
        MessageHead head = new MessageHead(List.of());
        byte[] body = {};
    }

    @Setup
    public void sign() {
        var pair = key.equals("rsa2048") ? DkimKeys.generateRsa(2048) : DkimKeys.generateEd25519();
        var clock = InstantSource.system();
        var fields =
                List.of(
                        HeaderField.of("Date", "Sun, 22 Nov 2026 12:00:00 +0900"),
                        HeaderField.of("From", "\"Shop\" <news@example.com>"),
                        HeaderField.of("To", "somebody@receiver.example"),
                        HeaderField.of("Subject", "Order 1 of the week"),
                        HeaderField.of("Message-ID", "<1.1@example.com>"),
                        HeaderField.of("MIME-Version", "1.0"),
                        HeaderField.of("Content-Type", "text/plain; charset=utf-8"),
                        HeaderField.of("List-Unsubscribe", "<https://example.com/u/1>"));
        signed.body = text(octets);
        var signer =
                new DkimSigner(
                        List.of(new DkimSigner.Key("example.com", "s", pair.privateKey())),
                        SigningOptions.DEFAULTS,
                        clock);
        var hasher = new BodyHasher();
        var signing = signer.begin(new MessageHead(fields), hasher);
        hasher.update(signed.body, 0, signed.body.length);
        var all = new ArrayList<>(signing.finish());
        all.addAll(fields);
        signed.head = new MessageHead(all);
        signed.verifier =
                new DkimVerifier(
                        ZoneDns.builder().txt("s._domainkey.example.com", pair.txt()).build(),
                        clock,
                        DkimOptions.DEFAULTS);
        if (!(verify().getFirst() instanceof DkimResult.Pass)) {
            throw new IllegalStateException("does not verify: " + verify());
        }
    }

    /// Lines of words, with a pair of spaces and one at the end here and there.
    static byte[] text(int octets) {
        var random = new Random(1);
        var text = new StringBuilder(octets + 100);
        while (text.length() < octets) {
            for (int word = 0; word < 10; word++) {
                text.append("canonical".substring(0, 3 + random.nextInt(7))).append(' ');
            }
            text.append(random.nextInt(8) == 0 ? "  and\t\r\n" : "end\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Benchmark
    public List<DkimResult> verify() {
        var hasher = new BodyHasher();
        var verification = signed.verifier.begin(signed.head, hasher);
        for (int at = 0; at < signed.body.length; at += PIECE) {
            hasher.update(signed.body, at, Math.min(PIECE, signed.body.length - at));
        }
        return verification.finish();
    }
}
