package tayori.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class AddressListFuzzTest {
    @FuzzTest
    void anyTextIsAList(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        var list = AddressList.parse(text);
        assertThat(list.mailboxes()).hasSizeLessThanOrEqualTo(AddressList.MAX_MAILBOXES);
        for (var mailbox : list.mailboxes()) {
            assertThat(mailbox.domain()).isNotEmpty();
            assertThat(mailbox.domain().length() + mailbox.localPart().length())
                    .isLessThan(text.length());
            var name = mailbox.domainName();
            if (name.isPresent()) {
                // What was found once is found again when it stands alone.
                assertThat(AuthorDomains.ofFrom("x@" + name.get()))
                        .isEqualTo(new AuthorDomains.One(name.get(), true));
            }
        }
        if (list.clean() && list.mailboxes().isEmpty()) {
            assertThat(text).contains(":"); // only an empty group is clean without an address
        }
        assertThat(AuthorDomains.ofFrom(text)).isNotNull();
    }
}
