package tayori.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Where a command reads and writes.
///
/// @param in standard input
/// @param out answers; always UTF-8
/// @param err complaints and progress
/// @param colours whether `out` shows colours: it is a terminal and `NO_COLOR` is not set
/// @param interactive whether a person watches `err`, so that progress may be drawn
public record Terminal(
        InputStream in, PrintWriter out, PrintWriter err, boolean colours, boolean interactive) {
    /// Set by the launcher, which can ask the shell what Java cannot: `out`, `err`, `both` or `none` is a terminal.
    /// Without a launcher nothing is taken for one.
    static final String TERMINAL_PROPERTY = "tayori.terminal";

    /// The terminal of this process.
    public static Terminal ofProcess() {
        String told = System.getProperty(TERMINAL_PROPERTY, "none");
        String noColor = System.getenv("NO_COLOR");
        boolean wanted = noColor == null || noColor.isEmpty();
        return new Terminal(
                new FileInputStream(FileDescriptor.in),
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                wanted && (told.equals("out") || told.equals("both")),
                told.equals("err") || told.equals("both"));
    }

    /// A terminal without input.
    public Terminal(PrintWriter out, PrintWriter err, boolean colours, boolean interactive) {
        this(InputStream.nullInputStream(), out, err, colours, interactive);
    }

    /// The same terminal with other input.
    public Terminal withInput(InputStream input) {
        return new Terminal(input, out, err, colours, interactive);
    }

    /// A terminal that nobody watches.
    public static Terminal plain(PrintWriter out, PrintWriter err) {
        return new Terminal(out, err, false, false);
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
