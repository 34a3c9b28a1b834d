package tayori.config;

import java.util.List;
import tayori.dns.DomainName;
import tayori.lists.CodePattern;
import tayori.lists.OutsideList;
import tayori.receiver.Action;

/// What follows from a sender's reputation, where DMARC leaves a mail alone.
public record ReceiverReputationConfig(
        @Doc("What mail of a domain on our own list of bad senders gets.") Action onListed,
        @Doc("The same for mail that authenticates nothing, from a listed block of addresses.")
                Action onListedBlock,
        @Doc("What mail gets when other people's lists together weigh `elsewhereLimit` against it.")
                Action onListedElsewhere,
        @Doc("The weight that decides, against a sender or for it.")
                @Range(min = "1", max = "1000000")
                int elsewhereLimit,
        @Doc(
                        "What a domain's mail gets beyond what a domain so young may send a day; every day it may send twice as much.")
                Action onBeyondAllowance,
        @Doc("A score below this is low; 0: none is.") @Range(min = "0", max = "100") int minScore,
        @Doc("What mail of a low score gets.") Action onLowScore,
        @Doc("Whether a place on the whitelist spares a sender the last three.")
                boolean whitelistExempts,
        @Doc(
                        "Whether mail that fails DMARC is believed to be forwarded where a forwarder or list on our whitelist authenticates.")
                boolean trustForwarders,
        @Doc(
                        value =
                                "Recipients that nobody ever gave away: mail to them counts against its sender.",
                        example = "[trap1@example.org]")
                List<String> traps,
        @Doc(
                        "Lists of other people to ask as well. None is believed before it passes its own test.")
                List<ListConfig> lists,
        @Doc(
                        "Who is believed when it vouches for a domain (RFC 5518). Others that a mail names are not asked.")
                List<CertifierConfig> certifiers) {
    public static final ReceiverReputationConfig DEFAULTS =
            new ReceiverReputationConfig(
                    Action.JUNK,
                    Action.JUNK,
                    Action.ACCEPT,
                    100,
                    Action.ACCEPT,
                    0,
                    Action.JUNK,
                    true,
                    false,
                    List.of(),
                    List.of(),
                    List.of());

    /// A list that somebody else keeps in the DNS.
    public record ListConfig(
            @Doc("Our word for it, in log and header.") String name,
            @Doc("The zone it is asked under; may hold a key as its leftmost label.")
                    DomainName zone,
            @Doc("What it is a list of.") List<OutsideList.Subject> subjects,
            @Doc("What its answers mean; an answer that is not here means nothing.")
                    List<MeaningConfig> meanings,
            @Doc("Whether to ask for its own words as well (TXT).") boolean askWhy) {}

    /// What an answer of a list means.
    public record MeaningConfig(
            @Doc("The answers: four numbers or ranges with dots between.") CodePattern codes,
            @Doc("One word for it, in log and header.") String verdict,
            @Doc("Whether it speaks against a sender or for it.") Side speaks,
            @Doc("How much; `elsewhereLimit` decides alone.") @Range(min = "1", max = "1000000")
                    int weight) {}

    /// Whether something speaks against a sender or for it.
    public enum Side {
        AGAINST,
        FOR;

        /// The weight with its sign.
        public int of(int weight) {
            return this == FOR ? -weight : weight;
        }
    }

    /// One who vouches for domains.
    public record CertifierConfig(
            @Doc("Its domain, as senders name it.") DomainName domain,
            @Doc("How much its word speaks for a sender.") @Range(min = "1", max = "1000000")
                    int weight) {}
}
