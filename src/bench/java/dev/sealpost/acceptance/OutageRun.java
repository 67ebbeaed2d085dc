package dev.sealpost.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The broker is away for so many minutes at 300 reports a second, and comes back: times of the answers, memory of the
 * intake, and how fast the spool is emptied beside live reports. See docs/performance.md.
 */
final class OutageRun {
    private static final int RATE = 300;

    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
    private final List<Long> all = new ArrayList<>();

    private OutageRun() {}

    /** Runs with the minutes given. */
    public static void main(String[] arguments) throws Exception {
        new OutageRun().run(Integer.parseInt(arguments.length > 0 ? arguments[0] : "60"));
    }

    private void run(int minutes) throws Exception {
        Path directory = SharedSealpost.temporaryDirectory();
        Path outside = directory.resolve("outside");
        Map<String, String> settings = new HashMap<>(Map.of("SEALPOST_WATCH_DOMAINS", "outage.example"));
        SealpostProcess first = SealpostProcess.start(outside, settings);
        settings.putAll(OutageIT.addresses(outside));
        first.kill();
        settings.put("SEALPOST_ROLES", "intake");
        settings.put("JAVA_TOOL_OPTIONS", "-Xmx256m");
        // All senders have one address here.
        settings.put("SEALPOST_INTAKE_MAX_CONNECTIONS_PER_SOURCE", "5000");
        settings.put("SEALPOST_INTAKE_TRUSTED_SOURCES", "127.0.0.1");
        Map<String, String> broker = new HashMap<>(Map.of("SEALPOST_ROLES", "api"));
        broker.put("SEALPOST_ORIGIN_KEY", settings.get("SEALPOST_ORIGIN_KEY"));
        try (SealpostProcess intake = SealpostProcess.start(directory.resolve("own"), settings)) {
            Thread load = Thread.ofPlatform().daemon().start(() -> load(intake));
            for (int minute = 1; minute <= minutes; minute++) {
                TimeUnit.MINUTES.sleep(1);
                say("minute %d: %s, %s, %d taken", minute, times(), memory(intake), taken.get());
            }
            drain(intake, () -> SealpostProcess.start(outside, broker), load);
        }
        try (SealpostProcess tables =
                SealpostProcess.start(outside, Map.of("SEALPOST_WATCH_DOMAINS", "outage.example"))) {
            long stored = 0;
            for (long last = -1; stored > last; stored = stored(tables)) {
                last = stored;
                TimeUnit.SECONDS.sleep(30);
            }
            say(
                    "%d sent, %d answered 200, %d connections broken, %d stored",
                    next.get(), taken.get(), unanswered.get(), stored);
        }
    }

    /** The drain begins before the broker's process says that it is ready. */
    private void drain(SealpostProcess intake, Supplier<SealpostProcess> start, Thread load) throws Exception {
        long waiting = spooled(intake);
        say("the whole outage: %s; %d wait in the spool", percentiles(all.stream()), waiting);
        times();
        CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> watch(intake));
        try (SealpostProcess broker = start.get()) {
            drained.get();
            say("live reports meanwhile: %s, %s", times(), memory(intake));
            TimeUnit.SECONDS.sleep(20);
            say("quiet: %s", times());
            load.interrupt();
            load.join();
            while (spooled(intake) > 0) {
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    private static void watch(SealpostProcess intake) {
        long begin = System.nanoTime();
        long most = spooled(intake);
        long left = most;
        while (left > 1_000) {
            LockSupport.parkNanos(100_000_000);
            left = spooled(intake);
            if (left >= most) {
                most = left;
                begin = System.nanoTime();
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        say("drained %d in %.1f s, %.0f a second", most - left, seconds, (most - left) / seconds);
    }

    private void load(SealpostProcess intake) {
        long due = System.nanoTime();
        while (!Thread.interrupted()) {
            due += 1_000_000_000L / RATE;
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            long begin = due;
            String json = Reports.report("Outage", "" + next.getAndIncrement(), "outage.example", "2026-11-01", 1, 0);
            Thread.startVirtualThread(() -> {
                try {
                    if (intake.post(json.getBytes(StandardCharsets.UTF_8)).statusCode() == 200) {
                        taken.incrementAndGet();
                    }
                } catch (UncheckedIOException broken) {
                    unanswered.incrementAndGet();
                }
                times.add(System.nanoTime() - begin);
            });
        }
    }

    /** Of the answers since the last call. */
    private String times() {
        List<Long> some = new ArrayList<>();
        for (Long time = times.poll(); time != null; time = times.poll()) {
            some.add(time);
        }
        all.addAll(some);
        return percentiles(some.stream());
    }

    private static String percentiles(Stream<Long> times) {
        long[] nanos = times.mapToLong(Long::longValue).sorted().toArray();
        return nanos.length == 0
                ? "no answers"
                : "%d answers, median %.1f ms, p99 %.1f ms, largest %.0f ms"
                        .formatted(
                                nanos.length,
                                nanos[nanos.length / 2] / 1e6,
                                nanos[nanos.length * 99 / 100] / 1e6,
                                nanos[nanos.length - 1] / 1e6);
    }

    private static long spooled(SealpostProcess intake) {
        return intake.getManagement("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("sealpost_spool_reports"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static long stored(SealpostProcess tables) {
        return Answers.json(tables.get("/api/v1/sessions?interval=total&from=2026-11-01&domain=outage.example"))
                .path("rows")
                .path(0)
                .path("reports")
                .asLong();
    }

    private static String memory(SealpostProcess intake) throws IOException {
        return Files.readString(Path.of("/proc/" + intake.pid() + "/status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS") || line.startsWith("Threads"))
                .map(line -> line.replaceAll("\\s+", " "))
                .reduce("", (all, line) -> all + " " + line);
    }

    @SuppressWarnings("SystemOut")
    private static void say(String format, Object... values) {
        System.out.printf(format + "%n", values);
        System.out.flush();
    }
}
