package dev.sealpost.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.GZIPOutputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataArchiveTest {
    @TempDir
    private Path directory;

    private DataDirectory data(String name) {
        return DataDirectory.open(directory.resolve(name));
    }

    @Test
    void whatIsInTheDirectoryIsThereAgainForItsOwnerOnly() throws IOException {
        Path file = directory.resolve("backup.tgz");
        String key;
        try (DataDirectory from = data("from")) {
            key = from.secret("admin.key");
            Path table = Files.createDirectories(from.path().resolve("postgres/data/base"));
            Files.write(table.resolve("1259"), new byte[100_000]);
            Files.createDirectories(from.path().resolve("postgres/data/pg_notify"));
            Files.writeString(from.path().resolve("postgres/data/postmaster.pid"), "1");
            Files.createDirectories(from.path().resolve("postgres/bin-abc"));
            Files.writeString(from.path().resolve("postgres/bin-abc/postgres"), "a program");
            DataArchive.write(from, file);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (DataDirectory to = data("to")) {
            DataArchive.read(file, to);
            assertThat(to.secret("admin.key")).isEqualTo(key);
            assertThat(to.path().resolve("postgres/data/base/1259")).hasSize(100_000);
            assertThat(to.path().resolve("postgres/data/pg_notify")).isEmptyDirectory();
            assertThat(to.path().resolve("postgres/data/postmaster.pid")).doesNotExist();
            assertThat(to.path().resolve("postgres/bin-abc")).doesNotExist();
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(to.path().resolve("postgres/data"))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void neitherAFileNorADirectoryWithContentIsWrittenOver() throws IOException {
        Path file = Files.writeString(directory.resolve("there"), "mine");
        try (DataDirectory data = data("data")) {
            data.secret("admin.key");
            assertThatThrownBy(() -> DataArchive.write(data, file)).isInstanceOf(DataDirectoryException.class);
            assertThatThrownBy(() -> DataArchive.read(file, data))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessageContaining("not empty");
        }
        assertThat(file).hasContent("mine");
    }

    @Test
    void anEntryThatLeadsOutOfTheDirectoryIsRefused() throws IOException {
        Path file = directory.resolve("evil.tgz");
        try (OutputStream out = Files.newOutputStream(file);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
            tar.putArchiveEntry(new TarArchiveEntry("../outside", true));
            tar.closeArchiveEntry();
        }
        try (DataDirectory data = data("data")) {
            assertThatThrownBy(() -> DataArchive.read(file, data)).hasMessageContaining("outside");
        }
        assertThat(directory.resolve("outside")).doesNotExist();
    }
}
