package dev.sealpost.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs of PostgreSQL. It refuses to run as root, so root runs them in a user namespace of their own, where
 * they are nobody; on disk the files stay root's.
 *
 * @param home the unpacked PostgreSQL
 * @param prefix the words before each command line
 */
record PostgresCommand(Path home, List<String> prefix) {

    static PostgresCommand of(Path home) throws IOException {
        if (OwnerOnly.userId() != 0) {
            return new PostgresCommand(home, List.of());
        }
        List<String> namespace = List.of("unshare", "--user");
        try {
            new PostgresCommand(home, namespace).run("", 10, "true");
        } catch (IOException | StandaloneException e) {
            throw new StandaloneException(
                    "PostgreSQL does not run as root, and a user namespace for it is not to be had (unshare --user: "
                            + e.getMessage() + "); run as an ordinary user (in a container: --user 1000), or set "
                            + "QUARKUS_DATASOURCE_JDBC_URL to a PostgreSQL of your own",
                    e);
        }
        return new PostgresCommand(home, namespace);
    }

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    /** A process in its directory, with the time zone and the language that we read messages in. */
    ProcessBuilder process(List<String> command) {
        List<String> words = new ArrayList<>(prefix);
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words).directory(home.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LANG", "C");
        builder.environment().put("LANGUAGE", "C");
        builder.environment().put("TZ", "UTC");
        return builder;
    }

    /** Feeds the input to a program and waits for it; answers what it printed. */
    String run(String input, int seconds, String... command) throws IOException {
        Process process = process(List.of(command)).redirectErrorStream(true).start();
        try {
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            Thread.ofVirtual().start(() -> endAfter(process, seconds));
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new StandaloneException(
                        Path.of(command[0]).getFileName() + " failed with status " + status + ": " + output.strip());
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StandaloneException("Interrupted while running " + command[0], e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void endAfter(Process process, int seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
