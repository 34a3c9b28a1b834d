package tayori.publication;

import java.nio.charset.StandardCharsets;

/// What [ImportedList] found. One object is used again and again; it belongs to one thread.
public final class ImportedEntry extends StoredEntry {
    ImportedValue value = ImportedValue.NONE;

    /// Becomes the test entry that a list must have (RFC 5782 §5), for one that has none.
    public void setTest() {
        value = ImportedValue.TEST;
    }

    /// The address. Unit: 32 bits, as in an A record.
    public int address() {
        return value.address();
    }

    /// The text, one string of at most 255 octets; `$` stands for the name that was asked for where [#isTemplate] says so.
    public byte[] text() {
        return value.text();
    }

    public boolean isTemplate() {
        return value.template();
    }

    /// The text for people.
    public String textForPeople() {
        return new String(value.text(), StandardCharsets.ISO_8859_1);
    }
}
