package tayori.publication;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/// Lists from memory, for tests of other rooms too.
public final class ListFiles {
    private ListFiles() {}

    public static ImportedList dnset(byte[] text) throws IOException {
        return ImportedList.readDnset(new ByteArrayInputStream(text));
    }

    public static ImportedList tsv(byte[] text) throws IOException {
        return ImportedList.readTsv(new ByteArrayInputStream(text));
    }
}
