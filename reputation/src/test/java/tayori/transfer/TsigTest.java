package tayori.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Type;
import tayori.dns.DomainName;
import tayori.transfer.Tsig.Verdict;
import tayori.transfer.TsigKey.Algorithm;

/// Against the TSIG of another library.
class TsigTest {
    static final String SECRET = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    static final DomainName NAME = DomainName.of("mirror.example");
    private static final Instant NOW = Instant.parse("2026-11-22T21:00:00Z");

    private static Tsig ours(Algorithm algorithm) {
        return new Tsig(List.of(TsigKey.of(NAME, algorithm, SECRET)), () -> NOW);
    }

    private static Tsig ours() {
        return ours(Algorithm.HMAC_SHA256);
    }

    private static TSIG theirs(Algorithm algorithm, String name, String secret, Instant time)
            throws IOException {
        return new TSIG(
                Name.fromString(algorithm.wireName() + "."),
                Name.fromString(name + "."),
                new javax.crypto.spec.SecretKeySpec(
                        java.util.Base64.getDecoder().decode(secret),
                        algorithm.name().replace("HMAC_SHA", "HmacSHA")),
                Clock.fixed(time, ZoneOffset.UTC));
    }

    private static TSIG theirs(Instant time) throws IOException {
        return theirs(Algorithm.HMAC_SHA256, "mirror.example", SECRET, time);
    }

    static Message question() throws IOException {
        return Message.newQuery(
                Record.newRecord(Name.fromString("dbl.rep.example."), Type.AXFR, DClass.IN));
    }

    private static byte[] signed(TSIG key) throws IOException {
        var query = question();
        key.apply(query, null);
        return query.toWire();
    }

    private static byte[] answer(byte[] query, Tsig.Signer signer, int rcode) throws IOException {
        var read = new Message(query);
        var answer = new Message(read.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setRcode(rcode);
        answer.addRecord(java.util.Objects.requireNonNull(read.getQuestion()), 0);
        byte[] plain = answer.toWire();
        byte[] octets = Arrays.copyOf(plain, plain.length + signer.octets());
        int length = signer.sign(octets, plain.length);
        assertThat(length).isEqualTo(octets.length);
        return octets;
    }

    @ParameterizedTest(name = "RFC 8945 §5.2 and §5.3: {0}")
    @EnumSource(Algorithm.class)
    void bothSidesVerify(Algorithm algorithm) throws IOException {
        var key = theirs(algorithm, "Mirror.EXAMPLE", SECRET, NOW);
        byte[] query = signed(key);
        var verdict = (Verdict.Signed) ours(algorithm).verify(query, query.length);
        assertThat(verdict.key().name()).isEqualTo(NAME);
        byte[] reply = answer(query, verdict.signer(), Rcode.NOERROR);
        assertThat(key.verify(new Message(reply), reply, new Message(query).getTSIG()))
                .isEqualTo(Rcode.NOERROR);
        reply[2] ^= 1;
        assertThat(key.verify(new Message(reply), reply, new Message(query).getTSIG()))
                .isEqualTo(Rcode.BADSIG);
    }

    @Test
    void anUnsignedQueryIsUnsigned() throws IOException {
        byte[] query = question().toWire();
        assertThat(ours().verify(query, query.length)).isInstanceOf(Verdict.Unsigned.class);
    }

    @ParameterizedTest(
            name = "RFC 8945 §5.2.1 and §5.2.2: {0}, {1}, {2} is {3}, answered without a MAC")
    @CsvSource({
        "HMAC_SHA256, other.example, MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=, 17",
        "HMAC_SHA512, mirror.example, MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=, 17",
        "HMAC_SHA256, mirror.example, MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWX=, 16",
    })
    void aWrongKeyOrSignature(Algorithm algorithm, String name, String secret, int error)
            throws IOException {
        byte[] query = signed(theirs(algorithm, name, secret, NOW));
        var verdict = (Verdict.Refused) ours().verify(query, query.length);
        assertThat(verdict.error()).isEqualTo(error);
        TSIGRecord tsig = new Message(answer(query, verdict.signer(), Rcode.NOTAUTH)).getTSIG();
        assertThat(tsig.getSignature()).isEmpty();
        assertThat(tsig.getError()).isEqualTo(error);
        assertThat(tsig.getTimeSigned()).isEqualTo(NOW);
    }

    @ParameterizedTest(name = "RFC 8945 §5.2.3: {0} s apart, BADTIME: {1}")
    @CsvSource({"0, false", "300, false", "-300, false", "301, true", "-301, true", "86400, true"})
    void clocksApart(long seconds, boolean bad) throws IOException {
        var theirTime = NOW.plusSeconds(seconds);
        var key = theirs(theirTime);
        byte[] query = signed(key);
        var verdict = ours().verify(query, query.length);
        if (!bad) {
            assertThat(verdict).isInstanceOf(Verdict.Signed.class);
            return;
        }
        var refused = (Verdict.Refused) verdict;
        assertThat(refused.error()).isEqualTo(18);
        byte[] reply = answer(query, refused.signer(), Rcode.NOTAUTH);
        TSIGRecord tsig = new Message(reply).getTSIG();
        assertThat(tsig.getTimeSigned()).as("the client's time").isEqualTo(theirTime);
        byte[] other = tsig.getOther();
        assertThat(Wire.get48(other, 0)).as("our time").isEqualTo(NOW.getEpochSecond());
        assertThat(key.verify(new Message(reply), reply, new Message(query).getTSIG()))
                .as("signed")
                .isEqualTo(Rcode.NOERROR);
    }

    @ParameterizedTest(name = "RFC 8945 §5.2.2.1, §5.2.4: MAC of {0} octets: {1}")
    @CsvSource({
        "32, Signed",
        "31, Refused",
        "16, Refused",
        "15, Malformed",
        "0, Malformed",
    })
    void aMacCutShort(int octets, String verdict) throws IOException {
        byte[] query = signed(theirs(NOW));
        int macEnd = query.length - 6; // original id, error, other length
        int macAt = macEnd - 32;
        byte[] shorter = new byte[query.length - 32 + octets];
        System.arraycopy(query, 0, shorter, 0, macAt + octets);
        System.arraycopy(query, macEnd, shorter, macAt + octets, 6);
        Wire.put16(shorter, macAt - 2, octets);
        int rdlengthAt = macAt - 10 - Wire.name(Algorithm.HMAC_SHA256.wireName()).length - 2;
        Wire.put16(shorter, rdlengthAt, Wire.get16(shorter, rdlengthAt) - 32 + octets);
        var result = ours().verify(shorter, shorter.length);
        assertThat(result.getClass().getSimpleName()).isEqualTo(verdict);
        if (result instanceof Verdict.Refused refused) {
            assertThat(refused.error()).isEqualTo(22);
        }
    }

    @Test
    void secretsStaySecret() {
        assertThat(TsigKey.of(NAME, Algorithm.HMAC_SHA256, SECRET))
                .hasToString("mirror.example (hmac-sha256)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TsigKey.of(NAME, Algorithm.HMAC_SHA256, "!geheim!"))
                .withMessage("the secret of key mirror.example is not Base64")
                .withNoCause();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TsigKey.of(NAME, Algorithm.HMAC_SHA256, "Z2VoZWlt"))
                .withMessage(
                        "the secret of key mirror.example has 6 octets; at least 16 are needed");
    }

    /// No octet of a signed query can be changed without notice but the ID in front, which a forwarder may change (RFC 8945
    /// §4.2), and the case of names.
    @Test
    void noAccidentIsTakenForASignature() throws IOException {
        byte[] query = signed(theirs(NOW));
        var tsig = ours();
        var random = new Random(8945);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = query.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            if (random.nextInt(5) == 0) {
                broken = Arrays.copyOf(broken, random.nextInt(broken.length + 10));
            }
            var verdict = tsig.verify(broken, broken.length);
            if (verdict instanceof Verdict.Signed) {
                assertThat(sameButForIdAndCase(query, broken)).as("accident %d", i).isTrue();
            } else if (verdict instanceof Verdict.Refused) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1_000);
    }

    private static boolean sameButForIdAndCase(byte[] one, byte[] other) {
        if (one.length != other.length) {
            return false;
        }
        for (int i = 2; i < one.length; i++) {
            if (one[i] != other[i] && (one[i] ^ other[i]) != 0x20) {
                return false;
            }
        }
        return true;
    }

    @Test
    void fudgeIsFiveMinutes() {
        assertThat(Tsig.FUDGE).isEqualTo(Duration.ofMinutes(5));
    }
}
