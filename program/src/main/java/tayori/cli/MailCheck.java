package tayori.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Supplier;
import tayori.authentication.AuthenticationOptions;
import tayori.authentication.AuthenticationOptions.Extra;
import tayori.authentication.MailAuthenticator;
import tayori.dns.Dns;
import tayori.message.HeadLimits;
import tayori.message.HeadReading;
import tayori.message.MessageHead;
import tayori.message.MessageReader;
import tayori.message.ReceivedFrom;

/// Authenticates mails that lie in files.
final class MailCheck {
    /// Last second that `--now` takes: the end of the year 9999.
    static final long MAX_EPOCH_SECOND = 253_402_300_799L;

    /// What is known of the way here.
    ///
    /// @param client nothing where SPF is not to be checked
    /// @param fromReceived whether the topmost Received and Return-Path fields tell what is not given
    record Envelope(
            Optional<InetAddress> client,
            Optional<String> helo,
            Optional<String> mailFrom,
            boolean fromReceived) {
        /// The rest of it as the head tells, where that is wanted.
        Envelope completed(MessageHead head) {
            if (!fromReceived) {
                return this;
            }
            var received = ReceivedFrom.topmost(head);
            return new Envelope(
                    client.or(() -> received.map(ReceivedFrom::client)),
                    helo.or(() -> received.map(ReceivedFrom::helo)),
                    mailFrom.or(() ->
                            head.first("Return-Path")
                                    .map(field -> SpfCommand.withoutBrackets(field.unfolded()))),
                    true);
        }
    }

    private final MailAuthenticator authenticator;

    /// @param now the time that counts for signatures; the clock's where it is not given
    MailCheck(Dns dns, int questionsPerMail, Optional<Instant> now) {
        var defaults = AuthenticationOptions.DEFAULTS;
        var options =
                new AuthenticationOptions(
                        defaults.spf(),
                        defaults.dkim(),
                        defaults.arc(),
                        defaults.dmarc(),
                        questionsPerMail,
                        EnumSet.allOf(Extra.class));
        this.authenticator =
                new MailAuthenticator(
                        dns,
                        now.map(InstantSource::fixed).orElseGet(InstantSource::system),
                        options);
    }

    /// Reads one mail.
    ///
    /// @return waits for the DNS and says what came of it; may be called on another thread
    Supplier<CheckedMail> begin(String name, InputStream in, Envelope given, String authservId)
            throws IOException {
        var reader = new MessageReader(in, HeadLimits.DEFAULTS);
        return switch (reader.head()) {
            case HeadReading.TooLarge(var limit, int allowed) ->
                    () -> new CheckedMail.TooLarge(name, limit, allowed);
            case HeadReading.Read(var head, _) -> {
                var envelope = given.completed(head);
                var client =
                        envelope.client()
                                .map(authenticator::connect)
                                .orElseGet(authenticator::withoutClient);
                client.helo(envelope.helo().orElse(""));
                var mail = client.mail(envelope.mailFrom().orElse(""));
                mail.head(head);
                reader.body(mail::body);
                yield () -> new CheckedMail.Examined(name, mail.finish(), authservId);
            }
        };
    }
}
