package dev.sealpost.acceptance;

import static dev.sealpost.acceptance.Reports.gzip;
import static dev.sealpost.acceptance.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Slow clients and a flood of junk, at a process with little memory whose database and broker are elsewhere. */
class SlowClientsIT {
    private static final Path DIRECTORY = SharedSealpost.temporaryDirectory();
    private static SealpostProcess sealpost;

    @BeforeAll
    static void start() throws IOException {
        Map<String, String> settings = OutageIT.addresses(SharedSealpost.get().data());
        settings.put("SEALPOST_KAFKA_TOPIC_PREFIX", "slow");
        settings.put("SEALPOST_INTAKE_BUDGET_JUNK", "100");
        settings.put("SEALPOST_WATCH_DOMAINS", "honest.example,watched.example");
        settings.put("SEALPOST_INTAKE_TRUSTED_PROXIES", "127.0.99.0/24");
        settings.put("JAVA_TOOL_OPTIONS", "-Xmx256m");
        sealpost = SealpostProcess.start(DIRECTORY.resolve("data"), settings);
    }

    @AfterAll
    static void stop() {
        sealpost.close();
    }

    private static byte[] honest(String id) {
        return gzip(report("Honest", id, "honest.example", "2026-11-01", 1, 0));
    }

    @Test
    void slowClientsAreCutAndOthersAreServedBesideAFlood() throws IOException {
        AtomicInteger reports = new AtomicInteger();
        byte[] begun = new byte[200_000];
        new Random(1).nextBytes(begun);
        try (SlowClients slow = new SlowClients(sealpost.port())) {
            for (int i = 0; i < 500; i++) {
                SlowClients.Kind kind = SlowClients.KINDS.get(i % SlowClients.KINDS.size());
                byte[] body = kind == SlowClients.Kind.BODY ? begun : new byte[0];
                slow.open(kind, "127.1." + i % 10 + "." + (1 + i % 50), body);
            }
            try (Senders flood = new Senders(sealpost.port(), "127.2.2.2", 50, Duration.ZERO, () -> gzip("junk"));
                    Senders honest = new Senders(
                            sealpost.port(),
                            "127.3.3.3",
                            2,
                            Duration.ofMillis(20),
                            () -> honest("h" + reports.incrementAndGet()))) {
                Awaitility.await("every slow client is cut")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> slow.stillOpen() == 0);
                assertThat(honest.answers()).as("honest").containsOnlyKeys("200");
                assertThat(honest.percentile(99))
                        .as("200 ms on a machine of its own; here other tests may run")
                        .isLessThan(Duration.ofSeconds(5));
                assertThat(flood.answers()).as("flood").containsOnlyKeys("400", "429");
                assertThat(flood.answers().get("429"))
                        .as("most of it")
                        .isGreaterThan(2 * flood.answers().get("400"));
            }
            assertThat(slow.lives()).hasSize(500).allSatisfy(life -> {
                boolean noHeaders = life.kind() == SlowClients.Kind.SILENT || life.kind() == SlowClients.Kind.HEADERS;
                assertThat(life.time())
                        .as(life.kind().name())
                        .isBetween(Duration.ofSeconds(noHeaders ? 4 : 29), Duration.ofSeconds(noHeaders ? 12 : 42));
            });
        }
        assertThat(sealpost.output()).doesNotContain("OutOfMemoryError", "Unexpected error");
        assertThat(sealpost.getManagement("/q/metrics").body()).contains("sealpost_unexpected_errors_total 0.0");
    }

    @Test
    void aSourceOverItsBudgetMaySendReportsOfWatchedDomainsOnly() throws IOException {
        String source = "127.4.4.4";
        try (RawClient client = new RawClient(source, sealpost.port())) {
            assertThat(untilTurnedAway(client, _ -> ""))
                    .containsIgnoringCase("\r\nretry-after: ")
                    .contains("urn:sealpost:problem:over-budget");
            String watched = report("Over", "w", "watched.example", "2026-11-01", 1, 0);
            String other = report("Over", "o", "other.example", "2026-11-01", 1, 0);
            // One body of junk comes back every six seconds, which is much on a machine of its own.
            Awaitility.await().until(() -> {
                post(client, "junk".getBytes(StandardCharsets.UTF_8));
                return post(client, gzip(other)).startsWith("HTTP/1.1 429");
            });
            assertThat(post(client, gzip(watched))).startsWith("HTTP/1.1 200");
        }
        try (RawClient neighbour = new RawClient("127.4.4.5", sealpost.port())) {
            assertThat(post(neighbour, "junk".getBytes(StandardCharsets.UTF_8))).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void behindAProxyTheForwardedSourceHasTheBudget() throws IOException {
        byte[] junk = "junk".getBytes(StandardCharsets.UTF_8);
        try (RawClient proxy = new RawClient("127.0.99.1", sealpost.port())) {
            assertThat(untilTurnedAway(proxy, i -> "X-Forwarded-For: 192.0.2." + i + ", 198.51.100.7\r\n"))
                    .startsWith("HTTP/1.1 429");
            assertThat(post(proxy, junk, "X-Forwarded-For: 198.51.100.8\r\n")).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void aSourceHasTwoHundredConnections() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                clients.add(new RawClient("127.5.5.5", sealpost.port()));
            }
            assertThat(post(clients.getLast(), honest("last"))).startsWith("HTTP/1.1 200");
            try (RawClient more = new RawClient("127.5.5.5", sealpost.port())) {
                Awaitility.await().atMost(Duration.ofSeconds(3)).until(more::isClosed);
            }
            try (RawClient other = new RawClient("127.5.6.5", sealpost.port())) {
                assertThat(post(other, honest("other"))).startsWith("HTTP/1.1 200");
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    /** The answer to the first junk beyond the budget. */
    private static String untilTurnedAway(RawClient client, IntFunction<String> header) throws IOException {
        String answer = "";
        for (int i = 0; i < 200 && !answer.startsWith("HTTP/1.1 429"); i++) {
            assertThat(answer).matches(text -> text.isEmpty() || text.startsWith("HTTP/1.1 400"));
            answer = post(client, "junk".getBytes(StandardCharsets.UTF_8), header.apply(i));
            assertThat(answer.startsWith("HTTP/1.1 429") && i < 100).as("early").isFalse();
        }
        return answer;
    }

    private static String post(RawClient client, byte[] body, String... headers) throws IOException {
        client.send("POST /tlsrpt HTTP/1.1\r\nHost: x\r\n" + String.join("", headers) + "Content-Length: " + body.length
                + "\r\n\r\n");
        return client.send(body).answer();
    }
}
