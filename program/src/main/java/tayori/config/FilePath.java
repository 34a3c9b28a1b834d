package tayori.config;

import java.nio.file.Path;

/// A file or folder that the program itself reads or makes. A relative name starts at the folder of the configuration
/// file.
public record FilePath(Path path) {
    @Override
    public String toString() {
        return path.toString();
    }
}
