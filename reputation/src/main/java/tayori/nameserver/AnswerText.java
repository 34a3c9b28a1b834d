package tayori.nameserver;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tayori.publication.ImportedEntry;
import tayori.publication.PublishedEntry;
import tayori.publication.WireName;
import tayori.publication.ZoneKind;

/// What TXT records say, written without making objects. For one thread.
final class AnswerText {
    /// Longest text of ours. Unit: octets. Below 200, so that Postfix puts it into its reply whole, and one string is enough.
    static final int MAX = 199;

    private static final int[] CRC_TABLE = crcTable();

    private final byte[] explainUrl;

    /// The text at hand.
    final byte[] octets = new byte[512];

    int length;

    AnswerText(ZoneOptions options) {
        explainUrl = options.explainUrlOctets();
    }

    private AnswerText start() {
        length = 0;
        return this;
    }

    private AnswerText add(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            octets[length++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    private AnswerText add(long number) {
        if (number >= 10) {
            add(number / 10);
        }
        octets[length++] = (byte) ('0' + number % 10);
        return this;
    }

    void set(String ascii) {
        start().add(ascii);
    }

    void test(ZoneKind zone) {
        start().add("test entry of ").add(zone.label()).add(", nobody is meant; ");
        reference(EMPTY, 0, 0);
    }

    private static final WireName EMPTY = new WireName();

    /// @param subject the name; the labels from `first` up to `end` are whom the entry is about
    void write(
            ZoneKind zone, PublishedEntry entry, WireName subject, int first, int end, int hours) {
        start();
        switch (zone) {
            case DBL -> {
                add("listed: ").add(Objects.requireNonNull(entry.listed()).words());
                add("; ").percent(entry.rate()).add(" of ").add(entry.messages());
                add(" messages reported; ").reference(subject, first, end);
            }
            case DWL -> {
                add("whitelisted: ");
                add(
                        switch (Objects.requireNonNull(entry.senderClass())) {
                            case REGISTERED -> "registered sender";
                            case ACCREDITED -> "accredited sender";
                            case FORWARDER -> "list or forwarder";
                            case PUBLIC_BODY -> "public body";
                        });
                add(", level ").add(entry.level()).add("; ").reference(subject, first, end);
            }
            case NEW -> {
                add("first seen ").add(hours).add(" hours ago; ");
                if (entry.allowance() >= 0) {
                    add("up to ").add(entry.allowance()).add(" messages a day expected; ");
                }
                reference(subject, first, end);
            }
            case REP -> {
                add("score=").add(entry.score()).add(" of 100; confidence=0.");
                int hundredths = Math.min(99, entry.confidence() / 10);
                add(hundredths / 10).add(hundredths % 10);
                add("; messages=").add(entry.messages()).add("; ").reference(subject, first, end);
            }
            case SUP -> add("send no DMARC reports here; ").reference(subject, first, end);
            case VOUCH -> vouch(entry.vouchesForLists(), entry.vouchesForTransactions());
        }
    }

    /// Words of RFC 5518 §5 (the types of mail, RFC 5518 §4.1).
    void vouch(boolean lists, boolean transactions) {
        start();
        add(lists ? "list" : "").add(lists && transactions ? " " : "");
        add(transactions ? "transaction" : "");
    }

    private AnswerText percent(double share) {
        long hundredths = Math.round(share * 10_000);
        add(hundredths / 100).add(".").add(hundredths / 10 % 10).add(hundredths % 10);
        return add("%");
    }

    /// Where to read more, and by what name support finds it: CRC-32 of the subject as text.
    private void reference(WireName subject, int first, int end) {
        int from = first == end ? 0 : subject.start(first) + 1;
        int to = first == end ? 0 : subject.start(end);
        int next = first + 1;
        int crc = -1;
        int mark = length;
        boolean fits = length + explainUrl.length + (to - from) + ID_LENGTH <= MAX;
        for (byte octet : explainUrl) {
            octets[length++] = octet;
        }
        for (int at = from; at < to; at++) {
            byte octet = subject.octet(at);
            if (next < end && at == subject.start(next)) {
                octet = '.';
                next++;
            }
            crc = CRC_TABLE[(crc ^ octet) & 0xff] ^ (crc >>> 8);
            if (fits) {
                octets[length++] = octet > ' ' && octet < 0x7f ? octet : (byte) '?';
            }
        }
        if (length > mark) {
            octets[length++] = ' ';
        }
        add("id=");
        for (int shift = 28; shift >= 0; shift -= 4) {
            octets[length++] = (byte) "0123456789abcdef".charAt(~crc >>> shift & 15);
        }
    }

    private static final int ID_LENGTH = " id=01234567".length();

    private static int[] crcTable() {
        var table = new int[256];
        for (int i = 0; i < 256; i++) {
            int crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >>> 1 ^ 0xedb88320 : crc >>> 1;
            }
            table[i] = crc;
        }
        return table;
    }

    /// The text of an imported list; `$` becomes the name that was asked for, `$$` a `$`.
    void write(ImportedEntry entry, WireName subject, int end) {
        start();
        byte[] text = entry.text();
        for (int i = 0; i < text.length && length < MAX_STRING; i++) {
            if (entry.isTemplate() && text[i] == '$') {
                if (i + 1 < text.length && text[i + 1] == '$') {
                    i++;
                } else {
                    name(subject, end);
                    continue;
                }
            }
            octets[length++] = text[i];
        }
        length = Math.min(length, MAX_STRING);
    }

    /// Longest string of a TXT record. Unit: octets. RFC 1035 §3.3.14.
    private static final int MAX_STRING = 255;

    private void name(WireName subject, int end) {
        int next = 1;
        for (int at = 1; at < subject.start(end) && length < MAX_STRING; at++) {
            if (next < end && at == subject.start(next)) {
                octets[length++] = '.';
                next++;
            } else {
                octets[length++] = subject.octet(at);
            }
        }
    }

    void status(int serial, long subjects, long changes) {
        start().add("serving; serial=").add(serial & 0xffff_ffffL);
        add(" subjects=").add(subjects).add(" changes=").add(changes);
    }

    /// For people and tests.
    @Override
    public String toString() {
        return new String(octets, 0, length, StandardCharsets.US_ASCII);
    }
}
