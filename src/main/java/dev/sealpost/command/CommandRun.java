package dev.sealpost.command;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.sealpost.standalone.DataDirectory;
import dev.sealpost.standalone.DataDirectoryInUseException;
import dev.sealpost.standalone.Part;
import dev.sealpost.standalone.RunningServer;
import dev.sealpost.standalone.Standalone;
import dev.sealpost.store.Schema;
import dev.sealpost.store.StoreUnavailableException;
import dev.sealpost.stream.Backlog;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.QuarkusApplication;

/**
 * Runs a command that needs database and broker: on those that are configured, else on those of a server that works in
 * the data directory, else on embedded ones that it starts for its own time. It opens no port, and it consumes the topics
 * only where no server does.
 */
final class CommandRun {
    private static final int NOT_DONE = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int POLL_MILLIS = 20;
    private static final String SPOOL = "sealpost.intake.spool.enabled";

    /** A command is no server, and its stderr is for what is wrong. */
    private static final Map<String, String> COMMAND = Map.of(
            "quarkus.http.host-enabled", "false",
            "quarkus.management.host-enabled", "false",
            "quarkus.http.insecure-requests", "disabled",
            "quarkus.shutdown.timeout", "0s",
            "quarkus.scheduler.enabled", "false",
            "quarkus.log.console.level", "WARN",
            "quarkus.log.category.\"org.hibernate\".level", "ERROR");

    /** The application is made by its class alone, so the work waits for it here. */
    private static final AtomicReference<Callable<Integer>> WORK = new AtomicReference<>(() -> NOT_DONE);

    private static final AtomicReference<Duration> TABLES = new AtomicReference<>(PATIENCE);

    private CommandRun() {}

    /**
     * Runs the work with the application around it, and ends it again.
     *
     * @param work gives the exit code; what it uses it gets by {@link #part}
     * @return the exit code
     */
    static int run(Callable<Integer> work) {
        return run(PATIENCE, work);
    }

    /**
     * The same with a patience of its own.
     *
     * @param tables how long the database may take to answer and to bring its tables up to date; zero does not wait for it
     */
    static int run(Duration tables, Callable<Integer> work) {
        TABLES.set(tables);
        WORK.set(work);
        return Launch.guarded(() -> {
            StartSettings settings = StartSettings.read();
            COMMAND.forEach((name, value) -> {
                if (!settings.isSet(name)) {
                    System.setProperty(name, value);
                }
            });
            try (DataDirectory data = DataDirectory.open(settings.dataDirectory())) {
                return run(settings, data);
            } catch (DataDirectoryInUseException owned) {
                return runBeside(settings.complete(new RunningServer(owned.directory())));
            }
        });
    }

    private static int run(StartSettings settings, DataDirectory data) {
        Map<String, String> completed = settings.complete(data);
        Set<Part> embedded = settings.embedded();
        if (embedded.isEmpty()) {
            // The keys were all there was to read; a server that starts now shall have its directory.
            data.close();
            return runBeside(completed);
        }
        completed.forEach(System::setProperty);
        try (Standalone parts = Standalone.start(data, embedded, Progress::say)) {
            parts.settings().forEach(System::setProperty);
            return Launch.application(Application.class);
        }
    }

    /** Servers consume the topics, and one may own the spool. */
    private static int runBeside(Map<String, String> settings) {
        settings.forEach(System::setProperty);
        System.setProperty(StartSettings.CONSUMER, "false");
        System.setProperty(StartSettings.ALERTS, "false");
        if (UnknownVariables.known().contains(SPOOL)) {
            System.setProperty(SPOOL, "false");
        }
        return Launch.application(Application.class);
    }

    /** What a feature offers; only inside the work. */
    static <T> T part(Class<T> type) {
        return Arc.container().select(type).get();
    }

    /**
     * Waits until what is on the topics now is in the tables, whoever brings it there; only inside the work.
     *
     * @return false if nothing moved for half a minute
     */
    static boolean awaitTables() throws InterruptedException {
        return part(Backlog.class).await(PATIENCE);
    }

    /** What Quarkus runs. */
    public static final class Application implements QuarkusApplication {
        @Override
        public int run(String... arguments) throws Exception {
            if (!tablesAreThere()) {
                Progress.say("The database does not answer, or its tables are not up to date yet");
                return NOT_DONE;
            }
            try {
                return WORK.get().call();
            } catch (StoreUnavailableException e) {
                Progress.say("The database gave no answer: " + e.getMessage());
                return NOT_DONE;
            }
        }

        private static boolean tablesAreThere() throws InterruptedException {
            if (TABLES.get().isZero()) {
                return true;
            }
            Schema schema = part(Schema.class);
            long deadline = System.nanoTime() + TABLES.get().toNanos();
            while (!schema.isCurrent()) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            return true;
        }
    }
}
