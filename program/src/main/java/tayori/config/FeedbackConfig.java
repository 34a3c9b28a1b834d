package tayori.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tayori.dns.DomainName;
import tayori.listen.ListenAddress;
import tayori.receiver.Network;

/// How readers are heard.
public record FeedbackConfig(
        @Doc(
                        value =
                                "Folder in which complaints are kept; made where it is missing. Unset: readers are not heard here.",
                        example = "/var/lib/tayori/feedback")
                Optional<FilePath> directory,
        @Doc(
                        value =
                                "File with the keys of receipts, a name and 32 octets in base64 on each line: the first makes receipts, all are believed. "
                                        + "The same on all receivers of one provider, and nobody else's. Unset: one is made in `directory`; without that, "
                                        + "mail gets no receipts.",
                        example = "/etc/tayori/receipt.keys")
                Optional<KeyFile> receiptKeyFile,
        @Doc("How long after a mail arrived its reader may complain.")
                @Range(min = "1h", max = "60d")
                Duration window,
        @Doc("How long a complaint is kept. No address, subject or body ever is.")
                @Range(min = "1d", max = "3650d")
                Duration keepFor,
        @Doc(
                        value =
                                "Domain to whose addresses readers forward mail as an attachment: `spam@`, `phishing@`, `virus@`, `not-spam@`, "
                                        + "`unsubscribe@`. Unset: no complaints by mail.",
                        example = "report.example.org")
                Optional<DomainName> mailDomain,
        @Doc("Addresses to take such mail at over LMTP, from your own MTA. Empty: off.")
                List<ListenAddress> lmtp,
        @Doc(
                        "Machines that hand such mail in and have made sure that the envelope sender is who signed in. Nobody else is believed.")
                List<Network> networks) {
    public static final FeedbackConfig DEFAULTS =
            new FeedbackConfig(
                    Optional.empty(),
                    Optional.empty(),
                    Duration.ofDays(30),
                    Duration.ofDays(90),
                    Optional.empty(),
                    List.of(),
                    List.of());
}
