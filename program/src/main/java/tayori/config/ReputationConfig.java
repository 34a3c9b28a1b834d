package tayori.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tayori.dns.DomainName;
import tayori.reputation.SenderClass;

/// What is remembered of senders.
public record ReputationConfig(
        @Doc(
                        value =
                                "Folder in which it is remembered how good senders are; made where it is missing. Unset: nothing is remembered.",
                        example = "/var/lib/tayori/reputation")
                Optional<FilePath> directory,
        @Doc(
                        value =
                                "The provider whose readers and traps this machine speaks for; the same on all its machines. Unset: `receiver.authservId`.",
                        example = "example.org")
                Optional<DomainName> provider,
        @Doc(
                        value =
                                "Hand what is seen here to a reputation operator, instead of keeping it in `directory`: the address of its interface.",
                        example =
                                "{url: \"https://rep.example.net/\", keyFile: /etc/tayori/operator.key}")
                Optional<OperatorConfig> operator,
        @Doc(
                        "How often what was seen is added up and handed on. This much traffic is lost when the program is killed; "
                                + "complaints are not added up and never lost.")
                @Range(min = "100ms", max = "1m")
                Duration flushInterval,
        @Doc(
                        "How often what changed is written from the log into the tables. Shorter means a faster start after a crash and more writing.")
                @Range(min = "1s", max = "1h")
                Duration checkpointInterval,
        @Doc(
                        "How long the names of batches are remembered, so that one that comes again counts once. A batch that comes later than that is refused.")
                @Range(min = "1h", max = "60d")
                Duration batchMemory,
        @Doc(
                        "Senders who proved their domain and named a contact. Without a registration no domain is whitelisted; nothing is ever "
                                + "held against one for not being here.")
                List<RegisteredConfig> registered) {
    public static final ReputationConfig DEFAULTS =
            new ReputationConfig(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30),
                    Duration.ofDays(7),
                    List.of());

    /// A reputation operator who takes evidence.
    public record OperatorConfig(
            @Doc("Its address; `https`, or `http` on this machine.") URI url,
            @Doc("File with the key that it gave us; nobody but its owner and group may read it.")
                    KeyFile keyFile) {}

    /// A sender who proved its domain.
    public record RegisteredConfig(
            @Doc("The domain and all below it.") DomainName domain,
            @Doc("What kind of sender it is.") SenderClass kind,
            @Doc("Whether its contact acts on opt-outs within its term.") boolean actsOnOptOuts,
            @Doc("Where complaints are sent.") String contact,
            @Doc("Kinds of mail that are vouched for (RFC 5518 §4.1). Empty: all.")
                    List<MailKind> mail) {}

    /// Kinds of mail, in the words of RFC 5518.
    public enum MailKind {
        LIST,
        TRANSACTION
    }
}
