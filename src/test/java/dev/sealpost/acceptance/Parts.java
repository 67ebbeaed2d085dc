package dev.sealpost.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;

import org.awaitility.Awaitility;

/** The product as processes that die one by one: a broker, a PostgreSQL, an intake, an aggregator; all domains are watched. */
final class Parts implements AutoCloseable {
    private static final String KEY = "origin-key-of-parts-that-are-killed-one-by-one";

    /** What can be killed; each by SIGKILL. */
    enum Victim {
        /** The process with the broker. */
        BROKER,
        /** The process that holds PostgreSQL and answers questions; PostgreSQL goes with it. */
        DATABASE,
        INTAKE,
        AGGREGATOR,
        /** PostgreSQL's first process alone. */
        POSTMASTER,
        /** One session, or another process of PostgreSQL, which then takes all sessions down. */
        SESSION
    }

    private final Path directory;

    /** Each has its own from the beginning, and below those of outgoing connections: nobody takes it while it is down. */
    private final List<Integer> ports = freePorts(2 * Victim.values().length);

    private final Map<Victim, SealpostProcess> running = new EnumMap<>(Victim.class);

    /** Starts all and waits until they are ready. */
    Parts(Path directory) throws IOException {
        this.directory = directory;
        start(Victim.BROKER);
        awaitAddress(Victim.BROKER, "kafka.bootstrap.servers");
        start(Victim.DATABASE);
        awaitAddress(Victim.DATABASE, "postgres.url");
        start(Victim.INTAKE);
        start(Victim.AGGREGATOR);
        awaitReady();
    }

    private static List<Integer> freePorts(int count) {
        return new Random()
                .ints(15_000, 32_000)
                .distinct()
                .filter(Parts::isFree)
                .limit(count)
                .boxed()
                .toList();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private Path data(Victim part) {
        return directory.resolve(part.name().toLowerCase(Locale.ROOT));
    }

    private void awaitAddress(Victim part, String name) {
        Awaitility.await(name + " of " + part)
                .atMost(Duration.ofMinutes(2))
                .until(() -> connections(part).containsKey(name)
                        && get(part).output().contains(" is up after "));
    }

    private Properties connections(Victim part) {
        Properties connections = new Properties();
        Path file = data(part).resolve("connections.properties");
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                connections.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return connections;
    }

    /** Where the broker's clients find it. */
    Path broker() {
        return data(Victim.BROKER);
    }

    /** Who answers questions. */
    SealpostProcess api() {
        return get(Victim.DATABASE);
    }

    SealpostProcess intake() {
        return get(Victim.INTAKE);
    }

    private synchronized SealpostProcess get(Victim part) {
        SealpostProcess process = running.get(part);
        if (process == null) {
            throw new IllegalStateException(part + " does not run");
        }
        return process;
    }

    private synchronized void start(Victim part) throws IOException {
        Map<String, String> settings = new HashMap<>();
        if (part != Victim.BROKER) {
            settings.putAll(OutageIT.broker(connections(Victim.BROKER)));
        }
        if (part == Victim.INTAKE || part == Victim.AGGREGATOR) {
            settings.putAll(OutageIT.database(connections(Victim.DATABASE)));
        }
        if (part == Victim.BROKER) {
            // It needs no tables of its own.
            settings.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/none");
        }
        settings.put(
                "SEALPOST_ROLES",
                switch (part) {
                    case INTAKE, BROKER -> "intake";
                    case AGGREGATOR -> "aggregator";
                    default -> "api";
                });
        int place = List.of(Victim.values()).indexOf(part);
        settings.put("QUARKUS_HTTP_PORT", ports.get(2 * place).toString());
        settings.put("QUARKUS_MANAGEMENT_PORT", ports.get(2 * place + 1).toString());
        settings.put("SEALPOST_ORIGIN_KEY", KEY);
        settings.put("SEALPOST_WATCH_AUTO", "true");
        settings.put("SEALPOST_INTAKE_TRUSTED_SOURCES", "127.0.0.1");
        settings.put("SEALPOST_INTAKE_BUDGET_BYTES", "1000G");
        settings.put("JAVA_TOOL_OPTIONS", "-Xmx256m -XX:TieredStopAtLevel=" + (part == Victim.AGGREGATOR ? 4 : 1));
        running.put(part, SealpostProcess.launch(data(part), settings));
    }

    Victim draw(Random random) {
        return Victim.values()[random.nextInt(Victim.values().length)];
    }

    /** Whether it is at work. */
    boolean isUp(Victim victim) {
        return switch (victim) {
            case POSTMASTER, SESSION ->
                isReady(Victim.DATABASE) && !postmasters().isEmpty();
            default -> isReady(victim);
        };
    }

    private boolean isReady(Victim part) {
        try {
            return get(part).getManagement("/q/health/ready").statusCode() == 200;
        } catch (UncheckedIOException down) {
            return false;
        }
    }

    /** Kills this one, and starts it again if it does not do that by itself. */
    synchronized void kill(Victim victim, Random random) throws IOException {
        switch (victim) {
            case POSTMASTER -> postmasters().forEach(ProcessHandle::destroyForcibly);
            case SESSION -> {
                List<ProcessHandle> sessions =
                        postmasters().stream().flatMap(ProcessHandle::children).toList();
                if (!sessions.isEmpty()) {
                    sessions.get(random.nextInt(sessions.size())).destroyForcibly();
                }
            }
            default -> {
                get(victim).kill();
                start(victim);
            }
        }
    }

    private List<ProcessHandle> postmasters() {
        return ProcessHandle.of(get(Victim.DATABASE).pid()).stream()
                .flatMap(ProcessHandle::children)
                .filter(child -> child.info().command().orElse("").endsWith("/postgres"))
                .toList();
    }

    /** Waits until all are up and what they have taken is in the tables. */
    void awaitTables(Duration most) throws Exception {
        awaitReady();
        try (Topic topic = new Topic(broker())) {
            Awaitility.await("an empty spool, and nothing that waits on the topic")
                    .atMost(most)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptions()
                    .until(() -> intake().getManagement("/q/metrics").body().contains("sealpost_spool_reports 0")
                            && topic.lag() == 0);
        }
    }

    private void awaitReady() {
        for (Victim part : List.of(Victim.BROKER, Victim.DATABASE, Victim.INTAKE, Victim.AGGREGATOR)) {
            Awaitility.await(part + " is ready")
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> isReady(part));
        }
    }

    @Override
    public synchronized void close() {
        for (Victim part : List.of(Victim.AGGREGATOR, Victim.INTAKE, Victim.DATABASE, Victim.BROKER)) {
            SealpostProcess process = running.get(part);
            if (process != null) {
                process.close();
            }
        }
    }
}
