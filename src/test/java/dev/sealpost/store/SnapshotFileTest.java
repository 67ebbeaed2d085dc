package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot is whole or there is none. */
class SnapshotFileTest {
    @TempDir
    private Path directory;

    @Test
    void whatIsWrittenIsReadAndNobodyElseMay() throws IOException {
        Path path = directory.resolve("a.snapshot");
        SnapshotFile file = new SnapshotFile(path, 7);
        assertThat(file.read(in -> in.readUTF())).isEmpty();
        file.write(out -> out.writeUTF("first"));
        file.write(out -> out.writeUTF("second"));
        assertThat(file.read(in -> in.readUTF())).contains("second");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(path);
        }
        assertThat(new SnapshotFile(path, 8).read(in -> in.readUTF()))
                .as("of another version")
                .isEmpty();
    }

    @Test
    void eachFlippedBitAndEachTruncationIsNoticed() throws IOException {
        Path path = directory.resolve("a.snapshot");
        SnapshotFile file = new SnapshotFile(path, 7);
        file.write(out -> out.writeUTF("some content"));
        byte[] whole = Files.readAllBytes(path);
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(path, damaged);
            assertThat(file.read(in -> in.readUTF())).as("bit " + bit).isEmpty();
        }
        for (int length = 0; length < whole.length; length++) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertThat(file.read(in -> in.readUTF())).as("length " + length).isEmpty();
        }
        Files.write(path, Arrays.copyOf(whole, whole.length + 1));
        assertThat(file.read(in -> in.readUTF())).as("too long").isEmpty();
        file.write(out -> out.writeUTF("again"));
        assertThat(file.read(in -> in.readUTF())).contains("again");
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path elsewhere = directory.resolve("elsewhere");
        new SnapshotFile(elsewhere, 7).write(out -> out.writeUTF("planted"));
        Path link = directory.resolve("a.snapshot");
        Files.createSymbolicLink(link, elsewhere);
        assertThat(new SnapshotFile(link, 7).read(in -> in.readUTF())).isEmpty();
    }
}
