package dev.sealpost.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** PostgreSQL of the data directory: unpacked, created, started. */
final class EmbeddedPostgres {
    private static final int TRIES = 3;

    private final PostgresCluster cluster;
    private final Connections connections;
    private final Consumer<String> progress;

    private EmbeddedPostgres(PostgresCluster cluster, Connections connections, Consumer<String> progress) {
        this.cluster = cluster;
        this.connections = connections;
        this.progress = progress;
    }

    static KeepRunning start(Path directory, Connections connections, Consumer<String> progress) throws IOException {
        Path postgres = OwnerOnly.directory(directory.resolve("postgres"));
        PostgresCommand command = PostgresCommand.of(PostgresBinaries.in(postgres, progress));
        PostgresCluster cluster = PostgresCluster.in(postgres, command);
        OrphanedPostmaster.clear(cluster.data(), progress);
        cluster.prepare(connections.password(Connections.POSTGRES), progress);
        progress.accept("Starting PostgreSQL");
        return KeepRunning.start(Part.POSTGRES, new EmbeddedPostgres(cluster, connections, progress)::run);
    }

    private AutoCloseable run(boolean again, Consumer<String> ended) throws IOException {
        if (again) {
            OrphanedPostmaster.clear(cluster.data(), progress);
        }
        Postmaster postmaster = again ? Postmaster.start(cluster, port()) : startOnFreePort();
        postmaster.whenEnded(ended);
        return postmaster::stop;
    }

    private int port() {
        return connections.lastPort(Connections.POSTGRES);
    }

    private Postmaster startOnFreePort() throws IOException {
        for (int attempt = 1; ; attempt++) {
            // Between the look for a free port and its use another process may take it.
            int port = Ports.free(port());
            try {
                Postmaster postmaster = Postmaster.start(cluster, port);
                connections.postgresListensOn(port);
                return postmaster;
            } catch (StandaloneException e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }
}
