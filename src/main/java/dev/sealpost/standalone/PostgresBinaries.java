package dev.sealpost.standalone;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** Unpacks PostgreSQL from the class path once; a later start finds it by the digest of the archive. */
final class PostgresBinaries {
    private static final String PREFIX = "bin-";

    private PostgresBinaries() {}

    /** The directory with {@code bin/postgres}, below the given one. */
    static Path in(Path postgres, Consumer<String> progress) throws IOException {
        URL archive = archive();
        Path home = postgres.resolve(PREFIX + digest(archive));
        if (Files.isDirectory(home)) {
            return home;
        }
        progress.accept("Unpacking PostgreSQL into " + home + " (first start)");
        removeOthers(postgres);
        Path part = OwnerOnly.directory(postgres.resolve(home.getFileName() + ".part"));
        unpack(archive, part);
        OwnerOnly.move(part, home);
        return home;
    }

    private static URL archive() {
        String system =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch", "");
        String name = "postgres-" + system + "-"
                + switch (machine) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> machine;
                }
                + ".txz";
        @Nullable URL found = Thread.currentThread().getContextClassLoader().getResource(name);
        if (found == null) {
            throw new StandaloneException("This build has no PostgreSQL for " + system + " on " + machine
                    + "; set QUARKUS_DATASOURCE_JDBC_URL to a PostgreSQL of your own");
        }
        return found;
    }

    private static String digest(URL archive) throws IOException {
        try (InputStream in = archive.openStream()) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[65_536];
            int read;
            while ((read = in.read(buffer)) >= 0) {
                sha.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(sha.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unpack(URL archive, Path into) throws IOException {
        try (InputStream in = archive.openStream();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in, 65_536)))) {
            @Nullable TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                // Static libraries and headers are for building extensions.
                if (!entry.getName().endsWith(".a") && !entry.getName().contains("/pgxs/")) {
                    unpack(entry, tar, into);
                }
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path into) throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("Entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        Files.setPosixFilePermissions(
                target, PosixFilePermissions.fromString((entry.getMode() & 0100) != 0 ? "rwx------" : "rw-------"));
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Half-done ones of a killed process, and those of the version before. */
    private static void removeOthers(Path postgres) throws IOException {
        List<Path> others;
        try (Stream<Path> children = Files.list(postgres)) {
            others = children.filter(child -> child.getFileName().toString().startsWith(PREFIX))
                    .toList();
        }
        for (Path other : others) {
            OwnerOnly.deleteTree(other);
        }
    }
}
