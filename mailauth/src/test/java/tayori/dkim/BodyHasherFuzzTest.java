package tayori.dkim;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Random;

class BodyHasherFuzzTest {
    /// However a body is cut, its hashes are those of the reference.
    @FuzzTest(maxDuration = "10s")
    void hashes(byte[] body) {
        BodyHasherTest.assertAsReference(body, new Random(Arrays.hashCode(body)));
    }
}
