package tayori.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressListTest {
    @ParameterizedTest(name = "RFC 5322 §3.4, App. A: {0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            textBlock =
                    """
                    John Doe <jdoe@machine.example>                             | John Doe/jdoe@machine.example
                    "Joe Q. Public" <john.q.public@example.com>                 | Joe Q. Public/john.q.public@example.com
                    <boss@nil.test>, "Giant; \\"Big\\" Box" <sysservices@example.net> | /boss@nil.test, Giant; "Big" Box/sysservices@example.net
                    A Group:Ed Jones <joe@where.test>,joe@where.test,John <jdoe@one.test>; | Ed Jones/joe@where.test, /joe@where.test, John/jdoe@one.test
                    Undisclosed recipients:;                                    | ''
                    Pete(A nice \\) chap) <pete(his account)@silly.test(his host)> | Pete/pete@silly.test
                    A Group(Some people):Chris Jones <c@(Chris's host.)public.example>, joe@example.org; (the end of the group) | Chris Jones/c@public.example, /joe@example.org
                    (Empty list)(start)Hidden recipients  :(nobody(that I know))  ; | ''
                    Joe Q. Public <john.q.public@example.com>                   | Joe Q. Public/john.q.public@example.com
                    Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example | Mary Smith/mary@example.net, /jdoe@test.example
                    Mary Smith <@a.test,@b.test:mary@example.net>               | Mary Smith/mary@example.net
                    "much.more unusual"@example.com                             | /much.more unusual@example.com
                    "a"."b" . c@example.com                                     | /a.b.c@example.com
                    pete@[192.0.2.1]                                            | /pete@[192.0.2.1]
                    =?utf-8?Q?J=C3=B6rg?= <j@example.com>                       | =?utf-8?Q?J=C3=B6rg?=/j@example.com
                    Jörg Müller <jörg@müller.example>                           | Jörg Müller/jörg@müller.example
                    """)
    void cleanSyntax(String value, String expected) {
        var list = AddressList.parse(value);
        assertThat(shown(list)).isEqualTo(expected);
        assertThat(list.problem()).isEmpty();
    }

    @ParameterizedTest(name = "broken, still read: {0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            textBlock =
                    """
                    "Doe, J. <x@example.net>" j@example.com  | Doe, J. <x@example.net>/j@example.com
                    joe@example.net <j@example.com>          | joe@example.net/j@example.com
                    a@b@example.com                          | /a@b, /b@example.com
                    <a@b@example.com>                        | /a@b, /b@example.com
                    <<j@example.com>>                        | /j@example.com
                    <j@example.com                           | /j@example.com
                    "unfinished <j@example.com>              | unfinished/j@example.com
                    (unfinished <j@example.com>              | unfinished/j@example.com
                    Mail From:<j@example.com>                | /j@example.com
                    A <a@example.com> <b@example.net>        | A/a@example.com, A/b@example.net
                    joe.@example.com                         | /joe.@example.com
                    j@example..com                           | /j@example..com
                    a@example.com; b@example.net             | /a@example.com, /b@example.net
                    @example.com                             | /@example.com
                    joe                                      | ''
                    <>                                       | ''
                    ''                                       | ''
                    j@                                       | ''
                    j@example.com trailing                   | /j@example.com
                    <a@example.com, Bob <b@example.net>      | /a@example.com, Bob/b@example.net
                    """)
    void brokenSyntax(String value, String expected) {
        var list = AddressList.parse(value);
        assertThat(shown(list)).isEqualTo(expected);
        assertThat(list.problem()).isPresent();
    }

    @Test
    void aFoldedFieldIsReadAsItCame() {
        assertThat(shown(AddressList.parse(" \"Joe\r\n Public\"\r\n <j@example.com>")))
                .isEqualTo("Joe Public/j@example.com");
    }

    @Test
    void mailboxesAreCounted() {
        var list = AddressList.parse("a@example.com,".repeat(AddressList.MAX_MAILBOXES + 1));
        assertThat(list.mailboxes()).hasSize(AddressList.MAX_MAILBOXES);
        assertThat(list.clean()).isFalse();
    }

    @Test
    void anglesAreCounted() {
        var list = AddressList.parse("<a@example.com>".repeat(AddressParser.MAX_ANGLES + 1));
        assertThat(list.mailboxes()).hasSize(AddressParser.MAX_ANGLES);
        assertThat(list.clean()).isFalse();
    }

    /// Each of these took quadratic time in a parser that starts again where it found no end.
    @ParameterizedTest(name = "a field full of {0}")
    @ValueSource(
            strings = {"(", "\"", "[", "<", "<a", "<@a,", "\\\"", "a@", "@", ".", ":", "a.", "(\""})
    void longNonsenseIsReadInOnePass(String piece) {
        var list =
                AddressList.parse(
                        piece.repeat(HeadLimits.DEFAULT_MAX_FIELD_OCTETS / piece.length()) + ":");
        assertThat(list.clean()).isFalse();
        assertThat(list.mailboxes()).hasSizeLessThanOrEqualTo(AddressList.MAX_MAILBOXES);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void whatWasWrittenCleanlyIsReadBack(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            var words = List.of("Joe", "\"Q, (P)\"", "x.y", "=?a?q?b?=");
            String local = List.of("joe", "\"a b\"", "a.b").get(random.nextInt(3));
            String gap = List.of("", " ", "(c)", "\r\n ").get(random.nextInt(4));
            String address =
                    local + gap + "@" + gap + "example." + (char) ('a' + random.nextInt(26));
            String name = words.get(random.nextInt(4)) + gap;
            String value = random.nextBoolean() ? address : name + "<" + gap + address + ">";
            var list = AddressList.parse(value + gap);
            assertThat(list.problem()).as(value).isEmpty();
            assertThat(list.mailboxes()).hasSize(1);
            assertThat(list.mailboxes().getFirst().toString())
                    .isEqualTo(
                            local.replace("\"", "")
                                    + "@example."
                                    + value.charAt(value.lastIndexOf("example.") + 8));
        }
    }

    private static String shown(AddressList list) {
        return String.join(
                ", ", list.mailboxes().stream().map(a -> a.displayName() + "/" + a).toList());
    }
}
