package tayori.dns;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Arrays;
import java.util.Locale;

/// What may stand in a label outside ASCII: RFC 5891 §4.2 and §5.4, RFC 5892 (code points), RFC 5893 (directions).
///
/// The classes of RFC 5892 §2 are worked out from the JDK's Unicode tables, as its §1 intends, so that new scripts need no
/// new table here. Two simplifications: for "unstable" code points lower case stands in for case folding, and a zero-width
/// non-joiner is allowed between letters of a joining script without looking at their joining types (appendix A.1).
final class ULabel {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    /// Signs that kill a vowel (canonical combining class 9), after which joiners are meaningful; sorted.
    private static final int[] VIRAMAS = {
        0x094d, 0x09cd, 0x0a4d, 0x0acd, 0x0b4d, 0x0bcd, 0x0c4d, 0x0ccd, 0x0d3b, 0x0d3c, 0x0d4d,
        0x0dca, 0x0e3a, 0x0eba, 0x0f84, 0x1039, 0x103a, 0x1714, 0x1734, 0x17d2, 0x1a60, 0x1b44,
        0x1baa, 0x1bab, 0x1bf2, 0x1bf3, 0x2d7f, 0xa806, 0xa8c4, 0xa953, 0xa9c0, 0xaaf6, 0xabed,
    };

    private ULabel() {}

    /// @param label not empty, in lower case and NFC
    static boolean isValid(String label) {
        int[] points = label.codePoints().toArray();
        if (points.length == 0 || points.length > 63) {
            return false; // each takes an octet at least
        }
        return hyphensAreInOrder(label)
                && !isMark(points[0]) // RFC 5891 §4.2.3.2
                && allAllowed(points)
                && directionsAreInOrder(points);
    }

    /// RFC 5891 §4.2.3.1.
    private static boolean hyphensAreInOrder(String label) {
        return !label.startsWith("-") && !label.endsWith("-") && !label.startsWith("--", 2);
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static boolean allAllowed(int[] points) {
        boolean arabicDigits = false;
        boolean extendedArabicDigits = false;
        for (int i = 0; i < points.length; i++) {
            if (!isAllowed(points, i)) {
                return false;
            }
            arabicDigits |= points[i] >= 0x660 && points[i] <= 0x669;
            extendedArabicDigits |= points[i] >= 0x6f0 && points[i] <= 0x6f9;
        }
        return !(arabicDigits && extendedArabicDigits); // RFC 5892 appendix A.8, A.9
    }

    /// RFC 5892 §3, in its order.
    private static boolean isAllowed(int[] points, int at) {
        int c = points[at];
        return switch (c) {
            // §2.6: exceptions that are valid …
            case 0xdf, 0x3c2, 0x6fd, 0x6fe, 0xf0b, 0x3007 -> true;
            // … and those that are not
            case 0x640, 0x7fa, 0x302e, 0x302f, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303b ->
                    false;
            // Appendix A: valid in their context
            case ZERO_WIDTH_NON_JOINER -> isAfterVirama(points, at) || joinsLetters(points, at);
            case ZERO_WIDTH_JOINER -> isAfterVirama(points, at);
            case 0xb7 -> isAt(points, at - 1, 'l') && isAt(points, at + 1, 'l');
            case 0x375 -> hasScript(points, at + 1, UnicodeScript.GREEK);
            case 0x5f3, 0x5f4 -> hasScript(points, at - 1, UnicodeScript.HEBREW);
            case 0x30fb -> Arrays.stream(points).anyMatch(ULabel::isJapanese);
            default -> c <= 0x7f ? isLetterDigitHyphen(c) : isLetterDigit(c);
        };
    }

    private static boolean isLetterDigitHyphen(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }

    private static boolean isLetterDigit(int c) {
        return switch ((byte) Character.getType(c)) {
            case Character.LOWERCASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK ->
                    !isIgnorable(c) && !isOldHangulJamo(c) && isStable(c);
            default -> false; // unassigned, symbols, punctuation, spaces, controls, private use,
                // capitals
        };
    }

    /// §2.3 and §2.4: invisible letters, marks for symbols, musical notation, variation selectors.
    private static boolean isIgnorable(int c) {
        return c == 0x34f
                || c == 0x115f
                || c == 0x1160
                || c == 0x17b4
                || c == 0x17b5
                || (c >= 0x180b && c <= 0x180f)
                || (c >= 0x20d0 && c <= 0x20ff)
                || c == 0x3164
                || (c >= 0xfe00 && c <= 0xfe0f)
                || c == 0xffa0
                || (c >= 0x1d100 && c <= 0x1d24f)
                || (c >= 0xe0000 && c <= 0xe0fff);
    }

    /// §2.9: the parts of Hangul syllables; modern Korean writes the syllables.
    private static boolean isOldHangulJamo(int c) {
        return (c >= 0x1100 && c <= 0x11ff)
                || (c >= 0xa960 && c <= 0xa97c)
                || (c >= 0xd7b0 && c <= 0xd7fb);
    }

    /// §2.2: does not turn into something else when case and compatibility forms are levelled.
    private static boolean isStable(int c) {
        String text = Character.toString(c);
        String levelled =
                Normalizer.normalize(
                        Normalizer.normalize(text, Form.NFKC).toLowerCase(Locale.ROOT), Form.NFKC);
        return levelled.equals(text);
    }

    private static boolean isAfterVirama(int[] points, int at) {
        return at > 0 && Arrays.binarySearch(VIRAMAS, points[at - 1]) >= 0;
    }

    private static boolean joinsLetters(int[] points, int at) {
        return isJoining(points, at - 1) && isJoining(points, at + 1);
    }

    private static boolean isJoining(int[] points, int at) {
        if (at < 0 || at >= points.length) {
            return false;
        }
        return switch (UnicodeScript.of(points[at])) {
            case ARABIC, SYRIAC, MANDAIC, NKO, MONGOLIAN -> Character.isLetter(points[at]);
            default -> false;
        };
    }

    private static boolean isAt(int[] points, int at, int c) {
        return at >= 0 && at < points.length && points[at] == c;
    }

    private static boolean hasScript(int[] points, int at, UnicodeScript script) {
        return at >= 0 && at < points.length && UnicodeScript.of(points[at]) == script;
    }

    private static boolean isJapanese(int c) {
        return switch (UnicodeScript.of(c)) {
            case HIRAGANA, KATAKANA, HAN -> true;
            default -> false;
        };
    }

    /// The six rules of RFC 5893 §2, for a label that holds anything written from right to left. The rules are put to this
    /// label only, not to its ASCII neighbours, which may well begin with a digit or `_`.
    private static boolean directionsAreInOrder(int[] points) {
        boolean anyRightToLeft = false;
        for (int c : points) {
            byte direction = Character.getDirectionality(c);
            anyRightToLeft |=
                    direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                            || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
                            || direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
        }
        if (!anyRightToLeft) {
            return true;
        }
        byte first = Character.getDirectionality(points[0]);
        if (first != Character.DIRECTIONALITY_RIGHT_TO_LEFT
                && first != Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC) {
            return false; // rules 1 and 5: one that begins from left to right holds nothing of the
            // other kind
        }
        boolean europeanDigits = false;
        boolean arabicDigits = false;
        boolean endsWell = false;
        for (int c : points) {
            switch (Character.getDirectionality(c)) {
                case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                        Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC ->
                        endsWell = true;
                case Character.DIRECTIONALITY_EUROPEAN_NUMBER -> {
                    europeanDigits = true;
                    endsWell = true;
                }
                case Character.DIRECTIONALITY_ARABIC_NUMBER -> {
                    arabicDigits = true;
                    endsWell = true;
                }
                case Character.DIRECTIONALITY_NONSPACING_MARK -> {} // rule 3: marks may follow
                // the end
                case Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR,
                        Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR,
                        Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR,
                        Character.DIRECTIONALITY_OTHER_NEUTRALS,
                        Character.DIRECTIONALITY_BOUNDARY_NEUTRAL ->
                        endsWell = false;
                default -> {
                    return false; // rule 2: nothing from left to right
                }
            }
        }
        return endsWell && !(europeanDigits && arabicDigits); // rules 3 and 4
    }
}
