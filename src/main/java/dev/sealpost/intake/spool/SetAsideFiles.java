package dev.sealpost.intake.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import dev.sealpost.stream.Letter;
import org.jboss.logging.Logger;

/**
 * What no topic takes, not even the one for dead letters, since both allow too small records: one file each, so that it
 * stops nothing behind it and is not lost. Each start tries them again.
 */
final class SetAsideFiles {
    static final String DIRECTORY = "refused";
    private static final Logger LOG = Logger.getLogger(SetAsideFiles.class);
    private static final String SUFFIX = ".letter";
    private static final int PATIENCE_SECONDS = 5;

    private final SpoolDirectory directory;
    private final Path path;

    SetAsideFiles(SpoolDirectory directory) throws IOException {
        this.directory = directory;
        this.path = directory.path().resolve(DIRECTORY);
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            directory.createDirectory(path);
        }
    }

    /** Keeps a letter; it is durable when this returns. */
    void keep(Letter letter) throws IOException {
        Path file = path.resolve(letter.origin().receipt() + SUFFIX);
        try (FileChannel channel = directory.create(file)) {
            ByteBuffer bytes = ByteBuffer.wrap(LetterBytes.of(letter));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (FileAlreadyExistsException kept) {
            // Refused again after a restart.
        }
        LOG.errorf(
                "no topic takes report %s, kept in %s; raise max.message.bytes of the topics and start again",
                letter.origin().receipt(), file);
    }

    /** Puts all of them into the spool again: the topics may allow larger records now. */
    void retry(Spool spool) throws IOException {
        for (Path file : files()) {
            Letter letter = LetterBytes.read(Files.readAllBytes(file));
            if (letter == null) {
                LOG.errorf("%s is damaged, and stays", file);
                continue;
            }
            try {
                spool.append(letter, Importance.WATCHED).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                Files.delete(file);
            } catch (ExecutionException | TimeoutException full) {
                LOG.warnf("%s stays: %s", file, full.getMessage());
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(path)) {
            return all.filter(file -> file.toString().endsWith(SUFFIX))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }
}
