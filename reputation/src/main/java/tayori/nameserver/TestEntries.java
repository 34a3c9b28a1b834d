package tayori.nameserver;

import java.util.ArrayList;
import java.util.List;
import tayori.publication.WireName;
import tayori.publication.ZoneKind;
import tayori.reputation.ListedFor;
import tayori.reputation.SenderClass;

/// The entries for testing that each zone has (RFC 5782 §5): `TEST`, and for each value that a zone can answer one more, named
/// by the octets that vary: `TEST-4.dbl` is 127.0.1.4, `TEST-2-1.dwl` is 127.0.2.1. One label cannot be a sender's domain, so
/// none of them hides one. `INVALID` is in no table and therefore never listed. For one thread.
final class TestEntries {
    private static final byte[] TEST = {4, 't', 'e', 's', 't'};
    private static final int DIGITS_AT = 6;

    private static final ListedFor[] LISTED = ListedFor.values();
    private static final SenderClass[] CLASSES = SenderClass.values();

    private int address;
    private String words = "";

    /// Whether the first label is a test entry of this zone.
    boolean find(ZoneKind zone, WireName name) {
        if (name.octet(0) < TEST.length - 1) {
            return false;
        }
        for (int i = 1; i < TEST.length; i++) {
            if (name.octet(i) != TEST[i]) {
                return false;
            }
        }
        if (name.octet(0) == TEST.length - 1) {
            main(zone);
            return true;
        }
        if (name.octet(TEST.length) != '-') {
            return false;
        }
        if (zone == ZoneKind.VOUCH) {
            return vouch(name);
        }
        int dash = DIGITS_AT;
        while (dash <= name.octet(0) && name.octet(dash) != '-') {
            dash++;
        }
        int firstNumber = number(name, DIGITS_AT, dash);
        int second = dash > name.octet(0) ? -1 : number(name, dash + 1, name.octet(0) + 1);
        return value(zone, firstNumber, second, dash <= name.octet(0));
    }

    /// The labels of all test entries of a zone, in lower case.
    static List<String> labels(ZoneKind zone) {
        var labels = new ArrayList<>(List.of("test"));
        switch (zone) {
            case DWL -> {
                for (var senderClass : CLASSES) {
                    for (int level = 1; level <= 3; level++) {
                        labels.add("test-" + senderClass.code() + "-" + level);
                    }
                }
            }
            case DBL -> {
                for (var listed : LISTED) {
                    labels.add("test-" + listed.code());
                }
            }
            case NEW -> {
                for (int hours = 2; hours <= 24; hours++) {
                    labels.add("test-" + hours);
                }
            }
            case REP -> {
                for (int score = 1; score <= 100; score++) {
                    labels.add("test-" + score);
                }
            }
            case SUP -> {}
            case VOUCH -> {
                for (String vouch : VOUCHES) {
                    labels.add("test-" + vouch);
                }
            }
        }
        return labels;
    }

    private void main(ZoneKind zone) {
        address =
                switch (zone) {
                    case DWL -> Codes.white(SenderClass.REGISTERED.code(), 3);
                    case DBL -> Codes.listed(ListedFor.SPAM.code());
                    case NEW -> Codes.young(0);
                    case REP -> Codes.score(100);
                    case SUP -> Codes.SUPPRESSED;
                    case VOUCH -> 0;
                };
        words = "all";
    }

    private boolean value(ZoneKind zone, int number, int second, boolean two) {
        return switch (zone) {
            case DWL -> {
                address = Codes.white(number, second);
                yield two && isClass(number) && second >= 1 && second <= 3;
            }
            case DBL -> {
                address = Codes.listed(number);
                yield !two && isReason(number);
            }
            case NEW -> {
                address = Codes.young(number);
                yield !two && number >= 2 && number <= 24;
            }
            case REP -> {
                address = Codes.score(number);
                yield !two && number >= 1 && number <= 100;
            }
            case SUP, VOUCH -> false;
        };
    }

    private static boolean isClass(int code) {
        for (var senderClass : CLASSES) {
            if (senderClass.code() == code) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReason(int code) {
        for (var listed : LISTED) {
            if (listed.code() == code) {
                return true;
            }
        }
        return false;
    }

    private boolean vouch(WireName name) {
        for (String each : VOUCHES) {
            if (each.length() == name.octet(0) - TEST.length && same(name, each)) {
                words = each.equals("list-transaction") ? "list transaction" : each;
                return true;
            }
        }
        return false;
    }

    private static final String[] VOUCHES = {"list", "transaction", "list-transaction"};

    private static boolean same(WireName name, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (name.octet(DIGITS_AT + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// @return -1 for anything but one to three digits without a leading zero
    private static int number(WireName name, int from, int to) {
        if (to <= from || to - from > 3 || (name.octet(from) == '0' && to - from > 1)) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = name.octet(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    int address() {
        return address;
    }

    /// For the zone of vouches.
    String words() {
        return words;
    }
}
