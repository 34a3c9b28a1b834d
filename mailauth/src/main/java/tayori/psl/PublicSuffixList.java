package tayori.psl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import tayori.dns.ALabels;
import tayori.dns.DomainName;

/// The Public Suffix List: rules that say below which names the public registers domains.
///
/// A name is looked up as the list's own algorithm says: the longest matching rule wins, an exception rule beats all,
/// and where no rule matches the rule is `*`. Both sections of the list, ICANN and private, count. Rules with U-labels
/// are kept as A-labels, because that is what a [DomainName] holds.
///
/// All rules lie in one array of octets with a hash table of offsets over it: some 300 KB for 10,000 rules, and a
/// look-up makes no objects but its result.
public final class PublicSuffixList {
    /// Most octets of a list file that is read. The list of August 2026 has a third of a megabyte.
    public static final int MAX_FILE_OCTETS = 8 << 20;

    private static final String BUNDLED = "public_suffix_list.dat";

    private static final byte RULE = 1;
    private static final byte WILDCARD = 2;
    private static final byte EXCEPTION = 4;

    /// Entries one after another: kinds of rule at this name, length of the name, the name.
    private byte[] entries = new byte[1 << 17];

    private int used = 1; // an offset of 0 is a free place in the table
    private int[] table = new int[1 << 14];
    private int names;
    private int rules;

    private PublicSuffixList() {}

    /// Loads when asked for the first time.
    private static final class Bundled {
        private static final PublicSuffixList LIST = load();

        private static PublicSuffixList load() {
            try (InputStream in = PublicSuffixList.class.getResourceAsStream(BUNDLED)) {
                return read(Objects.requireNonNull(in, "the list is missing from the jar"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// The list that came with this program; read once, at the first call.
    public static PublicSuffixList bundled() {
        return Bundled.LIST;
    }

    /// Reads the operator's own file.
    ///
    /// @throws IOException when the file cannot be read, is longer than [#MAX_FILE_OCTETS] or holds no rule
    public static PublicSuffixList read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return read(in);
        }
    }

    /// Reads a list: UTF-8, one rule a line up to the first white space, `//` begins a comment. Lines that are no rule
    /// are left out.
    ///
    /// @throws IOException when it cannot be read, is longer than [#MAX_FILE_OCTETS] or holds no rule
    public static PublicSuffixList read(InputStream in) throws IOException {
        byte[] text = in.readNBytes(MAX_FILE_OCTETS + 1);
        if (text.length > MAX_FILE_OCTETS) {
            throw new IOException(
                    "a public suffix list of more than " + MAX_FILE_OCTETS + " octets");
        }
        var list = new PublicSuffixList();
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                new java.io.ByteArrayInputStream(text), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                list.addLine(line);
            }
        }
        if (list.rules == 0) {
            throw new IOException("no rule in the public suffix list");
        }
        list.entries = Arrays.copyOf(list.entries, list.used);
        return list;
    }

    /// How many rules there are.
    public int rules() {
        return rules;
    }

    /// The public suffix that a name ends with; the name itself where it is one.
    public DomainName publicSuffix(DomainName name) {
        return name.labelCount() == 0 ? name : name.suffix(suffixLabels(name.toString()));
    }

    /// The name that was registered: one label more than the public suffix. This is the organizational domain of RFC
    /// 7489 §3.2.
    ///
    /// @return nothing where the name is a public suffix itself
    public Optional<DomainName> registrableDomain(DomainName name) {
        if (name.labelCount() == 0) {
            return Optional.empty();
        }
        int labels = suffixLabels(name.toString()) + 1;
        return labels > name.labelCount() ? Optional.empty() : Optional.of(name.suffix(labels));
    }

    /// How many labels of a name are its public suffix; at least one.
    private int suffixLabels(String name) {
        int longest = 1;
        int labels = 0;
        int hash = 0;
        for (int i = name.length() - 1; i >= 0; i--) {
            hash = 31 * hash + name.charAt(i);
            if (i > 0 && name.charAt(i - 1) != '.') {
                continue;
            }
            labels++;
            int entry = find(name, i, hash);
            if (entry > 0) {
                byte kinds = entries[entry];
                if ((kinds & EXCEPTION) != 0) {
                    return labels - 1;
                }
                if ((kinds & RULE) != 0) {
                    longest = labels;
                }
                if ((kinds & WILDCARD) != 0 && i > 0) {
                    longest = labels + 1;
                }
            }
        }
        return longest;
    }

    /// The entry for what stands in `name` from `from` on, or 0.
    private int find(String name, int from, int hash) {
        int length = name.length() - from;
        for (int place = spread(hash); ; place++) {
            int entry = table[place & (table.length - 1)];
            if (entry == 0 || isAt(entry, name, from, length)) {
                return entry;
            }
        }
    }

    private boolean isAt(int entry, String name, int from, int length) {
        if ((entries[entry + 1] & 0xff) != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (entries[entry + 2 + i] != name.charAt(from + i)) {
                return false;
            }
        }
        return true;
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 15);
    }

    private void addLine(String line) {
        int end = 0;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        if (end == 0 || line.startsWith("//")) {
            return;
        }
        byte kind = RULE;
        int begin = 0;
        if (line.charAt(0) == '!') {
            kind = EXCEPTION;
            begin = 1;
        } else if (line.startsWith("*.")) {
            kind = WILDCARD;
            begin = 2;
        }
        byte kindOfRule = kind;
        ALabels.toDomainName(line.substring(begin, end))
                // An exception takes its name out of a wildcard above it; a top-level name has none
                // above.
                .filter(name -> kindOfRule != EXCEPTION || name.labelCount() > 1)
                .ifPresent(name -> add(name.toString(), kindOfRule));
    }

    private void add(String name, byte kind) {
        rules++;
        int hash = 0;
        for (int i = name.length() - 1; i >= 0; i--) {
            hash = 31 * hash + name.charAt(i);
        }
        int entry = find(name, 0, hash);
        if (entry > 0) {
            entries[entry] |= kind;
            return;
        }
        int size = name.length() + 2;
        if (used + size > entries.length) {
            entries = Arrays.copyOf(entries, 2 * entries.length);
        }
        entries[used] = kind;
        entries[used + 1] = (byte) name.length();
        for (int i = 0; i < name.length(); i++) {
            entries[used + 2 + i] = (byte) name.charAt(i);
        }
        if (2 * ++names > table.length) {
            grow();
        }
        put(used, hash);
        used += size;
    }

    private void put(int entry, int hash) {
        int place = spread(hash);
        while (table[place & (table.length - 1)] != 0) {
            place++;
        }
        table[place & (table.length - 1)] = entry;
    }

    private void grow() {
        table = new int[2 * table.length];
        for (int entry = 1; entry < used; entry += (entries[entry + 1] & 0xff) + 2) {
            int hash = 0;
            for (int i = entry + 1 + (entries[entry + 1] & 0xff); i >= entry + 2; i--) {
                hash = 31 * hash + entries[i];
            }
            put(entry, hash);
        }
    }
}
