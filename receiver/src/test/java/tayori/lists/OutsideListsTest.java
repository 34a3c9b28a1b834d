package tayori.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tayori.dns.Dns;
import tayori.dns.DomainName;
import tayori.dns.ZoneDns;
import tayori.lists.OutsideList.Meaning;
import tayori.lists.OutsideList.Subject;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

class OutsideListsTest {
    private static final OutsideList LIST =
            new OutsideList(
                    "both",
                    DomainName.of("list.example"),
                    Set.of(Subject.IPV4, Subject.DOMAIN),
                    List.of(new Meaning(CodePattern.of("127.0.0.2"), "bad", 100)),
                    false);
    private static final ZoneDns GOOD =
            ZoneDns.builder()
                    .address("2.0.0.127.list.example", "127.0.0.2")
                    .address("test.list.example", "127.0.0.2")
                    .build();

    private static ListsOptions options(int certifiers, Duration interval) {
        return new ListsOptions(
                List.of(LIST),
                IntStream.range(0, certifiers)
                        .mapToObj(i ->
                                new ListsOptions.Certifier(DomainName.of("c" + i + ".example"), -1))
                        .toList(),
                Duration.ofSeconds(5),
                interval,
                interval);
    }

    @Test
    void aListIsAskedOnlyWhileItWorks() {
        var dead = new AtomicBoolean(true);
        Dns dns = (name, type) -> (dead.get() ? ZoneDns.builder().build() : GOOD).query(name, type);
        try (var lists = OutsideLists.start(options(0, Duration.ofMillis(5)), dns, new Random(1))) {
            await().until(() -> lists.statistics().failedChecks() > 1);
            assertThat(lists.working(Subject.IPV4)).isEmpty();
            dead.set(false);
            await().until(() -> lists.working(Subject.IPV4).equals(List.of(LIST)));
            assertThat(lists.working(Subject.IPV6)).isEmpty();
            dead.set(true);
            await().until(() -> lists.working(Subject.DOMAIN).isEmpty());
        }
    }

    @Test
    void whatChangesIsLoggedOnce() {
        var logger = (Logger) LoggerFactory.getLogger(ListWatch.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        logger.addAppender(lines);
        var wrong = new ArrayList<>(List.of("a", "b", "", "", "c", "d"));
        var failures = new LongAdder();
        var watch =
                new ListWatch(
                        "example",
                        () -> Optional.of(wrong.removeFirst()).filter(text -> !text.isEmpty()),
                        failures);
        assertThat(watch.works()).as("before the first check").isFalse();
        var works = new ArrayList<Boolean>();
        while (!wrong.isEmpty()) {
            works.add(watch.check());
        }
        logger.detachAppender(lines);
        assertThat(works).containsExactly(false, false, true, true, false, false);
        assertThat(failures.sum()).isEqualTo(4);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "list example is not asked for now: a",
                        "list example works again",
                        "list example is not asked for now: c");
    }

    @Test
    void oneMailMakesUsAskNoMoreThanItsLimits() {
        try (var lists =
                OutsideLists.start(options(40, Duration.ofHours(1)), GOOD, new Random(1))) {
            await().until(() -> lists.statistics().working() == 41);
            var asked = new ArrayList<DomainName>();
            Dns counting =
                    (name, type) -> {
                        asked.add(name);
                        return GOOD.query(name, type);
                    };
            var questions =
                    lists.begin(
                            InetAddress.ofLiteral("192.0.2.1"),
                            question ->
                                    CompletableFuture.completedFuture(question.apply(counting)));
            assertThat(asked).containsExactly(DomainName.of("1.2.0.192.list.example"));
            asked.clear();
            var fields = new ArrayList<HeaderField>();
            for (int i = 0; i < 10; i++) {
                fields.add(
                        HeaderField.ofRaw(
                                ("VBR-Info: md=d" + i + ".example; mc=all; mv=c" + i + ".example")
                                        .getBytes(StandardCharsets.US_ASCII)));
            }
            var domains =
                    IntStream.range(0, 10)
                            .mapToObj(i -> DomainName.of("d" + i + ".example"))
                            .toList();
            questions.head(domains, new MessageHead(fields));
            assertThat(asked)
                    .hasSize(ListQuestions.MAX_DOMAINS + ListQuestions.MAX_VBR_FIELDS)
                    .contains(
                            DomainName.of("d3.example.list.example"),
                            DomainName.of("d3.example._vouch.c3.example"));
            asked.clear();
            var many =
                    new MessageHead(
                            List.of(
                                    HeaderField.ofRaw(
                                            ("VBR-Info: md=x.example; mc=all; mv="
                                                            + String.join(
                                                                    ":",
                                                                    IntStream.range(0, 12)
                                                                            .mapToObj(i ->
                                                                                    "c"
                                                                                            + i
                                                                                            + ".example")
                                                                            .toList()))
                                                    .getBytes(StandardCharsets.US_ASCII))));
            questions.head(List.of(), many);
            assertThat(asked).hasSize(ListQuestions.MAX_CERTIFIERS_ASKED);
        }
    }
}
