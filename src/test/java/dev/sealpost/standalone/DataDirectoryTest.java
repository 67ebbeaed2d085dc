package dev.sealpost.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path temp;

    @Test
    void createsADirectoryThatOnlyItsOwnerMayEnter() throws IOException {
        try (DataDirectory data = DataDirectory.open(temp.resolve("new/data"))) {
            assertThat(permissions(data.path())).isEqualTo("rwx------");
            assertThat(permissions(data.path().resolve("lock"))).isEqualTo("rw-------");
        }
    }

    @Test
    void closesAnExistingDirectoryToOthers() throws IOException {
        Path open = Files.createDirectory(
                temp.resolve("open"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try (DataDirectory data = DataDirectory.open(open)) {
            assertThat(permissions(data.path())).isEqualTo("rwx------");
        }
    }

    @Test
    void refusesASecondUserOfTheSameDirectoryAndNamesTheFirst() {
        Path path = temp.resolve("data");
        try (DataDirectory first = DataDirectory.open(path)) {
            assertThat(first.path()).isDirectory();
            assertThatThrownBy(() -> DataDirectory.open(path))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void isFreeAgainOnceClosed() {
        Path path = temp.resolve("data");
        DataDirectory.open(path).close();
        try (DataDirectory again = DataDirectory.open(path)) {
            assertThat(again.path()).isDirectory();
        }
    }

    @Test
    void keepsASecretAcrossOpenings() throws IOException {
        Path path = temp.resolve("data");
        String first;
        try (DataDirectory data = DataDirectory.open(path)) {
            first = data.secret("admin.key");
            assertThat(first).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(data.secret("origin.key"));
            assertThat(permissions(path.resolve("admin.key"))).isEqualTo("rw-------");
        }
        try (DataDirectory data = DataDirectory.open(path)) {
            assertThat(data.secret("admin.key")).isEqualTo(first);
        }
    }

    @Test
    void refusesASymbolicLinkInPlaceOfTheDirectory() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("link"), Files.createDirectory(temp.resolve("target")));
        assertThatThrownBy(() -> DataDirectory.open(link))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("symbolic link");
    }

    @Test
    void refusesASymbolicLinkInPlaceOfASecret() throws IOException {
        Path elsewhere = Files.writeString(temp.resolve("elsewhere"), "known to somebody");
        try (DataDirectory data = DataDirectory.open(temp.resolve("data"))) {
            Files.createSymbolicLink(data.path().resolve("admin.key"), elsewhere);
            assertThatThrownBy(() -> data.secret("admin.key")).isInstanceOf(DataDirectoryException.class);
        }
    }

    @Test
    void refusesAFileInPlaceOfTheDirectory() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("not a directory");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
