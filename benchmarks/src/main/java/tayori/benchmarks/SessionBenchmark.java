package tayori.benchmarks;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tayori.arc.ArcOptions;
import tayori.arc.ArcResult;
import tayori.arc.ArcSeal;
import tayori.arc.ArcSealer;
import tayori.arc.ArcVerifier;
import tayori.authentication.Authentication;
import tayori.authentication.AuthenticationOptions;
import tayori.authentication.MailAuthenticator;
import tayori.authres.AuthenticationResults;
import tayori.authres.ForgedResults;
import tayori.dkim.BodyHasher;
import tayori.dkim.DkimKeys;
import tayori.dmarc.AuthenticatedIdentifier;
import tayori.dmarc.AuthenticatedIdentifier.Outcome;
import tayori.dmarc.DmarcEvaluator;
import tayori.dmarc.DmarcOptions;
import tayori.dmarc.DmarcResult;
import tayori.dns.CacheLimits;
import tayori.dns.CachingDns;
import tayori.dns.DnsAnswer;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.dns.ZoneDns;
import tayori.message.AuthorDomains;
import tayori.message.HeadLimits;
import tayori.message.HeadReading;
import tayori.message.HeaderField;
import tayori.message.MessageHead;
import tayori.message.MessageReader;
import tayori.spf.SpfChecker;
import tayori.spf.SpfOptions;
import tayori.spf.SpfResult;

/// What is done for one mail of 1 KB, step by step and as a whole; the DNS is data or remembered.
@State(Scope.Benchmark)
public class SessionBenchmark {
    private static final int CHAIN = 3;

    private final Corpus corpus = new Corpus();
    private final Corpus.Mail mail = corpus.mails("1k").getFirst();
    private final MessageHead head = Corpus.head(mail.message());
    private final byte[] body = mail.message().body();
    private final InetAddress client = mail.client().address();
    private final String mailFrom = mail.envelope().sender().text();
    private final InstantSource clock = InstantSource.system();
    private final ZoneDns zone = corpus.zone();
    private final CachingDns cache = new CachingDns(zone, CacheLimits.DEFAULTS, clock);
    private final SpfChecker spf = new SpfChecker(zone, SpfOptions.DEFAULTS);
    private final DmarcEvaluator dmarc = new DmarcEvaluator(zone, DmarcOptions.TREE_WALK);
    private final DomainName author = DomainName.of(Corpus.domain(0));
    private final MailAuthenticator authenticator =
            new MailAuthenticator(cache, clock, AuthenticationOptions.DEFAULTS);
    private final Authentication done = authenticate();
    private final AuthenticationResults results = done.toResults("mx.receiver.example");
    private final MessageHead withResults = new MessageHead(List.of(results.toField()));
    private final ForgedResults forged = new ForgedResults(List.of("mx.receiver.example"));
    private final byte[] thirtyFields = thirtyFields();
    private final DkimKeys.Pair sealKey = DkimKeys.generateRsa(2048);
    private final MessageHead sealed = sealed();
    private final ArcVerifier arc =
            new ArcVerifier(
                    ZoneDns.builder().txt("arc._domainkey.example.net", sealKey.txt()).build(),
                    clock,
                    ArcOptions.DEFAULTS);

    @Benchmark
    public SpfResult spfWithInclude() {
        return spf.checkMailFrom(client, mailFrom, mail.client().helo());
    }

    @Benchmark
    public DmarcResult dmarcDiscoverAndEvaluate() {
        var discovery = dmarc.discover(author);
        return dmarc.evaluate(
                AuthorDomains.of(head),
                Optional.of(discovery),
                List.of(
                        AuthenticatedIdentifier.spf(author, Outcome.PASS),
                        AuthenticatedIdentifier.dkim(author, Outcome.PASS)));
    }

    @Benchmark
    public HeaderField writeAuthenticationResults() {
        return done.toResults("mx.receiver.example").toField();
    }

    @Benchmark
    public List<ForgedResults.Forged> readAuthenticationResults() {
        return forged.find(withResults);
    }

    @Benchmark
    public HeadReading readHeadOfThirtyFields() throws java.io.IOException {
        return new MessageReader(new ByteArrayInputStream(thirtyFields), HeadLimits.DEFAULTS)
                .head();
    }

    @Benchmark
    public ArcResult arcChainOfThree() {
        var hasher = new BodyHasher();
        var verification = arc.begin(sealed, hasher);
        hasher.update(body, 0, body.length);
        return verification.finish();
    }

    @Benchmark
    public DnsAnswer dnsFromCache() {
        return cache.query(author, RecordType.TXT);
    }

    @Benchmark
    public AuthenticationResults wholeMail() {
        return authenticate().toResults("mx.receiver.example");
    }

    private Authentication authenticate() {
        var session = authenticator.connect(client);
        session.helo(mail.client().helo());
        var inbound = session.mail(mailFrom);
        inbound.head(head);
        inbound.body(body, 0, body.length);
        return inbound.finish();
    }

    private byte[] thirtyFields() {
        var text = new StringBuilder();
        for (var field : head.fields()) {
            text.append(field).append("\r\n");
        }
        for (int i = head.fields().size(); i < 30; i++) {
            text.append("X-Field-").append(i).append(": some value or other\r\n\tfolded once\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private MessageHead sealed() {
        var sealer =
                new ArcSealer(
                        DomainName.of("example.net"),
                        DomainName.of("arc"),
                        sealKey.privateKey(),
                        ArcSealer.DEFAULT_HEADERS,
                        clock);
        var at = head;
        for (int i = 0; i < CHAIN; i++) {
            var hasher = new BodyHasher();
            var sealing = sealer.begin(at, hasher);
            hasher.update(body, 0, body.length);
            var status = i == 0 ? tayori.arc.ChainStatus.NONE : tayori.arc.ChainStatus.PASS;
            if (!(sealing.finish(results, status) instanceof ArcSeal.Sealed(_, var fields))) {
                throw new IllegalStateException("not sealed");
            }
            var next = new ArrayList<>(fields);
            next.addAll(at.fields());
            at = new MessageHead(next);
        }
        return at;
    }
}
