package tayori.publication;

import java.nio.charset.StandardCharsets;

/// What a name of an imported list stands for. Many names share one.
///
/// @param address as in an A record
/// @param text one string of a TXT record, at most 255 octets; empty for none
/// @param template whether `$` in the text stands for the name asked for
@SuppressWarnings(
        "ArrayRecordComponent") // a value's text is written once and only read from then on
record ImportedValue(int address, byte[] text, boolean template) {
    /// 127.0.0.2, what a list says that says nothing else (RFC 5782 §2.1).
    static final int LISTED = 0x7f000002;

    static final ImportedValue TEST =
            new ImportedValue(
                    LISTED,
                    "test entry, nobody is meant".getBytes(StandardCharsets.US_ASCII),
                    false);

    static final ImportedValue NONE = new ImportedValue(LISTED, new byte[0], false);
}
