package tayori.cli;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tayori.message.MboxReader;

/// The mails in files: a single mail, an mbox (recognised by its `From ` line), a Maildir (its `cur` and `new`), any other
/// folder (its files), or `-` for standard input.
final class MailFiles {
    private static final byte[] MBOX_FROM = "From ".getBytes(StandardCharsets.US_ASCII);

    /// Takes one mail after the other. The input is only good during the call.
    interface Visitor {
        void mail(String name, InputStream in) throws IOException;

        /// Something could not be read; what follows comes all the same.
        void unreadable(String name, String why);
    }

    private final List<String> names;
    private final InputStream standardInput;

    MailFiles(List<String> names, InputStream standardInput) {
        this.names = List.copyOf(names);
        this.standardInput = standardInput;
    }

    /// Octets of all files together, as far as they are known.
    long octets() {
        long octets = 0;
        for (String name : names) {
            try {
                for (Path file : name.equals("-") ? List.<Path>of() : filesOf(Path.of(name))) {
                    octets += Files.size(file);
                }
            } catch (IOException e) {
                // told when it is visited
            }
        }
        return octets;
    }

    void visit(Progress progress, Visitor visitor) {
        for (String name : names) {
            if (name.equals("-")) {
                read("-", standardInput, progress, visitor);
                continue;
            }
            try {
                for (Path file : filesOf(Path.of(name))) {
                    try (var in = Files.newInputStream(file)) {
                        read(file.toString(), in, progress, visitor);
                    } catch (IOException e) {
                        visitor.unreadable(file.toString(), why(e));
                    }
                }
            } catch (IOException e) {
                visitor.unreadable(name, why(e));
            }
        }
    }

    private static String why(IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException _ -> "no such file";
            case java.nio.file.AccessDeniedException _ -> "no permission";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static List<Path> filesOf(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        var files = new ArrayList<Path>();
        boolean maildir = false;
        for (String folder : new String[] {"cur", "new"}) {
            if (Files.isDirectory(path.resolve(folder))) {
                maildir = true;
                addFiles(path.resolve(folder), files);
            }
        }
        if (!maildir) {
            addFiles(path, files);
        }
        return files;
    }

    private static void addFiles(Path folder, List<Path> files) throws IOException {
        try (var entries = Files.list(folder)) {
            entries.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
    }

    private static void read(String name, InputStream raw, Progress progress, Visitor visitor) {
        try {
            var in = new BufferedInputStream(new Counting(raw, progress), 64 * 1024);
            in.mark(MBOX_FROM.length);
            byte[] start = in.readNBytes(MBOX_FROM.length);
            in.reset();
            if (!Arrays.equals(start, MBOX_FROM)) {
                visitor.mail(name, in);
                return;
            }
            var mbox = new MboxReader(in);
            int number = 1;
            for (var mail = mbox.next(); mail.isPresent(); mail = mbox.next()) {
                visitor.mail(name + "#" + number++, mail.get());
            }
        } catch (IOException e) {
            visitor.unreadable(name, why(e));
        }
    }

    /// Tells the progress what was read.
    private static final class Counting extends FilterInputStream {
        private final Progress progress;

        Counting(InputStream in, Progress progress) {
            super(in);
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            progress.octets(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            progress.octets(Math.max(0, count));
            return count;
        }
    }
}
