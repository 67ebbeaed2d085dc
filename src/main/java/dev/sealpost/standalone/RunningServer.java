package dev.sealpost.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The process that works in a data directory, as another one of the same user finds it: through the files it keeps there.
 *
 * @param directory absolute
 */
public record RunningServer(Path directory) {
    /**
     * What reaches its parts, as keys of the application's configuration; nothing for a part that it never ran.
     *
     * @throws DataDirectoryException when its files cannot be read
     */
    public Map<String, String> settings(Set<Part> parts) {
        try {
            return Connections.read(directory).settings(parts);
        } catch (IOException e) {
            throw new DataDirectoryException("Cannot read connections.properties in " + directory + ": " + e, e);
        }
    }

    /**
     * A secret it keeps in the file of this name.
     *
     * @throws DataDirectoryException when the file is there and cannot be read
     */
    public Optional<String> secret(String name) {
        Path file = directory.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(OwnerOnly.read(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new DataDirectoryException("Cannot read " + file + ": " + e, e);
        }
    }
}
