package dev.sealpost.standalone;

import java.io.Serial;
import java.nio.file.Path;

/** Another process works in the data directory. */
public final class DataDirectoryInUseException extends DataDirectoryException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Path directory;

    DataDirectoryInUseException(Path directory, String holder) {
        super("The data directory " + directory + " is in use by process " + holder
                + "; stop that one first, or set SEALPOST_DATA_DIR to another directory");
        this.directory = directory;
    }

    /** The directory, absolute and without symbolic links. */
    public Path directory() {
        return directory;
    }
}
