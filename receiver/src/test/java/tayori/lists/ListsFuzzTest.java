package tayori.lists;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tayori.dns.DnsAnswer;
import tayori.dns.DnsRecord;
import tayori.lists.OutsideList.Meaning;

class ListsFuzzTest {
    private static final List<Meaning> ALL =
            List.of(new Meaning(CodePattern.of("127.0-255.0-255.0-255"), "bad", 100));

    /// What was read says the same when it is written again.
    @FuzzTest
    void anyVbrInfo(byte[] octets) {
        var read = VbrInfo.parse(new String(octets, StandardCharsets.UTF_8));
        if (read.isPresent()) {
            var info = read.get();
            assertThat(info.certifiers()).hasSizeBetween(1, VbrInfo.MAX_CERTIFIERS);
            String written =
                    "md="
                            + info.domain()
                            + ";mc="
                            + info.content()
                            + ";mv="
                            + String.join(
                                    ":", info.certifiers().stream().map(Object::toString).toList());
            boolean plain = written.chars().allMatch(c -> c > ' ' && c < 0x7f) && writable(info);
            if (plain && written.length() <= VbrInfo.MAX_LENGTH) {
                assertThat(VbrInfo.parse(written)).contains(info);
            }
        }
    }

    /// Names of the DNS may hold what separates parts.
    private static boolean writable(VbrInfo info) {
        var names = new ArrayList<>(info.certifiers());
        names.add(info.domain());
        return names.stream()
                .map(Object::toString)
                .allMatch(name -> name.chars().noneMatch(c -> c == ';' || c == ':' || c == '='));
    }

    /// Whatever a list returns, only an address of 127/8 that is no error code is a listing.
    @FuzzTest
    void anyAnswer(byte[] octets) throws UnknownHostException {
        var records = new ArrayList<DnsRecord>();
        for (int i = 0; i + 4 <= octets.length; i += 4) {
            records.add(
                    new DnsRecord.Address(
                            InetAddress.getByAddress(Arrays.copyOfRange(octets, i, i + 4))));
        }
        if (records.isEmpty()) {
            return;
        }
        var answer =
                ListAnswers.read(new DnsAnswer.Found(records, Duration.ofMinutes(1), false), ALL);
        if (answer instanceof ListAnswer.Listed listed) {
            byte[] code = listed.code().orElseThrow().getAddress();
            assertThat(code[0]).isEqualTo((byte) 127);
            assertThat(listed.code().get().getHostAddress())
                    .doesNotStartWith("127.255.255.")
                    .isNotIn("127.0.0.1", "127.0.0.255");
        } else {
            assertThat(answer).isInstanceOf(ListAnswer.NoAnswer.class);
        }
    }
}
