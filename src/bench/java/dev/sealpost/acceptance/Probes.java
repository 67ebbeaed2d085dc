package dev.sealpost.acceptance;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Reports of domains of their own whose way is watched: the time between the 200 for one and the first answer that counts it.
 * All are asked for by one question ten times a second. With a question for each, the later the reports came the more was
 * asked, up to 300 questions a second, which made them later still.
 */
final class Probes {
    private static final int EVERY_MILLIS = 100;

    /** Outside the days that are compared with the truth. */
    private final String day = LocalDate.now(ZoneOffset.UTC).toString();

    private final String path =
            "/api/v1/sessions?interval=total&groupBy=domain&organization=Probe&limit=1000&from=" + day + "&to=" + day;

    private final SealpostProcess api;
    private final SealpostProcess intake;
    private final Map<String, Long> answered = new ConcurrentHashMap<>();
    private final List<Long> times = new CopyOnWriteArrayList<>();
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

    Probes(SealpostProcess api, SealpostProcess intake) {
        this.api = api;
        this.intake = intake;
        Thread.ofPlatform().daemon().start(this::watch);
    }

    void post(int number) {
        senders.execute(() -> {
            String domain = "probe" + number + ".example";
            String report = Reports.report("Probe", "p" + number, domain, day, 1, 0);
            int status = intake.post(Reports.gzip(report.getBytes(StandardCharsets.UTF_8)))
                    .statusCode();
            if (status != 200) {
                throw new IllegalStateException("a probe was answered " + status);
            }
            answered.put(domain, System.nanoTime());
        });
    }

    private void watch() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
                if (answered.isEmpty()) {
                    continue;
                }
                JsonNode rows = Answers.json(api.get(path)).path("rows");
                long now = System.nanoTime();
                for (JsonNode row : rows) {
                    Long since = answered.remove(row.path("domain").asText());
                    if (since != null) {
                        times.add(now - since);
                    }
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nanoseconds, rising, when all are there. */
    List<Long> seen() throws InterruptedException {
        senders.close();
        while (!answered.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
        }
        List<Long> sorted = new ArrayList<>(times);
        sorted.sort(null);
        return sorted;
    }
}
