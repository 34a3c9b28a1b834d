package tayori.reputation;

import java.util.List;

/// What the whitelist rule says of one identity, item by item.
///
/// @param requirements all of them, in a fixed order
/// @param level 1 to 3, that it has or would have if nothing were missing; 0 when the rate is not low enough
public record Whitelisting(List<Requirement> requirements, int level) {
    /// @param has what there is: a rate, a share or a number; 1 or 0 for yes and no
    /// @param needs what is asked for, in the same unit
    public record Requirement(Item item, boolean met, double has, double needs) {
        /// "complaint rate certainly below 0.1 %: it may be 0.25 %"
        public String words() {
            return switch (item) {
                case AUTHOR_DOMAIN -> "mail is authenticated as the author domain's: " + yes();
                case RATE ->
                        "complaint rate certainly below %s: it may be %s"
                                .formatted(Sentence.percent(needs), Sentence.percent(has));
                case RATE_WITHOUT_ANY_PROVIDER ->
                        "the same without any one provider: it may be %s"
                                .formatted(Sentence.percent(has));
                case PROVIDERS ->
                        "seen by at least %.0f providers that hand on complaints: %.0f"
                                .formatted(needs, has);
                case ACTIVE_DAYS -> "active on at least %.0f days: %.0f".formatted(needs, has);
                case AUTHENTICATION ->
                        "passes DMARC for at least %s: %s"
                                .formatted(Sentence.percent(needs), Sentence.percent(has));
                case REGISTRATION -> "registered, with a contact: " + yes();
                case ACTS_ON_OPT_OUTS -> "the contact acts on opt-outs within its term: " + yes();
                case NO_VOLUME_ALARM -> "no sudden volume: " + yes();
                case NOT_LISTED -> "not listed: " + yes();
            };
        }

        private String yes() {
            return met ? "yes" : "no";
        }
    }

    /// What is asked.
    public enum Item {
        AUTHOR_DOMAIN,
        RATE,
        RATE_WITHOUT_ANY_PROVIDER,
        PROVIDERS,
        ACTIVE_DAYS,
        AUTHENTICATION,
        REGISTRATION,
        ACTS_ON_OPT_OUTS,
        NO_VOLUME_ALARM,
        NOT_LISTED
    }

    public Whitelisting {
        requirements = List.copyOf(requirements);
    }

    public boolean granted() {
        return requirements.stream().allMatch(Requirement::met);
    }

    /// What is lacking.
    public List<Requirement> missing() {
        return requirements.stream().filter(requirement -> !requirement.met()).toList();
    }
}
