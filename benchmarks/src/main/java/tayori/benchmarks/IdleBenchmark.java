package tayori.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import tayori.milter.client.MilterClient;

/// What milter connections take while nothing happens on them: each has negotiated and seen one mail of 1 KB.
final class IdleBenchmark {
    private final int connections;
    private final PrintStream out;
    private final Corpus corpus = new Corpus();

    IdleBenchmark(int connections, PrintStream out) {
        this.connections = connections;
        this.out = out;
    }

    void run(Path home, Path folder, boolean privateNetwork) throws IOException {
        var open = new ArrayList<MilterClient>();
        try (var dns = DnsServer.start(corpus, folder, privateNetwork);
                var filter = new Filters(home, folder, dns.address()).start("tayori")) {
            double before = filter.memoryMib();
            var mails = corpus.mails("1k");
            for (int i = 0; i < connections; i++) {
                var client =
                        MilterClient.connect(filter.chain().getFirst(), Duration.ofSeconds(30));
                open.add(client);
                var mail = mails.get(i % mails.size());
                client.send(mail.client(), mail.envelope(), mail.message());
            }
            double after = filter.memoryMib();
            var table = new Table("idle connections", "memory MiB", "KiB a connection");
            table.row("0", Table.number(before), "–");
            table.row(
                    Table.number(connections),
                    Table.number(after),
                    Table.number((after - before) * 1024 / connections));
            out.println(table);
        } finally {
            for (var client : open) {
                client.close();
            }
        }
    }
}
