package tayori.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tayori.dns.DomainName;
import tayori.listen.ListenAddress;
import tayori.lists.CodePattern;
import tayori.receiver.Network;

/// The kinds of value a setting may have: how each is read, written and described.
final class Values {
    /// One kind of value.
    ///
    /// @param expectation what may stand there, for people
    /// @param reader the value, or nothing where the text is none
    private record Kind(String expectation, Function<String, Optional<? extends Object>> reader) {}

    private static final Map<Class<?>, Kind> KINDS =
            Map.ofEntries(
                    kind(boolean.class, "true or false", Values::truth),
                    kind(int.class, "a whole number", Values::integer),
                    kind(String.class, "text", text -> Optional.of(text).filter(t -> !t.isBlank())),
                    kind(Duration.class, "a time such as 500ms, 5s, 2m, 1h or 7d", Values::time),
                    kind(ByteSize.class, "a size such as 4096, 64KiB, 1MiB or 2GiB", Values::size),
                    kind(DomainName.class, "a domain name such as mx.example.org", Values::domain),
                    kind(
                            Network.class,
                            "a block of addresses such as 192.0.2.0/24 or 2001:db8::/32",
                            Network::parse),
                    kind(
                            ResolverAddress.class,
                            "an IP address such as 192.0.2.1, 192.0.2.1:5353 or [2001:db8::1]:53",
                            Values::resolver),
                    kind(
                            ListenAddress.class,
                            "an address such as 127.0.0.1:8891, [::1]:8891 or unix:/run/tayori.sock",
                            Values::listen),
                    kind(
                            CodePattern.class,
                            "return codes such as 127.0.1.2 or 127.0.4.0-40",
                            CodePattern::parse),
                    kind(URI.class, "an http or https address", Values::webAddress),
                    kind(FilePath.class, "the name of a file or folder", Values::path),
                    kind(
                            KeyFile.class,
                            "the name of a file",
                            text -> path(text).map(file -> new KeyFile(file.path()))));

    private static final Map<String, Long> TIME_UNITS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private static final Map<String, Long> SIZE_UNITS =
            Map.of("", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    private Values() {}

    private static Map.Entry<Class<?>, Kind> kind(
            Class<?> type,
            String expectation,
            Function<String, Optional<? extends Object>> reader) {
        return Map.entry(type, new Kind(expectation, reader));
    }

    static boolean isValue(Class<?> type) {
        return KINDS.containsKey(type) || type.isEnum() || type == TrustedSource.class;
    }

    /// What may stand there, for people.
    static String expectation(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + keywords(type);
        }
        if (type == TrustedSource.class) {
            return "a domain name, or a block of addresses such as 192.0.2.0/24";
        }
        return kind(type).expectation();
    }

    /// @return nothing where the text is no such value
    static Optional<? extends Object> parse(Class<?> type, String text) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> keyword(constant).equals(text))
                    .findFirst();
        }
        if (type == TrustedSource.class) {
            return source(text);
        }
        return kind(type).reader().apply(text);
    }

    /// The value as it would stand in a file, without quotes.
    static String write(Object value) {
        return switch (value) {
            case Enum<?> constant -> keyword(constant);
            case Duration time -> write(time);
            case ListenAddress.Tcp(var host, int port) ->
                    (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
            default -> value.toString();
        };
    }

    /// Advice for texts that are nearly right.
    static Optional<String> advice(Class<?> type, String text) {
        if (type == Network.class || type == TrustedSource.class) {
            return Network.meant(text).map(meant -> "did you mean " + meant + "?");
        }
        if ((type == ByteSize.class || type == Duration.class) && !text.isEmpty()) {
            String squeezed = text.replace(" ", "");
            String lower = squeezed.toLowerCase(Locale.ROOT);
            if (type == ByteSize.class) {
                for (String unit : new String[] {"k", "m", "g"}) {
                    int at = lower.indexOf(unit);
                    if (at > 0 && Literals.wholeNumber(lower.substring(0, at)).isPresent()) {
                        return Optional.of(
                                "did you mean "
                                        + lower.substring(0, at)
                                        + unit.toUpperCase(Locale.ROOT)
                                        + "iB?");
                    }
                }
            } else if (Literals.wholeNumber(squeezed).isPresent()) {
                return Optional.of("did you mean " + squeezed + "s?");
            }
        }
        if (type.isEnum() || type == boolean.class) {
            String lower = text.toLowerCase(Locale.ROOT);
            if (type == boolean.class) {
                return switch (lower) {
                    case "yes", "on" -> Optional.of("did you mean true?");
                    case "no", "off" -> Optional.of("did you mean false?");
                    default -> Optional.empty();
                };
            }
            return Nearest.to(
                            text,
                            Arrays.stream(type.getEnumConstants()).map(Values::keyword).toList())
                    .map(word -> "did you mean " + word + "?");
        }
        return Optional.empty();
    }

    private static Kind kind(Class<?> type) {
        Kind kind = KINDS.get(type);
        if (kind == null) {
            throw new IllegalStateException("no settings of " + type);
        }
        return kind;
    }

    static String keywords(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(Values::keyword)
                .collect(Collectors.joining(", "));
    }

    private static String keyword(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Letters, digits, hyphens and underscores: the DNS allows more (and so does [DomainName]), but nobody sets it.
    private static Optional<DomainName> domain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '-' && c != '_' && c != '.') {
                return Optional.empty();
            }
        }
        return DomainName.parse(text);
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> integer(String text) {
        return Literals.wholeNumber(text)
                .filter(number -> number <= Integer.MAX_VALUE)
                .map(Long::intValue);
    }

    private static Optional<Duration> time(String text) {
        return measured(text, TIME_UNITS).map(Duration::ofMillis);
    }

    private static Optional<ByteSize> size(String text) {
        return measured(text, SIZE_UNITS).map(ByteSize::new);
    }

    /// Digits, then a unit.
    private static Optional<Long> measured(String text, Map<String, Long> units) {
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        Long unit = units.get(text.substring(digits));
        if (unit == null) {
            return Optional.empty();
        }
        return Literals.wholeNumber(text.substring(0, digits))
                .filter(number -> number <= Long.MAX_VALUE / unit)
                .map(number -> number * unit);
    }

    private static String write(Duration time) {
        long millis = time.toMillis();
        for (String unit : new String[] {"d", "h", "m", "s"}) {
            long size = TIME_UNITS.getOrDefault(unit, 1L);
            if (millis >= size && millis % size == 0) {
                return millis / size + unit;
            }
        }
        return millis == 0 ? "0s" : millis + "ms";
    }

    /// With a host, and without a user or a fragment.
    private static Optional<URI> webAddress(String text) {
        try {
            var address = new URI(text);
            boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            return Optional.of(address)
                    .filter(_ -> web && address.getHost() != null)
                    .filter(_ -> address.getUserInfo() == null && address.getFragment() == null);
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static Optional<FilePath> path(String text) {
        try {
            return Optional.of(text).filter(t -> !t.isBlank()).map(Path::of).map(FilePath::new);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static Optional<ListenAddress> listen(String text) {
        if (text.startsWith("unix:")) {
            String path = text.substring("unix:".length());
            return path.startsWith("/") && path.length() > 1
                    ? Optional.of(new ListenAddress.Unix(Path.of(path)))
                    : Optional.empty();
        }
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            return Optional.empty();
        }
        return port(text.substring(colon + 1))
                .flatMap(port ->
                        host(text.substring(0, colon))
                                .map(host -> new ListenAddress.Tcp(host, port)));
    }

    /// A name, an IPv4 address, or an IPv6 address in brackets.
    private static Optional<String> host(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            String literal = text.substring(1, text.length() - 1);
            return literal.indexOf(':') >= 0 && Literals.address(literal).isPresent()
                    ? Optional.of(literal)
                    : Optional.empty();
        }
        return text.indexOf(':') < 0 && domain(text).isPresent()
                ? Optional.of(text)
                : Optional.empty();
    }

    private static Optional<Integer> port(String text) {
        return integer(text).filter(port -> port >= 1 && port <= 65_535);
    }

    private static Optional<ResolverAddress> resolver(String text) {
        if (Literals.address(text).isPresent()) {
            return Optional.of(new ResolverAddress(text, ResolverAddress.DNS_PORT));
        }
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            return Optional.empty();
        }
        return port(text.substring(colon + 1))
                .flatMap(port ->
                        host(text.substring(0, colon))
                                .filter(host -> Literals.address(host).isPresent())
                                .map(host -> new ResolverAddress(host, port)));
    }

    /// What holds only digits, dots, colons and a slash was meant as an address.
    private static Optional<TrustedSource> source(String text) {
        if (text.indexOf('/') >= 0 || Literals.address(text).isPresent()) {
            return Network.parse(text).map(TrustedSource.Block::new);
        }
        return domain(text).map(TrustedSource.Domain::new);
    }
}
