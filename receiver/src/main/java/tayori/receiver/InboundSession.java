package tayori.receiver;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tayori.arc.ArcSeal;
import tayori.arc.ArcSealing;
import tayori.authentication.Authentication;
import tayori.authentication.ClientSession;
import tayori.authentication.MailSession;
import tayori.authres.AuthenticationResults;
import tayori.lists.ListFinding;
import tayori.lists.ListQuestions;
import tayori.message.HeaderField;
import tayori.milter.ConnectInfo;
import tayori.milter.EnvelopeAddress;
import tayori.milter.Macros;
import tayori.milter.MilterFilter;
import tayori.milter.Modifications;
import tayori.milter.Reply;
import tayori.receipt.ReceiptIssuer;
import tayori.spf.ReceivedSpf;

/// One SMTP session as this receiver sees it, from the connection to the label on each mail, in the order of the
/// protocol.
final class InboundSession implements MilterFilter {
    private final Receiver receiver;
    private final Macros macros;

    private @Nullable ClientSession client;
    private Optional<InetAddress> address = Optional.empty();
    private String helo = "";
    private @Nullable InboundMail mail;

    InboundSession(Receiver receiver, Macros macros) {
        this.receiver = receiver;
        this.macros = macros;
    }

    /// The mail in progress.
    private static final class InboundMail {
        final String mailFrom;
        final @Nullable MailSession session;
        final IncomingHead head;
        final Recipients recipients = new Recipients();
        final Optional<ListQuestions> lists;
        final long began = System.nanoTime();
        Optional<ArcSealing> sealing = Optional.empty();

        InboundMail(
                String mailFrom,
                @Nullable MailSession session,
                IncomingHead head,
                Optional<ListQuestions> lists) {
            this.mailFrom = mailFrom;
            this.session = session;
            this.head = head;
            this.lists = lists;
        }
    }

    @Override
    public Reply connect(ConnectInfo info) {
        address = info.address();
        client = address.filter(a -> !isOurs(a)).map(receiver.authenticator::connect).orElse(null);
        return Reply.CONTINUE;
    }

    private boolean isOurs(InetAddress candidate) {
        for (var network : receiver.options.ownNetworks()) {
            if (network.contains(candidate)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Reply helo(String name) {
        helo = name;
        if (client != null) {
            client.helo(name);
        }
        return Reply.CONTINUE;
    }

    /// SPF and lists of addresses are asked from here on. Mail of a local program, of our own networks and of users who
    /// signed in is not examined; what it claims about itself in our name goes all the same.
    @Override
    public Reply mail(EnvelopeAddress sender, List<String> arguments) {
        boolean signedIn = macros.get("{auth_authen}").filter(user -> !user.isEmpty()).isPresent();
        var session = client == null || signedIn ? null : client.mail(sender.text());
        mail =
                new InboundMail(
                        sender.text(),
                        session,
                        new IncomingHead(receiver.options.headLimits()),
                        askLists(session));
        return Reply.CONTINUE;
    }

    private Optional<ListQuestions> askLists(@Nullable MailSession session) {
        return session == null || address.isEmpty()
                ? Optional.empty()
                : receiver.surroundings
                        .lists()
                        .map(lists -> lists.begin(address.get(), session::beside));
    }

    /// Who must have agreed before this mail is filtered.
    @Override
    public Reply recipient(EnvelopeAddress recipient, List<String> arguments) {
        current().recipients.add(recipient, arguments);
        return Reply.CONTINUE;
    }

    @Override
    public Reply header(byte[] name, byte[] value) {
        current().head.add(name, value);
        return Reply.CONTINUE;
    }

    /// Keys, policies and lists of domains are asked for from here on, while the body streams.
    @Override
    public Reply endOfHeaders() {
        var current = current();
        if (current.session != null && !current.head.tooLarge()) {
            var head = current.head.head();
            current.session.head(head);
            current.lists.ifPresent(lists -> lists.head(current.session.claimedDomains(), head));
            current.sealing =
                    receiver.sealer.map(sealer -> sealer.begin(head, current.session.bodyHasher()));
        }
        return Reply.CONTINUE;
    }

    @Override
    public Reply body(byte[] buffer, int offset, int length) {
        var current = current();
        if (current.session != null && !current.head.tooLarge()) {
            current.session.body(buffer, offset, length);
        }
        return Reply.CONTINUE;
    }

    /// The mail is complete: results, decision, labels.
    @Override
    public Reply endOfMessage(Modifications modifications) {
        var current = current();
        mail = null;
        removeForged(current, modifications);
        if (current.session == null) {
            return settle(current, Optional.empty(), Decision.accept(Reason.OWN_CLIENT));
        }
        if (current.head.tooLarge()) {
            var advised = receiver.options.rules().decideTooLarge(current.head.limitBroken());
            var decision = receiver.filtering.apply(advised, current.recipients, modifications);
            label(decision, modifications);
            modifications.insertHeader(
                    0,
                    AuthenticationResults.FIELD_NAME,
                    valueOf(
                            new AuthenticationResults(receiver.options.authservId(), List.of())
                                    .toField()));
            return settle(current, Optional.empty(), decision);
        }
        var authentication = current.session.finish();
        var sender = identify(authentication, current.session);
        var findings = answers(current, sender);
        var standing = receiver.standing(sender, findings);
        var advised = receiver.options.rules().decide(authentication, standing);
        var decision = receiver.filtering.apply(advised, current.recipients, modifications);
        receiver.count(sender, current.recipients, decision);
        var results = results(authentication, findings);
        // The last one inserted stands on top: results, then the seal, Received-SPF, our labels,
        // the
        // receipt.
        addReceipt(current, sender, modifications);
        label(standing, modifications);
        label(decision, modifications);
        if (receiver.options.addReceivedSpf()) {
            insert(receivedSpf(authentication), modifications);
        }
        current.sealing.ifPresent(sealing -> {
            switch (sealing.finish(results, authentication.arc().status())) {
                case ArcSeal.Sealed(_, var fields) ->
                        fields.reversed().forEach(field -> insert(field, modifications));
                case ArcSeal.Refused _ -> {
                    // a chain that cannot be continued is passed on as it is (RFC 8617 §5.1)
                }
            }
        });
        insert(results.toField(), modifications);
        if (decision.action() == Action.HOLD) {
            modifications.quarantine(decision.reason().keyword());
        }
        return settle(current, Optional.of(authentication), decision);
    }

    /// Who answers for this mail. DMARC need not have looked for the author's organizational domain, to which evidence
    /// belongs as well: otherwise a record at every subdomain would keep it clean.
    private SenderIdentities identify(Authentication authentication, MailSession session) {
        var findings = authentication.dmarc().findings();
        boolean look =
                receiver.surroundings.evidence().isPresent()
                        && findings.applied().isPresent()
                        && findings.organizationalDomain().isEmpty();
        return SenderIdentities.of(
                authentication,
                look ? findings.author().flatMap(session::organizationalDomain) : Optional.empty());
    }

    /// What lists say of those who proved to be the sender.
    private static List<ListFinding> answers(InboundMail current, SenderIdentities sender) {
        return current.lists
                .map(lists -> lists.finish(sender.domains(), sender.signers()))
                .orElse(List.of());
    }

    /// The results of all methods, then what lists say.
    private AuthenticationResults results(
            Authentication authentication, List<ListFinding> findings) {
        var results = authentication.toResults(receiver.options.authservId());
        var all = new ArrayList<>(results.results());
        findings.forEach(finding -> finding.toResult().ifPresent(all::add));
        return new AuthenticationResults(results.authservId(), all);
    }

    private Reply settle(
            InboundMail current, Optional<Authentication> authentication, Decision decision) {
        var elapsed = Duration.ofNanos(System.nanoTime() - current.began);
        receiver.metrics.count(authentication, decision, elapsed);
        String queueId = macros.get("i").orElse("");
        receiver.log.write(
                queueId, address, helo, current.mailFrom, authentication, decision, elapsed);
        return receiver.replies.to(decision, authentication, queueId);
    }

    /// Our name in a stranger's mouth (RFC 8601 §5), and labels that we did not write.
    private void removeForged(InboundMail current, Modifications modifications) {
        for (var forged : receiver.forgedResults.find(current.head.head())) {
            modifications.deleteHeader(forged.index(), AuthenticationResults.FIELD_NAME);
        }
        for (int occurrence : current.head.unreadResults()) {
            modifications.deleteHeader(occurrence, AuthenticationResults.FIELD_NAME);
        }
        for (int occurrence = 1; occurrence <= current.head.decisions(); occurrence++) {
            modifications.deleteHeader(occurrence, DecisionLabel.FIELD_NAME);
        }
        for (int occurrence = 1; occurrence <= current.head.reputations(); occurrence++) {
            modifications.deleteHeader(occurrence, ReputationLabel.FIELD_NAME);
        }
        for (int occurrence = 1; occurrence <= current.head.receipts(); occurrence++) {
            modifications.deleteHeader(occurrence, ReceiptIssuer.FIELD_NAME);
        }
    }

    /// The readers' proof that this mail was delivered to them here, without which nobody believes a complaint.
    private void addReceipt(
            InboundMail current, SenderIdentities sender, Modifications modifications) {
        receiver.surroundings
                .receipts()
                .flatMap(receipts ->
                        receipts.issue(
                                current.head.head(),
                                sender.inOrder(),
                                current.recipients.addresses(),
                                receiver.surroundings.clock().instant()))
                .ifPresent(receipt ->
                        modifications.insertHeader(0, ReceiptIssuer.FIELD_NAME, folded(receipt)));
    }

    /// A line for each tag (RFC 5322 §2.2.3).
    private static String folded(String receipt) {
        return " " + receipt.replace("; ", ";\r\n\t");
    }

    private void label(SenderStanding standing, Modifications modifications) {
        if (receiver.surroundings.reputation().isPresent()) {
            modifications.insertHeader(
                    0, ReputationLabel.FIELD_NAME, ReputationLabel.value(standing));
        }
    }

    private static void label(Decision decision, Modifications modifications) {
        modifications.insertHeader(0, DecisionLabel.FIELD_NAME, DecisionLabel.value(decision));
    }

    private HeaderField receivedSpf(Authentication authentication) {
        return ReceivedSpf.field(
                authentication.spf(),
                authentication.client(),
                authentication.mailFrom(),
                authentication.helo(),
                receiver.options.authservId());
    }

    private static void insert(HeaderField field, Modifications modifications) {
        modifications.insertHeader(0, field.name(), valueOf(field));
    }

    /// All that follows the colon, as octets: what is sealed must arrive as it was sealed.
    private static byte[] valueOf(HeaderField field) {
        byte[] raw = field.raw();
        return Arrays.copyOfRange(raw, field.colon() + 1, raw.length);
    }

    private InboundMail current() {
        var current = mail;
        if (current == null) {
            throw new IllegalStateException("the MTA sent parts of a mail before MAIL FROM");
        }
        return current;
    }

    @Override
    public void abort() {
        mail = null;
    }
}
