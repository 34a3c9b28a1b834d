package tayori.nameserver;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Any octets as a message.
class ResponderFuzzTest {
    private final Hostile hostile = new Hostile();

    @FuzzTest
    void answers(byte[] data) {
        hostile.check(data, false);
        hostile.check(data, true);
    }
}
