package tayori.dns;

import java.util.Optional;

/// Punycode: any string of code points as letters, digits and hyphens (RFC 3492). Lower case only; the case annotations of
/// its appendix A are not made, and not read.
final class Punycode {
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 0x80;

    /// Longest string taken in either direction; the effort grows with the square. A label is 63 octets long, and every
    /// code point takes at least one of them. Unit: code points or octets.
    static final int MAX_LENGTH = 128;

    private Punycode() {}

    /// RFC 3492 §6.3.
    ///
    /// @return nothing for more than [#MAX_LENGTH] code points
    static Optional<String> encode(String text) {
        int[] input = text.codePoints().limit(MAX_LENGTH + 1L).toArray();
        if (input.length > MAX_LENGTH) {
            return Optional.empty();
        }
        var output = new StringBuilder();
        for (int c : input) {
            if (c < INITIAL_N) {
                output.append((char) c);
            }
        }
        int basic = output.length();
        int handled = basic;
        if (basic > 0) {
            output.append('-');
        }
        int n = INITIAL_N;
        int delta = 0; // at most 0x110000 * 129, so it cannot overflow
        int bias = INITIAL_BIAS;
        while (handled < input.length) {
            int next = Integer.MAX_VALUE;
            for (int c : input) {
                if (c >= n && c < next) {
                    next = c;
                }
            }
            delta += (next - n) * (handled + 1);
            n = next;
            for (int c : input) {
                if (c < n) {
                    delta++;
                } else if (c == n) {
                    appendNumber(output, delta, bias);
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            n++;
        }
        return Optional.of(output.toString());
    }

    /// A number of variable length, least significant digit first. RFC 3492 §3.3.
    private static void appendNumber(StringBuilder output, int number, int bias) {
        int rest = number;
        for (int k = BASE; ; k += BASE) {
            int threshold = threshold(k, bias);
            if (rest < threshold) {
                output.append(digit(rest));
                return;
            }
            output.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    /// RFC 3492 §6.2.
    ///
    /// @return nothing for what is no Punycode: other characters, numbers that overflow, surrogates, more than
    ///     [#MAX_LENGTH] octets
    static Optional<String> decode(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int[] output = new int[text.length() + 1];
        int length = 0;
        int hyphen = text.lastIndexOf('-');
        for (int i = 0; i < hyphen; i++) {
            char c = text.charAt(i);
            if (c >= INITIAL_N) {
                return Optional.empty();
            }
            output[length++] = c;
        }
        long n = INITIAL_N;
        long i = 0;
        int bias = INITIAL_BIAS;
        for (int at = Math.max(0, hyphen + 1); at < text.length(); ) {
            long before = i;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = at < text.length() ? value(text.charAt(at++)) : -1;
                if (digit < 0) {
                    return Optional.empty();
                }
                i += digit * weight;
                if (i > Integer.MAX_VALUE) {
                    return Optional.empty();
                }
                int threshold = threshold(k, bias);
                if (digit < threshold) {
                    break;
                }
                weight *= BASE - threshold;
                if (weight > Integer.MAX_VALUE) {
                    return Optional.empty();
                }
            }
            bias = adapt((int) (i - before), length + 1, before == 0);
            n += i / (length + 1);
            i %= length + 1;
            if (n > Character.MAX_CODE_POINT || (n >= 0xd800 && n <= 0xdfff)) {
                return Optional.empty();
            }
            System.arraycopy(output, (int) i, output, (int) i + 1, length - (int) i);
            output[(int) i++] = (int) n;
            length++;
        }
        return Optional.of(new String(output, 0, length));
    }

    private static int threshold(int k, int bias) {
        return Math.clamp((long) k - bias, T_MIN, T_MAX);
    }

    /// RFC 3492 §6.1.
    private static int adapt(int delta, int points, boolean first) {
        int rest = first ? delta / DAMP : delta / 2;
        rest += rest / points;
        int k = 0;
        while (rest > (BASE - T_MIN) * T_MAX / 2) {
            rest /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * rest / (rest + SKEW);
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int value(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0' + 26;
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z' && c < INITIAL_N ? lower - 'a' : -1;
    }
}
