package tayori.config;

import java.nio.file.Path;

/// A file that holds a private key. Only its name is ever kept or printed.
public record KeyFile(Path path) {
    @Override
    public String toString() {
        return path.toString();
    }
}
