package dev.sealpost.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Certificates as operators make them, replaced as renewal tools do. */
final class Certificates {
    private Certificates() {}

    /** A key and its self-signed certificate. */
    record Pair(Path certificate, Path key) {}

    /** Makes a pair with openssl. */
    static Pair make(Path directory, String name, String... keyOptions) {
        Pair pair = new Pair(directory.resolve(name + ".crt"), directory.resolve(name + ".key"));
        List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-days", "2"));
        command.addAll(List.of(keyOptions));
        command.addAll(List.of("-subj", "/CN=" + name, "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"));
        command.addAll(List.of("-keyout", pair.key.toString(), "-out", pair.certificate.toString()));
        String output = CommandLine.run(new byte[0], command.toArray(String[]::new));
        if (!Files.exists(pair.certificate)) {
            throw new IllegalStateException(output);
        }
        return pair;
    }

    static Pair ecdsa(Path directory, String name) {
        return make(directory, name, "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
    }

    /** Puts a file into another's place at once. */
    static void replace(Path target, Path source) {
        try {
            Path next = target.resolveSibling("next");
            Files.copy(source, next, StandardCopyOption.REPLACE_EXISTING);
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
