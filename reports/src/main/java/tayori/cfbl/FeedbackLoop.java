package tayori.cfbl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tayori.dns.DomainName;

/// Whether a complaint about a mail may be sent back by way of `CFBL-Address`, and where to (RFC 9477 §3.1).
///
/// Without this check anybody could aim the complaints about a million mails at a stranger.
public sealed interface FeedbackLoop {
    /// Reports may be sent, one to each address (§3.2).
    ///
    /// @param addresses in the order they stand, at least one
    /// @param feedbackId goes back with the report
    record Wanted(List<CfblAddress> addresses, Optional<FeedbackId> feedbackId)
            implements FeedbackLoop {
        public Wanted {
            addresses = List.copyOf(addresses);
        }
    }

    /// No report may be sent.
    ///
    /// @param reason why, for people
    record None(String reason) implements FeedbackLoop {}

    /// Most `CFBL-Address` fields of one mail that are looked at; a mail with more gets no report. Ours: two are a sender
    /// and its provider, and every one is a mail that we would send.
    int MAX_ADDRESSES = 4;

    /// Decides for one mail.
    ///
    /// An address is vouched for when its domain is the author's or lies below it and the author's domain signed both
    /// fields (§3.1.1, §3.1.2); or when the domain of the address signed both fields and the author's domain signed the
    /// mail (§3.1.3), whose signature need not cover the fields, because a provider may add them to a mail that came
    /// signed.
    ///
    /// @param author domain in From
    /// @param addresses values of the `CFBL-Address` fields, topmost first
    /// @param feedbackIds values of the `CFBL-Feedback-ID` fields, topmost first
    /// @param signatures those that verified
    static FeedbackLoop decide(
            DomainName author,
            List<String> addresses,
            List<String> feedbackIds,
            List<Vouching> signatures) {
        if (addresses.isEmpty()) {
            return new None("no CFBL-Address");
        }
        if (addresses.size() > MAX_ADDRESSES) {
            return new None("more than " + MAX_ADDRESSES + " CFBL-Address fields");
        }
        if (feedbackIds.size() > 1) {
            return new None("several CFBL-Feedback-ID fields");
        }
        var id = feedbackIds.stream().findFirst().flatMap(FeedbackId::read);
        if (id.isEmpty() && !feedbackIds.isEmpty()) {
            return new None("a CFBL-Feedback-ID that breaks RFC 9477 §5.2");
        }
        var covering =
                signatures.stream()
                        .filter(s -> s.covers(CfblAddress.FIELD, addresses.size()))
                        .filter(s -> s.covers(FeedbackId.FIELD, feedbackIds.size()))
                        .toList();
        var vouchedFor = new ArrayList<CfblAddress>();
        for (String value : addresses) {
            CfblAddress.parse(value)
                    .filter(address -> isVouchedFor(address.domain(), author, covering, signatures))
                    .ifPresent(vouchedFor::add);
        }
        return vouchedFor.isEmpty()
                ? new None("no valid signature vouches for a usable CFBL-Address")
                : new Wanted(vouchedFor, id);
    }

    private static boolean isVouchedFor(
            DomainName address,
            DomainName author,
            List<Vouching> covering,
            List<Vouching> signatures) {
        if (address.isWithin(author)) {
            return covering.stream().anyMatch(s -> s.matches(author));
        }
        return covering.stream().anyMatch(s -> s.matches(address))
                && signatures.stream().anyMatch(s -> s.matches(author));
    }
}
