package tayori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayCommandTest {
    /// Sunday, 22 November 2026, noon UTC.
    private static final String NOW = "1795348800";

    @TempDir Path folder;
    private Path maildir = Path.of("");
    private Path zone = Path.of("");

    @BeforeEach
    void archive() throws IOException {
        maildir = folder.resolve("Maildir");
        for (String sub : List.of("cur", "new", "tmp", ".Junk/cur", ".Junk/new", ".Sent/cur")) {
            Files.createDirectories(maildir.resolve(sub));
        }
        Files.writeString(maildir.resolve("dovecot-keywords"), "0 $Junk\n1 $NotJunk\n");
        Files.writeString(maildir.resolve(".Junk/dovecot-keywords"), "0 $Junk\n1 $NotJunk\n");
        Files.writeString(maildir.resolve("subscriptions"), "Junk\n");
        write("cur/1795300000.M1.host:2,S", mail(1, "good.example", "192.0.2.1"));
        write("cur/1795300000.M2.host:2,Sa", mail(2, "good.example", "192.0.2.1"));
        write("new/1795300000.M3.host", mail(3, "good.example", "192.0.2.1"));
        write(".Junk/cur/1795300000.M4.host:2,", mail(4, "bad.example", "192.0.2.2"));
        write(".Junk/cur/1795300000.M5.host:2,b", mail(5, "good.example", "192.0.2.1"));
        zone =
                Files.writeString(
                        folder.resolve("zone"),
                        """
                        good.example TXT "v=spf1 ip4:192.0.2.1 -all"
                        _dmarc.good.example TXT "v=DMARC1; p=reject"
                        bad.example TXT "v=spf1 ip4:192.0.2.2 -all"
                        """);
    }

    private void write(String name, String mail) throws IOException {
        Files.writeString(maildir.resolve(name), mail);
    }

    private static String mail(int number, String domain, String ip) {
        return """
        Return-Path: <bounce@%2$s>
        Delivered-To: reader@example.net
        Received: from mail.%2$s (mail.%2$s [%3$s]) by mx.example.net with ESMTP id %1$d; Sun, 22 Nov 2026 10:00:00 +0900
        From: news@%2$s
        Subject: %1$d

        Hello.
        """
                .formatted(number, domain, ip);
    }

    private CalledCommand replay(String... more) {
        return CalledCommand.of(
                Stream.concat(
                                Stream.of("replay", "--now", NOW, "--dns-file", zone.toString()),
                                Arrays.stream(more))
                        .toArray(String[]::new));
    }

    @Test
    void mailsBecomeEvidenceAndJunkComplaints() {
        var called = replay("--junk-is-spam", "--json", maildir.toString());
        assertThat(called.err()).isEmpty();
        assertThat(called.exitCode()).isEqualTo(ExitCode.OK);
        var json = called.json();
        assertThat(json.get("mails").intValue()).isEqualTo(5);
        assertThat(json.get("complaints").intValue()).as("a keyword and a folder").isEqualTo(2);
        assertThat(json.get("senders").intValue()).isEqualTo(2);
        var first = json.get("top").get(0);
        assertThat(first.get("subject").stringValue()).isEqualTo("good.example");
        assertThat(first.get("messages").intValue()).isEqualTo(4);
        assertThat(first.get("complaints").intValue()).isEqualTo(1);
        assertThat(first.get("published").stringValue()).isEqualTo("young");
    }

    @Test
    void withoutTheOptionNobodyComplained() {
        assertThat(replay("--json", maildir.toString()).json().get("complaints").intValue())
                .isEqualTo(0);
    }

    @Test
    void theTableIsForPeople() {
        var called = replay("--junk-is-spam", maildir.toString());
        assertThat(called.out())
                .contains(
                        "5 mails, 0 of them counted before; 2 complaints; 2 senders",
                        "good.example ")
                .doesNotContain("reader@example.net");
    }

    @Test
    void aStoreKeepsWhatWasCountedAndCountsNothingTwice() throws IOException {
        String store = folder.resolve("store").toString();
        replay("--store", store, maildir.toString());
        Files.move(
                maildir.resolve("new/1795300000.M3.host"),
                maildir.resolve(".Junk/cur/1795300000.M3.host:2,S"));
        var again = replay("--junk-is-spam", "--store", store, "--json", maildir.toString()).json();
        assertThat(again.get("knownAlready").intValue())
                .as("of the others their readers said something")
                .isEqualTo(1);
        var known = CalledCommand.of("reputation", "good.example", "--store", store, "--json");
        assertThat(known.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(known.json().at("/identities/0/messages").intValue()).isEqualTo(4);
        assertThat(known.json().at("/published/subject").stringValue()).isEqualTo("good.example");
        var words = CalledCommand.of("reputation", "good.example", "--store", store);
        assertThat(words.out()).contains("good.example  young", "for the whitelist", "lacks");
        assertThat(CalledCommand.of("reputation", "list", "--store", store).out())
                .contains("good.example", "bad.example");
        assertThat(CalledCommand.of("reputation", "list", "--listed", "--store", store).out())
                .isEmpty();
        assertThat(
                        CalledCommand.of(
                                        "reputation", "list", "--young", "--json", "--store", store)
                                .lines())
                .hasSize(2);
        assertThat(CalledCommand.of("reputation", "export", "--store", store).out())
                .startsWith(
                        "subject,listed,white,score,rate,messages,volume_alarm\nbad.example,,,");
        var zone = folder.resolve("rep.dnset");
        assertThat(
                        CalledCommand.of(
                                        "reputation",
                                        "export",
                                        "--format",
                                        "dnset",
                                        "--zone",
                                        "new.rep.example",
                                        "--output",
                                        zone.toString(),
                                        "--store",
                                        store)
                                .exitCode())
                .isEqualTo(ExitCode.OK);
        assertThat(Files.readString(zone))
                .contains("$SOA", "$NS", "ns.new.rep.example", "test :127.0.2.2");
    }

    @Test
    void aZoneNeedsItsNameAndAFile() {
        assertThat(
                        CalledCommand.of(
                                        "reputation",
                                        "export",
                                        "--format",
                                        "dnset",
                                        "--store",
                                        folder.toString())
                                .exitCode())
                .isEqualTo(ExitCode.NO_INPUT);
    }

    @Test
    void theResultsOfOurOwnServerNeedNoDns() throws IOException {
        Path mbox =
                Files.writeString(
                        folder.resolve("archive"),
                        "From x Sun Nov 22 10:00:00 2026\n"
                                + "Authentication-Results: mx.example.net; dkim=pass header.d=old.example\n"
                                + mail(1, "old.example", "192.0.2.9")
                                + "\nFrom x Sun Nov 22 10:00:00 2026\nX-Keywords: $Junk\n"
                                + "Authentication-Results: mx.example.net; dkim=pass header.d=old.example\n"
                                + mail(2, "old.example", "192.0.2.9"));
        var json =
                replay(
                                "--trust-results",
                                "mx.example.net",
                                "--junk-is-spam",
                                "--json",
                                mbox.toString())
                        .json();
        assertThat(json.at("/top/0/subject").stringValue()).isEqualTo("old.example");
        assertThat(json.at("/top/0/messages").intValue()).isEqualTo(2);
        assertThat(json.get("complaints").intValue()).isEqualTo(1);
    }

    @Test
    void whatCannotBeReadIsSaidAndTheRestIsRead() {
        var called = replay("--json", folder.resolve("nothing").toString(), maildir.toString());
        assertThat(called.exitCode()).isEqualTo(ExitCode.NO_INPUT);
        assertThat(called.err()).contains("no such file");
        assertThat(called.json().get("mails").intValue()).isEqualTo(5);
    }

    @Test
    void evidenceInAFileIsTakenOnce() throws IOException {
        String store = folder.resolve("store").toString();
        long hour = java.time.Instant.now().getEpochSecond() / 3_600;
        Path file =
                Files.writeString(
                        folder.resolve("evidence.jsonl"),
                        """
                        {"identity":"dkim:bulk.example","hour":%1$d,"counts":{"messages":5000,"complaints":200},"reporters":["0000000000000001","0000000000000002","0000000000000003"]}

                        {"identity":"address-block:192.0.2.0/24","hour":%1$d,"counts":{"messages":7}}
                        """
                                .formatted(hour - 1));
        for (int i = 0; i < 2; i++) {
            var called =
                    CalledCommand.of(
                            "reputation",
                            "import",
                            "--provider",
                            "isp",
                            "--store",
                            store,
                            file.toString());
            assertThat(called.err()).isEmpty();
            assertThat(called.exitCode()).isEqualTo(ExitCode.OK);
            assertThat(called.out()).startsWith("2 pieces of evidence");
        }
        var known =
                CalledCommand.of("reputation", "bulk.example", "--store", store, "--json").json();
        assertThat(known.at("/identities/0/messages").intValue()).isEqualTo(5000);
        assertThat(CalledCommand.of("reputation", "192.0.2.77", "--store", store).out())
                .contains("192.0.2.0/24", "messages    7 on 1 days");
        Files.writeString(file, "{\"identity\":\"dkim:a.example\",\"counts\":{}}\nnonsense\n");
        var refused =
                CalledCommand.of(
                        "reputation",
                        "import",
                        "--provider",
                        "isp",
                        "--store",
                        store,
                        file.toString());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FINDING);
        assertThat(refused.err()).contains("line 2: not JSON").contains("nothing was taken");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reputation",
                "reputation example.jp",
                "reputation a..b --store x",
                "reputation example.jp --server http://reputation.example --key-file x",
                "reputation example.jp --server https://reputation.example",
                "reputation list",
                "reputation list --store x --listed --white",
                "reputation export --store x --format xml",
                "reputation import --store x file",
                "replay",
                "replay --now -1 x",
                "replay --dns-file /nowhere x"
            })
    void mistakesAreUsageErrors(String line) {
        assertThat(CalledCommand.of(line.split(" ")).exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aStoreThatIsNotThereIsNoInput() {
        var called =
                CalledCommand.of(
                        "reputation", "a.example", "--store", folder.resolve("no").toString());
        assertThat(called.exitCode()).isEqualTo(ExitCode.NO_INPUT);
    }

    @Test
    void mailboxesAreFoundBelowAFolderAndLinksAreNotFollowed() throws IOException {
        Files.createSymbolicLink(maildir.resolve(".Loop"), maildir);
        assertThat(
                        MailFolders.below(folder).stream()
                                .map(name -> folder.relativize(Path.of(name)).toString()))
                .containsExactly("Maildir", "Maildir/.Junk", "Maildir/.Sent", "zone");
        Path deep = folder;
        for (int i = 0; i <= MailFolders.MAX_DEPTH; i++) {
            deep = deep.resolve("d");
        }
        Files.createDirectories(deep);
        assertThat(replay("--json", folder.resolve("d").toString()).exitCode())
                .isEqualTo(ExitCode.OK);
        Files.createDirectories(deep.resolve("d"));
        assertThat(replay(folder.resolve("d").toString()).exitCode()).isEqualTo(ExitCode.NO_INPUT);
    }
}
