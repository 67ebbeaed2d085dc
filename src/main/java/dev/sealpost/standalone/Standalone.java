package dev.sealpost.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** PostgreSQL and Kafka inside this process. They demand their random passwords and listen on 127.0.0.1 only. */
public final class Standalone implements AutoCloseable {
    private static final int CLOSE_SECONDS = 6;

    private final Map<Part, KeepRunning> running;
    private final Map<String, String> settings;
    private final Thread last = new Thread(new AfterTheApplication(this::close), "close-standalone");
    private Runnable afterwards = () -> {};
    private boolean closed;

    private Standalone(Map<Part, KeepRunning> running, Map<String, String> settings) {
        this.running = running;
        this.settings = settings;
    }

    /**
     * Starts the parts side by side and returns when each takes connections.
     *
     * @param progress gets one line for people per step, from several threads
     * @throws StandaloneException when a part does not start; the others are stopped then
     */
    public static Standalone start(DataDirectory data, Set<Part> parts, Consumer<String> progress) {
        QuietStart.apply();
        Umask.ownerOnly();
        try {
            Connections connections = Connections.read(data.path());
            Map<Part, KeepRunning> running = startAll(data.path(), parts, connections, progress);
            Standalone standalone = new Standalone(running, connections.settings(parts));
            Runtime.getRuntime().addShutdownHook(standalone.last);
            return standalone;
        } catch (IOException e) {
            throw new StandaloneException("The embedded parts did not start: " + e.getMessage(), e);
        }
    }

    private static Map<Part, KeepRunning> startAll(
            Path directory, Set<Part> parts, Connections connections, Consumer<String> progress) {
        Map<Part, CompletableFuture<KeepRunning>> starting = new EnumMap<>(Part.class);
        for (Part part : parts) {
            starting.put(part, onThread("start-" + part, () -> start(part, directory, connections, progress)));
        }
        Map<Part, KeepRunning> running = new EnumMap<>(Part.class);
        List<Throwable> failures = starting.entrySet().stream()
                .<Throwable>mapMulti((entry, failed) -> {
                    try {
                        running.put(entry.getKey(), entry.getValue().join());
                    } catch (CompletionException e) {
                        failed.accept(e.getCause() == null ? e : e.getCause());
                    }
                })
                .toList();
        if (failures.isEmpty()) {
            return running;
        }
        closeAll(running);
        Throwable first = failures.getFirst();
        throw first instanceof StandaloneException clear
                ? clear
                : new StandaloneException("An embedded part did not start: " + first.getMessage(), first);
    }

    private static KeepRunning start(Part part, Path directory, Connections connections, Consumer<String> progress)
            throws IOException {
        // An image for clusters leaves the broker out.
        if (part == Part.KAFKA && Standalone.class.getResource("/kafka/server/KafkaRaftServer.class") == null) {
            throw new StandaloneException(
                    "This build has no Kafka; set KAFKA_BOOTSTRAP_SERVERS to a Kafka of your own");
        }
        long begin = System.nanoTime();
        KeepRunning started =
                switch (part) {
                    case POSTGRES -> EmbeddedPostgres.start(directory, connections, progress);
                    case KAFKA -> EmbeddedKafka.start(directory, connections, progress);
                };
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        progress.accept((part == Part.POSTGRES ? "PostgreSQL" : "Kafka") + " is up after " + millis + " ms");
        return started;
    }

    /** What reaches the parts, as keys of the application's configuration. */
    public Map<String, String> settings() {
        return settings;
    }

    /** Whether the part was started here and has not told of its end since. */
    boolean isUp(Part part) {
        KeepRunning kept = running.get(part);
        return kept != null && kept.isUp();
    }

    /** What is to be done once the parts have ended, in whichever way the process ends but by force. */
    public synchronized void afterwards(Runnable task) {
        afterwards = task;
    }

    /**
     * Stops the parts in order, within about six seconds; one that takes longer recovers at its next start. When the
     * virtual machine is told to end, this happens by itself after Quarkus has stopped.
     */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            closeAll(running);
            afterwards.run();
        }
    }

    private static void closeAll(Map<Part, KeepRunning> running) {
        CompletableFuture<?>[] closing = running.entrySet().stream()
                .map(entry -> onThread("stop-" + entry.getKey(), () -> {
                    entry.getValue().close();
                    return entry.getKey();
                }))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(closing)
                .completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(failure -> null)
                .join();
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> CompletableFuture<T> onThread(String name, Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                result.complete(work.run());
            } catch (IOException | RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
