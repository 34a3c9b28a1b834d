package tayori.lists;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import tayori.dns.Dns;
import tayori.dns.DomainName;
import tayori.lists.ListAnswer.NoAnswer;
import tayori.lists.ListFinding.Kind;
import tayori.lists.OutsideList.Subject;
import tayori.message.MessageHead;

/// The questions about one mail, asked while it comes and answered at its end. Used by one thread at a time.
public final class ListQuestions {
    /// Most domains of one mail that lists are asked about; a stranger writes the signatures.
    static final int MAX_DOMAINS = 4;

    /// Most `VBR-Info` fields read of one mail.
    static final int MAX_VBR_FIELDS = 4;

    /// Most certifiers asked for one mail.
    static final int MAX_CERTIFIERS_ASKED = 4;

    /// Asks within the budget of one mail, without waiting.
    @FunctionalInterface
    public interface Asking {
        Future<ListAnswer> ask(Function<Dns, ListAnswer> question);
    }

    private record Question(
            String list,
            DomainName zone,
            Kind kind,
            String subject,
            Future<ListAnswer> answer,
            long askedAt) {}

    private final OutsideLists lists;
    private final Asking asking;
    private final List<Question> questions = new ArrayList<>();

    ListQuestions(OutsideLists lists, Asking asking) {
        this.lists = lists;
        this.asking = asking;
    }

    /// Asks about the client.
    void client(InetAddress address) {
        var subject = address.getAddress().length == 4 ? Subject.IPV4 : Subject.IPV6;
        for (var list : lists.working(subject)) {
            ListNames.of(address, list.zone())
                    .ifPresent(name -> ask(list, Kind.CLIENT, address.getHostAddress(), name));
        }
    }

    /// Asks about the domains that a mail claims, and those who are said to vouch for it; which of them authenticate is
    /// known at the end.
    ///
    /// @param claimed most important first; those beyond [#MAX_DOMAINS] are passed over
    public void head(Collection<DomainName> claimed, MessageHead head) {
        var domains = claimed.stream().distinct().limit(MAX_DOMAINS).toList();
        for (var list : lists.working(Subject.DOMAIN)) {
            for (var domain : domains) {
                list.zone()
                        .below(domain.toString())
                        .ifPresent(name -> ask(list, Kind.DOMAIN, domain.toString(), name));
            }
        }
        if (lists.hasCertifiers()) {
            vouching(head);
        }
    }

    private void vouching(MessageHead head) {
        var asked = new HashSet<List<DomainName>>();
        for (var field : head.all("VBR-Info").stream().limit(MAX_VBR_FIELDS).toList()) {
            var info = VbrInfo.parse(field.unfolded());
            if (info.isEmpty()) {
                continue;
            }
            for (var name : info.get().certifiers()) {
                var certifier = lists.certifier(name);
                boolean wanted =
                        certifier.isPresent()
                                && asked.size() < MAX_CERTIFIERS_ASKED
                                && asked.add(List.of(info.get().domain(), name));
                if (wanted) {
                    add(
                            name.toString(),
                            name,
                            Kind.VOUCHING,
                            info.get().domain().toString(),
                            asking.ask(dns -> VbrAnswers.ask(dns, certifier.get(), info.get())));
                }
            }
        }
    }

    private void ask(OutsideList list, Kind kind, String subject, DomainName name) {
        add(
                list.name(),
                list.zone(),
                kind,
                subject,
                asking.ask(dns -> ListAnswers.ask(dns, list, name)));
    }

    private void add(
            String list, DomainName zone, Kind kind, String subject, Future<ListAnswer> answer) {
        questions.add(new Question(list, zone, kind, subject, answer, System.nanoTime()));
    }

    /// Waits for what is still being asked, no longer than the time limit allows.
    ///
    /// @param authenticated domains of any kind that proved to be the sender's; nothing is said about others
    /// @param signers those of them whose DKIM signature verified: the only ones whom a certifier vouches for here
    ///     (RFC 5518 §7.1)
    /// @throws IllegalStateException if this thread is interrupted, as the MTA's server does with work that takes too
    ///     long
    public List<ListFinding> finish(Set<DomainName> authenticated, Set<DomainName> signers) {
        var proven = names(authenticated);
        var signing = names(signers);
        var findings = new ArrayList<ListFinding>(questions.size());
        for (var question : questions) {
            boolean counts =
                    switch (question.kind()) {
                        case CLIENT -> true;
                        case DOMAIN -> proven.contains(question.subject());
                        case VOUCHING -> signing.contains(question.subject());
                    };
            // What is not waited for goes on by itself, so that the cache knows it for the next
            // mail.
            if (counts) {
                findings.add(
                        new ListFinding(
                                question.list(),
                                question.zone(),
                                question.kind(),
                                question.subject(),
                                await(question)));
            }
        }
        return findings;
    }

    private static Set<String> names(Set<DomainName> domains) {
        var names = new HashSet<String>();
        domains.forEach(domain -> names.add(domain.toString()));
        return names;
    }

    private ListAnswer await(Question question) {
        long passed = System.nanoTime() - question.askedAt();
        try {
            return question.answer()
                    .get(Math.max(0, lists.timeLimit().toNanos() - passed), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return new NoAnswer("no answer within " + seconds(lists.timeLimit()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for lists", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() / 1_000.0 + " s";
    }
}
