package dev.sealpost.intake.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import dev.sealpost.store.ImportRow;
import dev.sealpost.store.ImportState;
import dev.sealpost.store.Imports;
import dev.sealpost.store.StoreUnavailableException;
import io.quarkus.vertx.http.HttpServerStart;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads uploads one after the other. What a server did not finish, the next start reads again from the beginning: what
 * was handed over before is a duplicate then, and counts once.
 */
@Singleton
class ImportQueue {
    private static final Logger LOG = Logger.getLogger(ImportQueue.class);

    /** Uploads that are being received, wait, or are being read. */
    private static final int PLACES = 8;

    private static final int PLACES_OF_A_TENANT = 2;
    private static final String NO_TENANT = "";

    private final Importer importer;
    private final Imports imports;
    private final UploadedFiles files;
    private final Clock clock;
    private final Semaphore places = new Semaphore(PLACES);
    private final Map<String, Semaphore> shares = new ConcurrentHashMap<>();
    private final Semaphore turn = new Semaphore(1, true);
    private volatile boolean stopping;

    ImportQueue(Importer importer, Imports imports, UploadedFiles files, Clock clock) {
        this.importer = importer;
        this.imports = imports;
        this.files = files;
        this.clock = clock;
    }

    /**
     * A place for one more upload; whoever gets it starts the import or leaves again.
     *
     * @param tenant that the caller is bound to, which has some of the places only; null if it is to none
     */
    boolean enter(@Nullable String tenant) {
        Semaphore own = of(tenant);
        if (!own.tryAcquire()) {
            return false;
        }
        boolean entered = places.tryAcquire();
        if (!entered) {
            own.release();
        }
        return entered;
    }

    /** Gives a place back. */
    void leave(@Nullable String tenant) {
        of(tenant).release();
        places.release();
    }

    private Semaphore of(@Nullable String tenant) {
        return shares.computeIfAbsent(
                Objects.requireNonNullElse(tenant, NO_TENANT),
                name -> new Semaphore(name.equals(NO_TENANT) ? PLACES : PLACES_OF_A_TENANT));
    }

    /** Takes up what the last server left. Only a server does: a command shares the directory with one. */
    void resume(@ObservesAsync HttpServerStart start) {
        Thread.ofVirtual().name("imports").start(() -> {
            try {
                for (UUID id : files.all()) {
                    Optional<ImportRow> row = waitFor(id);
                    if (row.filter(known -> known.state() == ImportState.RUNNING)
                            .isEmpty()) {
                        files.remove(id);
                    } else {
                        ImportRow known = row.orElseThrow();
                        places.acquire();
                        of(known.tenant()).acquire();
                        start(known);
                    }
                }
            } catch (IOException | IllegalArgumentException e) {
                LOG.errorf("Imports that were interrupted cannot be taken up: %s", e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Optional<ImportRow> waitFor(UUID id) throws InterruptedException {
        while (true) {
            try {
                return imports.find(id);
            } catch (RuntimeException notYet) {
                TimeUnit.SECONDS.sleep(2);
            }
        }
    }

    /** Reads the files of an import when it is its turn. */
    void start(ImportRow row) {
        Thread.ofVirtual().name("import-" + row.id()).start(() -> {
            try {
                turn.acquire();
                try {
                    read(row);
                } finally {
                    turn.release();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                leave(row.tenant());
            }
        });
    }

    private void read(ImportRow row) throws InterruptedException {
        ImportRun run = importer.begin(row);
        Thread reporter = Thread.ofVirtual().start(() -> report(row, run));
        String failure = "";
        try {
            for (Path file : files.of(row.id())) {
                try (InputStream in = Files.newInputStream(file)) {
                    run.read(in, "upload/" + file.getFileName());
                }
            }
            run.finish();
        } catch (IOException | IllegalStateException e) {
            LOG.errorf(e, "Import %s ended early", row.id());
            failure = "ended early; import the same file again, what is stored already counts once";
        } finally {
            reporter.interrupt();
            reporter.join();
        }
        if (!stopping) {
            end(row.finished(run.counts(), clock.instant(), failure));
        }
    }

    private void report(ImportRow row, ImportRun run) {
        try {
            while (!stopping) {
                TimeUnit.SECONDS.sleep(1);
                String waits = run.isWaiting() ? "waiting: nothing durable takes reports now" : "";
                save(row.running(run.counts(), waits));
            }
        } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean save(ImportRow row) {
        try {
            imports.save(row);
            return true;
        } catch (StoreUnavailableException later) {
            LOG.debugf("no state of import %s: %s", row.id(), later.getMessage());
            return false;
        }
    }

    private void end(ImportRow row) throws InterruptedException {
        while (!save(row)) {
            TimeUnit.SECONDS.sleep(2);
        }
        try {
            files.remove(row.id());
        } catch (IOException e) {
            LOG.warnf("The files of import %s stay: %s", row.id(), e.toString());
        }
    }

    @PreDestroy
    void stop() {
        stopping = true;
    }
}
