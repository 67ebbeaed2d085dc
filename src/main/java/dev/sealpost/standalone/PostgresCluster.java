package dev.sealpost.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The files of the database. Its owner is the role {@code sealpost}, which is no superuser: row-level security binds a
 * superuser not even when forced. Nobody can log in as the superuser.
 *
 * @param command runs the programs
 * @param data the directory of the cluster
 */
record PostgresCluster(PostgresCommand command, Path data) {
    private static final String MAJOR = "18";

    /** Small, as one process shares the machine with it; an administrator may raise them in postgresql.conf. */
    private static final List<String> TUNING = List.of(
            "max_connections=30",
            // A statement locks all partitions of its tables, and there is one a month.
            "max_locks_per_transaction=256",
            "shared_buffers=256MB",
            "work_mem=8MB",
            "maintenance_work_mem=64MB",
            "autovacuum_max_workers=2",
            "max_parallel_workers_per_gather=0",
            "max_parallel_maintenance_workers=0",
            "max_wal_size=512MB",
            "min_wal_size=64MB",
            "wal_buffers=4MB",
            "max_wal_senders=0",
            "wal_level=minimal",
            "io_method=sync",
            "jit=off",
            "random_page_cost=1.1",
            "log_checkpoints=off");

    static PostgresCluster in(Path postgres, PostgresCommand command) {
        return new PostgresCluster(command, postgres.resolve("data"));
    }

    /** Makes the cluster where there is none, and sets a password that is new. */
    void prepare(Connections.Password password, Consumer<String> progress) throws IOException {
        if (Files.isDirectory(data)) {
            String version = Files.readString(data.resolve("PG_VERSION")).strip();
            if (!MAJOR.equals(version)) {
                throw new StandaloneException(data + " was written by PostgreSQL " + version + ", this build brings "
                        + MAJOR + "; dump it with the build that wrote it and restore it here");
            }
            if (password.made()) {
                singleUser(data, List.of(setPassword(password)));
            }
            return;
        }
        progress.accept("Creating the PostgreSQL cluster (first start)");
        Path part = data.resolveSibling("data.part");
        OwnerOnly.deleteTree(part);
        initialize(part);
        singleUser(
                part,
                List.of(
                        "CREATE ROLE " + Connections.USER + " LOGIN CREATEROLE",
                        setPassword(password),
                        "CREATE DATABASE " + Connections.USER + " OWNER " + Connections.USER));
        OwnerOnly.move(part, data);
    }

    private void initialize(Path into) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                command.program("initdb"),
                "--pgdata=" + into,
                "--username=postgres",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--auth=reject",
                "--data-checksums"));
        TUNING.forEach(setting -> words.add("--set=" + setting));
        command.run("", 120, words.toArray(String[]::new));
    }

    private static String setPassword(Connections.Password password) {
        return "ALTER ROLE " + Connections.USER + " PASSWORD '"
                + password.text().replace("'", "''") + "'";
    }

    /** Statements of the superuser without a server: one a line, errors do not stop the program but are printed. */
    private void singleUser(Path cluster, List<String> statements) throws IOException {
        String output = command.run(
                String.join("\n", statements) + "\n",
                60,
                command.program("postgres"),
                "--single",
                "-D",
                cluster.toString(),
                "-c",
                "log_statement=none",
                "-c",
                "log_min_error_statement=panic",
                "postgres");
        if (output.contains("ERROR:") || output.contains("FATAL:")) {
            throw new StandaloneException("PostgreSQL did not take its first settings: " + output.strip());
        }
    }

    /** The rules who may connect: the one role, from this machine, with its password. */
    Path writeAccessRules() throws IOException {
        Path file = data.resolveSibling("pg_hba.conf");
        OwnerOnly.write(file, "host all " + Connections.USER + " 127.0.0.1/32 scram-sha-256\n");
        return file;
    }
}
