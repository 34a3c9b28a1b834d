package tayori.repute;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import tayori.dns.ALabels;
import tayori.reputation.Identity;
import tayori.reputation.ListedFor;
import tayori.reputation.Published;

/// Answers questions about email identifiers with reputons (RFC 7071, RFC 7073).
///
/// Of a subject nothing is known but what its published entry says; what it does not say is not made up. An entry that
/// has expired is as good as none.
public final class ReputeService {
    /// The only application, or response set, that we have data for (RFC 7073 §4).
    public static final String APPLICATION = "email-id";

    /// RFC 7071 §7.1; it takes no parameters.
    public static final String MEDIA_TYPE = "application/reputon+json";

    /// How long "no data" may be kept: a subject that nobody knows may be known any minute, and the younger it is the
    /// lower this should be (RFC 7071 §5).
    public static final Duration NO_DATA_LIFE = Duration.ofMinutes(15);

    /// The complaint rate that half supports the assertion `spam`: the limit above which a domain is listed.
    static final double HALF_SUPPORT = 0.003;

    /// For OpenDKIM, where there is no limit to the messages a day; it has no word for that.
    static final long NO_LIMIT = Integer.MAX_VALUE;

    /// For OpenDKIM, of a listed domain. Not 0, which could be taken for "none set".
    static final long LISTED_LIMIT = 1;

    private final String rater;
    private final ReputeSource source;
    private final InstantSource clock;
    private final boolean openDkim;

    /// @param rater under which name we answer: our domain
    /// @param openDkim whether to write also what OpenDKIM's client reads: `identity` and `rate`, and where nothing is
    ///     known a reputon with a sample of none in place of the empty one, of which that client reads too much
    public ReputeService(String rater, ReputeSource source, InstantSource clock, boolean openDkim) {
        this.rater = rater;
        this.source = source;
        this.clock = clock;
        this.openDkim = openDkim;
    }

    /// Whoever is asked about.
    ///
    /// @param rated as it stands in the answer
    /// @param key in [ReputeSource]
    /// @param identities what may be said to be the place where it was found; the first where the asker does not say
    private record Subject(String rated, String key, List<SubjectIdentity> identities) {}

    public ReputeReply answer(ReputeQuery query) {
        if (!query.application().equalsIgnoreCase(APPLICATION)) {
            return new ReputeReply.UnknownApplication();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var subject = subject(query.subject());
        var identity = subject.flatMap(known -> identity(known, query.identity()));
        var rated =
                identity.isPresent()
                        ? source.find(subject.orElseThrow().key())
                                .filter(found -> found.published().expires().isAfter(now))
                        : Optional.<Rated>empty();
        var reputons = new ArrayList<Reputon>();
        for (var assertion : Assertion.values()) {
            if (rated.isPresent()
                    && (query.assertion().isEmpty()
                            || assertion.keyword().equalsIgnoreCase(query.assertion().get()))) {
                reputon(assertion, subject.orElseThrow(), identity, rated.get(), now)
                        .ifPresent(reputons::add);
            }
        }
        Instant expires =
                reputons.isEmpty() ? now.plus(NO_DATA_LIFE) : reputons.getFirst().expires();
        if (reputons.isEmpty() && openDkim && subject.isPresent()) {
            reputons.add(noData(subject.get(), identity, now, expires));
        }
        String list =
                reputons.isEmpty()
                        ? "{}"
                        : reputons.stream().map(Reputon::toJson).collect(Collectors.joining(","));
        return new ReputeReply.Answer(
                "{\"application\":\"" + APPLICATION + "\",\"reputons\":[" + list + "]}", expires);
    }

    private static Optional<Subject> subject(String text) {
        boolean looksLikeAddress = text.indexOf(':') >= 0 || dotted(text);
        if (looksLikeAddress) {
            if (text.indexOf('%') >= 0) {
                return Optional.empty(); // a zone of the asker's own host
            }
            try {
                var address = InetAddress.ofLiteral(text);
                return Optional.of(
                        new Subject(
                                address.getHostAddress(),
                                Identity.addressBlock(address).subject(),
                                List.of(
                                        address instanceof Inet4Address
                                                ? SubjectIdentity.IPV4
                                                : SubjectIdentity.IPV6)));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }
        return ALabels.toDomainName(text.toLowerCase(Locale.ROOT))
                .map(domain ->
                        new Subject(
                                domain.toString(),
                                domain.toString(),
                                List.of(
                                        SubjectIdentity.DKIM,
                                        SubjectIdentity.SPF,
                                        SubjectIdentity.FROM)));
    }

    /// Four numbers with dots: never read otherwise, so that `1` is no address.
    private static boolean dotted(String text) {
        return text.chars().filter(c -> c == '.').count() == 3
                && text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    private static Optional<SubjectIdentity> identity(Subject subject, Optional<String> asked) {
        if (asked.isEmpty()) {
            return Optional.of(subject.identities().getFirst());
        }
        return asked.flatMap(SubjectIdentity::of).filter(subject.identities()::contains);
    }

    private Optional<Reputon> reputon(
            Assertion assertion,
            Subject subject,
            Optional<SubjectIdentity> identity,
            Rated rated,
            Instant now) {
        var published = rated.published();
        var rating =
                switch (assertion) {
                    case ABUSIVE -> OptionalDouble.empty();
                    case FRAUD ->
                            listedFor(published, ListedFor.PHISHING, ListedFor.ABUSED_PHISHING);
                    case MALWARE ->
                            listedFor(published, ListedFor.MALWARE, ListedFor.ABUSED_MALWARE);
                    case INVALID_RECIPIENTS -> rated.invalidRecipients();
                    case SPAM ->
                            published.messages() > 0
                                    ? OptionalDouble.of(support(published.rate()))
                                    : OptionalDouble.empty();
                };
        if (rating.isEmpty()) {
            return Optional.empty();
        }
        boolean spam = assertion == Assertion.SPAM;
        return Optional.of(
                new Reputon(
                        rater,
                        assertion,
                        subject.rated(),
                        rating.getAsDouble(),
                        published.confidence(),
                        spam ? rated.normalRating() : OptionalDouble.empty(),
                        published.messages(),
                        now,
                        published.expires().truncatedTo(ChronoUnit.SECONDS),
                        identity,
                        rated.sources(),
                        openDkim ? OptionalLong.of(limit(published)) : OptionalLong.empty()));
    }

    /// How much a complaint rate supports the assertion `spam`: monotone, .25 at 0.1 %, .5 at 0.3 %.
    static double support(double rate) {
        return rate / (rate + HALF_SUPPORT);
    }

    /// A listing is all or nothing; not being listed is no data about it.
    private static OptionalDouble listedFor(Published published, ListedFor one, ListedFor other) {
        return published.listed().filter(why -> why == one || why == other).isPresent()
                ? OptionalDouble.of(1)
                : OptionalDouble.empty();
    }

    private static long limit(Published published) {
        if (published.listed().isPresent()) {
            return LISTED_LIMIT;
        }
        return published.allowance() < 0 ? NO_LIMIT : Math.min(published.allowance(), NO_LIMIT);
    }

    /// As good as an empty reputon (RFC 7071 §6.1).
    private Reputon noData(
            Subject subject, Optional<SubjectIdentity> identity, Instant now, Instant expires) {
        return new Reputon(
                rater,
                Assertion.SPAM,
                subject.rated(),
                0,
                0,
                OptionalDouble.empty(),
                0,
                now,
                expires,
                identity,
                OptionalInt.empty(),
                OptionalLong.of(NO_LIMIT));
    }
}
