package tayori.milter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.listen.ListenAddress;
import tayori.milter.wire.PacketWriter;

/// Milter talks as scripts: `>` the MTA sends, `<` it hears, `=` the filter is told.
class MilterSessionTest {

    private static final MilterOptions OPTIONS =
            MilterOptions.listeningOn(new ListenAddress.Tcp("127.0.0.1", 0));

    private static final String NEGOTIATE = "> NEGOTIATE 6 0x1ff 0x1fffff\n";

    /// Everything asked for and answered.
    private static ToldFilter answering() {
        return new ToldFilter(FilterNeeds.everything());
    }

    /// The whole mail, answered at its end only.
    private static ToldFilter streaming() {
        return new ToldFilter(FilterNeeds.wholeMail(EnumSet.allOf(Action.class)));
    }

    private static String play(MilterOptions options, ToldFilter filter, String script) {
        PacketWriter out = new PacketWriter(64);
        MilterSession session = new MilterSession(options, filter, filter.needs(), out);
        StringBuilder talk = new StringBuilder();
        boolean closed = false;
        for (String line : script.lines().toList()) {
            if (!line.startsWith("> ") || closed) {
                continue;
            }
            talk.append(line).append('\n');
            byte[] packet = Talk.packet(line.substring(2));
            int at = session.consume(packet, 0, packet.length);
            List<String> answers = new ArrayList<>(Talk.answers(out));
            out.clear();
            if (session.wantsToSendFirst()) {
                at = session.consume(packet, at, packet.length);
                answers.addAll(Talk.answers(out));
                out.clear();
            }
            if (session.ending() != null) {
                session.close();
                closed = true;
            }
            filter.takeTold().forEach(told -> talk.append("= ").append(told).append('\n'));
            answers.forEach(answer -> talk.append("< ").append(answer).append('\n'));
            if (session.ending() != null) {
                talk.append("! ").append(session.ending()).append('\n');
            }
            assertThat(closed || at == packet.length).as(line).isTrue();
        }
        return talk.toString();
    }

    private static void check(ToldFilter filter, String script) {
        assertThat(play(OPTIONS, filter, script)).isEqualTo(script);
    }

    @Test
    void everyCommandToldAndAnswered() {
        check(
                answering(),
                """
                > NEGOTIATE 6 0x1ff 0x1fffff
                < NEGOTIATE 6 0xff 0x120500
                > MACRO C j=mx.receiver.example
                > CONNECT client.example 4 40123 192.0.2.1
                = connected
                = connect client.example 192.0.2.1 port 40123
                < CONTINUE
                > HELO client.example
                = helo client.example
                < CONTINUE
                > MAIL <a@example.com> SIZE=1000 BODY=8BITMIME
                = mail <a@example.com> SIZE=1000 BODY=8BITMIME
                < CONTINUE
                > RCPT <b@receiver.example> NOTIFY=NEVER
                = recipient <b@receiver.example> NOTIFY=NEVER
                < CONTINUE
                > RCPT <c@receiver.example>
                = recipient <c@receiver.example>
                < CONTINUE
                > DATA
                = data
                < CONTINUE
                > HEADER Subject: two\\n\\tlines
                = header Subject: two\\n\\tlines
                < CONTINUE
                > HEADER X-Empty:
                = header X-Empty:
                < CONTINUE
                > HEADER X-None:none
                = header X-None:none
                < CONTINUE
                > EOH
                = end of headers
                < CONTINUE
                > BODY Hello\\r\\n
                = body Hello\\r\\n
                < CONTINUE
                > EOM
                = end of message
                < CONTINUE
                > QUIT
                = closed
                ! quit
                """
                        .replace("\\t", "\t"));
    }

    @Test
    void aMailWithoutAnyAnswerButTheLast() {
        check(
                streaming(),
                """
                > NEGOTIATE 6 0x1ff 0x1fffff
                < NEGOTIATE 6 0xff 0x1ff180
                > CONNECT client.example 4 40123 192.0.2.1
                = connected
                = connect client.example 192.0.2.1 port 40123
                > HELO client.example
                = helo client.example
                > MAIL <>
                = mail <>
                > RCPT <b@receiver.example>
                = recipient <b@receiver.example>
                > DATA
                = data
                > HEADER Subject: x
                = header Subject: x
                > EOH
                = end of headers
                > BODY one
                = body one
                > BODY two
                = body two
                > EOM three
                = body three
                = end of message
                < CONTINUE
                """);
    }

    @ParameterizedTest(name = "an MTA that offers version {0}, actions {1}, steps {2} hears {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    6 | 0x1ff | 0x1fffff | 6 0xff 0x1ff180
                    6 | 0x1ff | 0x0      | 6 0xff 0x0
                    6 | 0x1f  | 0xfffff  | 6 0x1f 0xff180
                    7 | 0x1ff | 0x1fffff | 6 0xff 0x1ff180
                    2 | 0x3f  | 0x7f     | 2 0x3f 0x0
                    """)
    void negotiationKeepsToWhatIsOffered(
            String version, String actions, String steps, String answer) {
        String offer = "> NEGOTIATE " + version + " " + actions + " " + steps + "\n";
        check(streaming(), offer + "< NEGOTIATE " + answer + "\n");
    }

    @Test
    void onlyTheStepsAskedForAndTheMacrosAskedFor() {
        Map<MacroStage, List<String>> macros = new LinkedHashMap<>();
        macros.put(MacroStage.CONNECT, List.of("j", "{client_addr}"));
        macros.put(MacroStage.END_OF_MESSAGE, List.of("i"));
        FilterNeeds needs =
                new FilterNeeds(
                        Set.of(Step.MAIL, Step.BODY),
                        Set.of(Step.BODY),
                        Set.of(Action.QUARANTINE),
                        macros);
        check(
                new ToldFilter(needs),
                NEGOTIATE
                        + """
                        < NEGOTIATE 6 0x120 0x17f7eb 0:j {client_addr} 5:i
                        > MAIL <a@example.com>
                        = connected
                        = mail <a@example.com>
                        > BODY x
                        = body x
                        < CONTINUE
                        > EOM
                        = end of message
                        < CONTINUE
                        """);
    }

    @Test
    void aVersion2MtaGetsAnAnswerToEverythingAndLosesTheLeadingSpace() {
        ToldFilter filter =
                new ToldFilter(
                                new FilterNeeds(
                                        Set.of(Step.HEADER),
                                        Set.of(),
                                        EnumSet.allOf(Action.class),
                                        Map.of()))
                        .changing(changes -> changes.insertHeader(0, "X-Seen", "yes"));
        check(
                filter,
                """
                > NEGOTIATE 2 0x3f 0x0
                < NEGOTIATE 2 0x3f 0x0
                > CONNECT client.example 4 40123 192.0.2.1
                < CONTINUE
                > HELO client.example
                < CONTINUE
                > MAIL <a@example.com>
                < CONTINUE
                > RCPT <b@receiver.example>
                < CONTINUE
                > HEADER Subject:x
                = connected
                = header Subject: x
                < CONTINUE
                > EOH
                < CONTINUE
                > BODY text
                < CONTINUE
                > EOM
                = end of message
                < INSERT 0 X-Seen:yes
                < CONTINUE
                """);
    }

    @ParameterizedTest(name = "CONNECT {0} is {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    c.example 4 25 192.0.2.1              | c.example 192.0.2.1 port 25
                    c.example 6 25 IPv6:2001:db8::1       | c.example 2001:db8:0:0:0:0:0:1 port 25
                    c.example 6 25 2001:db8::1            | c.example 2001:db8:0:0:0:0:0:1 port 25
                    c.example 6 25 ipv6:fe80::1%eth0      | c.example fe80:0:0:0:0:0:0:1 port 25
                    c.example 6 25 IPv6:::ffff:192.0.2.1  | c.example 192.0.2.1 port 25
                    c.example 6 25 192.0.2.1              | c.example 192.0.2.1 port 25
                    localhost L 0 /run/submit             | localhost unix /run/submit
                    unknown U                             | unknown unknown
                    c.example 4 25 192.0.2.777            | c.example unknown 192.0.2.777
                    c.example 4 25 host.example           | c.example unknown host.example
                    c.example 4 25 1                      | c.example unknown 1
                    c.example X 25 whatever               | c.example unknown whatever
                    """)
    void connectionsOfAllFamilies(String connect, String told) {
        String talk = play(OPTIONS, streaming(), NEGOTIATE + "> CONNECT " + connect + "\n");
        assertThat(talk).endsWith("= connect " + told + "\n");
    }

    private static final String TO_MAIL =
            "> NEGOTIATE 6 0x1ff 0x1fffff\n> CONNECT c.example 4 25 192.0.2.1\n> HELO c.example\n> MAIL <a@example.com>\n";

    private static String after(String start, ToldFilter filter, String rest) {
        String talk = play(OPTIONS, filter, start + rest);
        String last = start.lines().reduce((_, line) -> line).orElseThrow() + "\n";
        return talk.substring(talk.indexOf(last));
    }

    @Test
    void severalMailsOnOneConnectionAndAnAbort() {
        assertThat(
                        after(
                                TO_MAIL,
                                streaming(),
                                """
                                > ABORT
                                > ABORT
                                > MAIL <b@example.com>
                                > RCPT <c@receiver.example>
                                > EOM
                                > ABORT
                                > MAIL <d@example.com>
                                > MAIL <e@example.com>
                                > QUIT
                                """))
                .isEqualTo(
                        """
                        > MAIL <a@example.com>
                        = mail <a@example.com>
                        > ABORT
                        = abort
                        > ABORT
                        > MAIL <b@example.com>
                        = mail <b@example.com>
                        > RCPT <c@receiver.example>
                        = recipient <c@receiver.example>
                        > EOM
                        = end of message
                        < CONTINUE
                        > ABORT
                        > MAIL <d@example.com>
                        = mail <d@example.com>
                        > MAIL <e@example.com>
                        = abort
                        = mail <e@example.com>
                        > QUIT
                        = abort
                        = closed
                        ! quit
                        """);
    }

    @Test
    void anotherSmtpSessionOnTheSameConnection() {
        assertThat(
                        after(
                                TO_MAIL,
                                streaming(),
                                "> QUIT_NC\n> CONNECT d.example 4 26 192.0.2.2\n> QUIT\n"))
                .isEqualTo(
                        """
                        > MAIL <a@example.com>
                        = mail <a@example.com>
                        > QUIT_NC
                        = abort
                        = closed
                        > CONNECT d.example 4 26 192.0.2.2
                        = connected
                        = connect d.example 192.0.2.2 port 26
                        > QUIT
                        = closed
                        ! quit
                        """);
    }

    @Test
    void everyReply() {
        Map<Reply, String> replies = new LinkedHashMap<>();
        replies.put(Reply.CONTINUE, "CONTINUE");
        replies.put(Reply.ACCEPT, "ACCEPT");
        replies.put(Reply.REJECT, "REJECT");
        replies.put(Reply.TEMPFAIL, "TEMPFAIL");
        replies.put(Reply.DISCARD, "DISCARD");
        replies.put(Reply.SKIP, "CONTINUE");
        replies.put(Reply.custom(550, "5.7.1", "100 % spam\nno"), "REPLY 550 5.7.1 100 %% spam no");
        replies.put(
                new Reply.Custom(451, "4.7.1", List.of("one", "two")),
                "REPLY 451-4.7.1 one\\r\\n451 4.7.1 two");
        replies.forEach((reply, text) -> {
            ToldFilter filter = streaming().saying("end of message", reply);
            assertThat(after(TO_MAIL, filter, "> EOM\n"))
                    .endsWith("= end of message\n< " + text + "\n");
        });
    }

    @Test
    void aRefusedRecipientConcernsNobodyElse() {
        ToldFilter filter =
                answering()
                        .saying("recipient <bad@receiver.example>", Reply.REJECT)
                        .saying(
                                "recipient <slow@receiver.example>",
                                Reply.custom(450, "4.2.1", "later"));
        assertThat(
                        after(
                                TO_MAIL,
                                filter,
                                """
                                > RCPT <bad@receiver.example>
                                > RCPT <slow@receiver.example>
                                > RCPT <good@receiver.example>
                                > DATA
                                """))
                .endsWith(
                        """
                        = recipient <bad@receiver.example>
                        < REJECT
                        > RCPT <slow@receiver.example>
                        = recipient <slow@receiver.example>
                        < REPLY 450 4.2.1 later
                        > RCPT <good@receiver.example>
                        = recipient <good@receiver.example>
                        < CONTINUE
                        > DATA
                        = data
                        < CONTINUE
                        """);
    }

    @Test
    void aMailRefusedAtMailIsOverWithoutAbortAndTheNextOneIsNot() {
        ToldFilter filter = answering().saying("mail <a@example.com>", Reply.REJECT);
        assertThat(
                        after(
                                TO_MAIL,
                                filter,
                                "> ABORT\n> MAIL <b@example.com>\n> RCPT <c@receiver.example>\n"))
                .isEqualTo(
                        """
                        > MAIL <a@example.com>
                        = mail <a@example.com>
                        < REJECT
                        > ABORT
                        > MAIL <b@example.com>
                        = mail <b@example.com>
                        < CONTINUE
                        > RCPT <c@receiver.example>
                        = recipient <c@receiver.example>
                        < CONTINUE
                        """);
    }

    @Test
    void anAnswerWhereNoneIsAwaitedIsHeldForTheEnd() {
        ToldFilter filter = streaming().saying("header Subject: bad", Reply.DISCARD);
        assertThat(
                        after(
                                TO_MAIL,
                                filter,
                                "> HEADER Subject: bad\n> HEADER X: y\n> EOH\n> BODY z\n> EOM\n> MAIL <b@example.com>\n"))
                .endsWith(
                        """
                        > HEADER Subject: bad
                        = header Subject: bad
                        > HEADER X: y
                        > EOH
                        > BODY z
                        > EOM
                        < DISCARD
                        > MAIL <b@example.com>
                        = mail <b@example.com>
                        """);
    }

    @Test
    void aSessionRefusedAtConnectStaysRefused() {
        ToldFilter filter =
                streaming().saying("connect c.example 192.0.2.1 port 25", Reply.TEMPFAIL);
        assertThat(after(TO_MAIL, filter, "> EOM\n> MAIL <b@example.com>\n> EOM\n"))
                .isEqualTo(
                        """
                        > MAIL <a@example.com>
                        > EOM
                        < TEMPFAIL
                        > MAIL <b@example.com>
                        > EOM
                        < TEMPFAIL
                        """);
    }

    @Test
    void skippedBody() {
        ToldFilter filter = answering().saying("body one", Reply.SKIP);
        assertThat(after(TO_MAIL, filter, "> BODY one\n> EOM two\n"))
                .endsWith(
                        "> BODY one\n= body one\n< SKIP\n> EOM two\n= end of message\n< CONTINUE\n");
    }

    @Test
    void skippedBodyWhereTheMtaDoesNotKnowSkip() {
        ToldFilter filter = answering().saying("body one", Reply.SKIP);
        String old = TO_MAIL.replace("6 0x1ff 0x1fffff", "2 0x3f 0x7f");
        assertThat(after(old, filter, "> BODY one\n> BODY two\n> EOM\n"))
                .endsWith(
                        "> BODY one\n= body one\n< CONTINUE\n> BODY two\n< CONTINUE\n> EOM\n= end of message\n< CONTINUE\n");
    }

    @Test
    void modificationsInTheOrderThatKeepsTheirNumbersTrue() {
        ToldFilter filter =
                streaming()
                        .changing(changes -> {
                            changes.insertHeader(
                                    0,
                                    "Authentication-Results",
                                    "mx; spf=pass\r\n\tsmtp.mailfrom=x");
                            changes.deleteHeader(1, "Authentication-Results");
                            changes.addHeader("X-Last", " kept space");
                            changes.deleteHeader(3, "Authentication-Results");
                            changes.changeHeader(2, "Subject", "new\r\nBcc: smuggled\0");
                            changes.addRecipient(new EnvelopeAddress("new@receiver.example"));
                            changes.addRecipient(
                                    new EnvelopeAddress("n2@receiver.example"), "NOTIFY=NEVER");
                            changes.deleteRecipient(new EnvelopeAddress("old@receiver.example"));
                            changes.changeFrom(EnvelopeAddress.NULL, "");
                            changes.changeFrom(new EnvelopeAddress("a@b.example"), "SIZE=1");
                            byte[] body = "new body\r\n".getBytes(StandardCharsets.US_ASCII);
                            changes.replaceBody(body, 0, body.length);
                            changes.quarantine("held\r\nback");
                        });
        assertThat(after(TO_MAIL, filter, "> EOM\n"))
                .endsWith(
                        """
                        = end of message
                        < RCPT+ <new@receiver.example>
                        < RCPT+ARGS <n2@receiver.example> NOTIFY=NEVER
                        < RCPT- <old@receiver.example>
                        < FROM <>
                        < FROM <a@b.example> SIZE=1
                        < CHANGE 2 Subject: new Bcc: smuggled\s
                        < CHANGE 3 Authentication-Results:
                        < CHANGE 1 Authentication-Results:
                        < INSERT 0 Authentication-Results: mx; spf=pass\\n\tsmtp.mailfrom=x
                        < ADD X-Last: kept space
                        < BODY new body\\r\\n
                        < QUARANTINE held  back
                        < CONTINUE
                        """);
    }

    @Test
    void aNewBodyGoesOutInPiecesOf65535Octets() {
        ToldFilter filter =
                streaming().changing(changes -> changes.replaceBody(new byte[150_001], 1, 150_000));
        assertThat(after(TO_MAIL, filter, "> EOM\n"))
                .endsWith(
                        "< BODY 65535 octets\n< BODY 65535 octets\n< BODY 18930 octets\n< CONTINUE\n");
    }

    @Test
    void aRefusedMailIsNotChanged() {
        ToldFilter filter =
                streaming()
                        .changing(changes -> changes.addHeader("X", "y"))
                        .saying("end of message", Reply.REJECT);
        assertThat(after(TO_MAIL, filter, "> EOM\n")).endsWith("= end of message\n< REJECT\n");
    }

    @Test
    void aChangeThatTheFilterNeverAskedForIsItsBugAndCostsTheMailATempfail() {
        ToldFilter filter =
                new ToldFilter(FilterNeeds.wholeMail(Set.of()))
                        .changing(changes -> changes.addHeader("X", "y"));
        assertThat(after(TO_MAIL, filter, "> EOM\n")).endsWith("> EOM\n< TEMPFAIL\n");
    }

    @ParameterizedTest(name = "a filter that throws at \"{0}\"")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    connected
                    connect c.example 192.0.2.1 port 25
                    helo c.example
                    mail <a@example.com>
                    recipient <b@receiver.example>
                    data
                    header Subject: x
                    end of headers
                    body text
                    end of message
                    """)
    void aFilterThatThrowsCostsTheMailATempfail(String told) {
        String mail =
                "> RCPT <b@receiver.example>\n> DATA\n> HEADER Subject: x\n> EOH\n> BODY text\n> EOM\n";
        String talk = play(OPTIONS, streaming().throwingAt(told), TO_MAIL + mail);
        assertThat(talk).endsWith("< TEMPFAIL\n");
        assertThat(talk.lines().filter(line -> line.startsWith("< "))).hasSize(2);

        MilterOptions lenient =
                new MilterOptions(
                        OPTIONS.addresses(),
                        OPTIONS.listen(),
                        MilterOptions.OnFailure.ACCEPT,
                        OPTIONS.maxPacket(),
                        OPTIONS.maxMacros(),
                        OPTIONS.negotiationTime(),
                        OPTIONS.idleTime(),
                        OPTIONS.packetTime(),
                        OPTIONS.commandTime(),
                        OPTIONS.progressInterval());
        assertThat(play(lenient, streaming().throwingAt(told), TO_MAIL + mail))
                .endsWith("< ACCEPT\n");
    }

    @Test
    void aFilterThatThrowsAtAbortOrCloseHarmsNobody() {
        assertThat(
                        after(
                                TO_MAIL,
                                streaming().throwingAt("abort"),
                                "> ABORT\n> MAIL <b@example.com>\n> EOM\n"))
                .endsWith("= mail <b@example.com>\n> EOM\n= end of message\n< CONTINUE\n");
        assertThat(after(TO_MAIL, streaming().throwingAt("closed"), "> QUIT\n"))
                .endsWith("= closed\n! quit\n");
    }

    @Test
    void macrosLiveAsLongAsTheirStage() {
        ToldFilter filter = streaming().reading("j", "{auth_authen}", "{rcpt_addr}", "i", "{i}");
        assertThat(
                        play(
                                OPTIONS,
                                filter,
                                NEGOTIATE
                                        + """
                                        > MACRO C j=mx.receiver.example
                                        > CONNECT c.example 4 25 192.0.2.1
                                        > MACRO M {auth_authen}=alice i=4T1
                                        > MAIL <a@example.com>
                                        > MACRO R {rcpt_addr}=b@receiver.example
                                        > RCPT <b@receiver.example>
                                        > MACRO R {rcpt_mailer}=local
                                        > RCPT <c@receiver.example>
                                        > MACRO E i=4T2
                                        > EOM
                                        > MACRO X y=z
                                        > MAIL <d@example.com>
                                        > MACRO M i=4T3
                                        > MAIL <e@example.com>
                                        > ABORT
                                        > MAIL <f@example.com>
                                        """))
                .endsWith(
                        """
                        > MACRO M {auth_authen}=alice i=4T1
                        > MAIL <a@example.com>
                        = mail <a@example.com> [j=mx.receiver.example] [{auth_authen}=alice] [i=4T1] [{i}=4T1]
                        > MACRO R {rcpt_addr}=b@receiver.example
                        > RCPT <b@receiver.example>
                        = recipient <b@receiver.example> [j=mx.receiver.example] [{auth_authen}=alice] [{rcpt_addr}=b@receiver.example] [i=4T1] [{i}=4T1]
                        > MACRO R {rcpt_mailer}=local
                        > RCPT <c@receiver.example>
                        = recipient <c@receiver.example> [j=mx.receiver.example] [{auth_authen}=alice] [i=4T1] [{i}=4T1]
                        > MACRO E i=4T2
                        > EOM
                        = end of message [j=mx.receiver.example] [{auth_authen}=alice] [i=4T2] [{i}=4T2]
                        < CONTINUE
                        > MACRO X y=z
                        > MAIL <d@example.com>
                        = mail <d@example.com> [j=mx.receiver.example]
                        > MACRO M i=4T3
                        > MAIL <e@example.com>
                        = abort [j=mx.receiver.example] [i=4T3] [{i}=4T3]
                        = mail <e@example.com> [j=mx.receiver.example] [i=4T3] [{i}=4T3]
                        > ABORT
                        = abort [j=mx.receiver.example] [i=4T3] [{i}=4T3]
                        > MAIL <f@example.com>
                        = mail <f@example.com> [j=mx.receiver.example]
                        """);
    }

    @Test
    void anUnknownSmtpCommand() {
        FilterNeeds needs =
                new FilterNeeds(Set.of(Step.UNKNOWN), Set.of(Step.UNKNOWN), Set.of(), Map.of());
        ToldFilter filter = new ToldFilter(needs).saying("unknown GET / HTTP/1.1", Reply.REJECT);
        assertThat(play(OPTIONS, filter, NEGOTIATE + "> UNKNOWN GET / HTTP/1.1\n> UNKNOWN FOO\n"))
                .endsWith(
                        "= unknown GET / HTTP/1.1\n< REJECT\n> UNKNOWN FOO\n= unknown FOO\n< CONTINUE\n");
    }

    @ParameterizedTest(name = "{0} ends the connection: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    MAIL <a@example.com>       | packet 'M', number 1, at octet 0 of the connection: comes before the negotiation
                    NEGOTIATE 1 0x1 0x1        | packet 'O', number 2, at octet 0 of the connection: protocol version 1, at least 2 expected
                    NEGOTIATE 6                | packet 'O', number 2, at octet 0 of the connection: negotiation of 4 octets, at least 12 expected
                    RAW 00 00 00 00 41         | packet 'A', number 1, at octet 0 of the connection: length 0 is not 1 to 1048576
                    RAW 00 10 00 01 42         | packet 'B', number 1, at octet 0 of the connection: length 1048577 is not 1 to 1048576
                    RAW ff ff ff ff 01         | packet 0x1, number 1, at octet 0 of the connection: length 4294967295 is not 1 to 1048576
                    """)
    void whoeverIsNoMtaLosesTheConnection(String packet, String said) {
        assertThat(play(OPTIONS, streaming(), "> " + packet + "\n")).endsWith("! " + said + "\n");
    }

    @ParameterizedTest(name = "after MAIL, {0} ends the connection: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    NEGOTIATE 6 0x1ff 0x1fffff | second negotiation
                    CONNECT c.example 4 25 192.0.2.1 | second CONNECT
                    RAW 00 00 00 03 L X 00     | a header field is a name, 0, a value, 0
                    RAW 00 00 00 03 L 00 00    | a header field is a name, 0, a value, 0
                    RAW 00 00 00 04 L X 00 Y   | a header field is a name, 0, a value, 0
                    RAW 00 00 00 01 L          | a header field is a name, 0, a value, 0
                    RAW 00 00 00 01 R          | RCPT without address
                    RAW 00 00 00 01 M          | MAIL without address
                    RAW 00 00 00 01 D          | macros for no command
                    RAW 00 00 00 01 Z          | unknown command
                    """)
    void aPacketThatIsWrongEndsTheConnection(String packet, String said) {
        assertThat(play(OPTIONS, streaming(), TO_MAIL + "> " + packet + "\n"))
                .endsWith(": " + said + "\n");
    }

    @ParameterizedTest(name = "{0} ends the connection: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    MAIL <a@example.com>    | MAIL before CONNECT
                    HELO c.example          | HELO before CONNECT
                    HEADER Subject: x       | HEADERS before MAIL
                    RAW 00 00 00 01 C       | CONNECT without address family
                    RAW 00 00 00 04 C X 00 4  | CONNECT without port or address
                    """)
    void aStepOutOfOrderEndsTheConnection(String packet, String said) {
        assertThat(play(OPTIONS, streaming(), NEGOTIATE + "> " + packet + "\n"))
                .endsWith(": " + said + "\n");
    }

    @Test
    void aMailNeverGoesBack() {
        assertThat(play(OPTIONS, streaming(), TO_MAIL + "> EOH\n> RCPT <b@receiver.example>\n"))
                .endsWith(": RECIPIENTS after END_OF_HEADERS\n");
        assertThat(play(OPTIONS, streaming(), TO_MAIL + "> BODY x\n> HEADER Subject: x\n"))
                .endsWith(": HEADERS after BODY\n");
    }

    @Test
    void moreMacrosThanTheLimitEndTheConnection() {
        String half = "x".repeat(MilterOptions.DEFAULT_MAX_MACROS / 2);
        String talk =
                play(
                        OPTIONS,
                        streaming(),
                        NEGOTIATE + "> MACRO C a=" + half + "\n> MACRO H b=" + half + "\n");
        assertThat(talk).endsWith(": more than 65536 octets of macros\n");
    }

    /// Plays octets in the given pieces, with what the filter is told and what the MTA hears.
    static String playOctets(ToldFilter filter, byte[] octets, Consumer<List<Integer>> cuts) {
        List<Integer> sizes = new ArrayList<>();
        cuts.accept(sizes);
        PacketWriter out = new PacketWriter(64);
        MilterSession session = new MilterSession(OPTIONS, filter, filter.needs(), out);
        List<String> heard = new ArrayList<>();
        byte[] buffer = new byte[octets.length];
        int from = 0;
        int to = 0;
        for (int size : sizes) {
            int count = Math.min(size, octets.length - to);
            System.arraycopy(octets, to, buffer, to, count);
            to += count;
            boolean again = true;
            while (again && session.ending() == null) {
                from = session.consume(buffer, from, to);
                heard.addAll(Talk.answers(out));
                out.clear();
                again = session.wantsToSendFirst();
            }
        }
        session.close();
        return String.join("\n", filter.told())
                + "\n---\n"
                + String.join("\n", heard)
                + "\n"
                + session.ending();
    }
}
