package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealpost.demo.DemoHistory;
import dev.sealpost.demo.DemoReport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What somebody sees who only wants to look: an invented history with its alerts, and nothing of it afterwards. */
class DemoIT {
    private final Path directory = SharedSealpost.temporaryDirectory();
    private final Path temporary = directory.resolve("temporary");
    private final Path own = directory.resolve("own");

    @Test
    void anInventedHistoryIsCountedJudgedAndGoesWithTheServer() throws IOException {
        Files.createDirectories(temporary);
        Path key = Files.writeString(Files.createDirectories(own).resolve("admin.key"), "k".repeat(40));
        try (SealpostProcess demo = SealpostProcess.launch(
                own,
                Map.of(
                        "JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary,
                        "SEALPOST_ADMIN_KEY_FILE", key.toString(),
                        "SEALPOST_WATCH_DOMAINS", "real.example",
                        "SEALPOST_MAILBOXES_REAL_HOST", "127.0.0.1",
                        "SEALPOST_MAILBOXES_REAL_USER", "real",
                        "SEALPOST_MAILBOXES_REAL_PASSWORD", "real"),
                "demo")) {
            Awaitility.await("demo, see " + demo.data())
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> demo.output().contains("Demo ready: "));
            assertThat(demo.output()).contains("2 open alerts", "ask alerts");

            numbersAreThoseOfTheReports(demo);
            alertsSayWhatHappened(demo);
            assertThat(Answers.json(demo.get("/api/v1/organizations")).path("items"))
                    .filteredOn(item -> !item.path("silentSince").isNull())
                    .extracting(item -> item.path("organization").asText())
                    .containsExactly("Demo Hobby Host");
            assertThat(Answers.json(demo.get("/api/v1/domains")).findValuesAsText("domain"))
                    .containsExactlyInAnyOrderElementsOf(DemoHistory.domains());
            assertThat(content(temporary)).anyMatch(name -> name.startsWith("sealpost-demo-"));
            assertThat(demo.terminate(30)).isTrue();
        }
        assertThat(content(temporary)).as("what is left").noneMatch(name -> name.startsWith("sealpost-demo-"));
        assertThat(content(own)).as("the directory of the real server").containsExactly("admin.key");
    }

    private static void numbersAreThoseOfTheReports(SealpostProcess demo) throws IOException {
        LocalDate last = LocalDate.parse(Answers.json(demo.get("/api/v1/reports?limit=1"))
                .at("/items/0/day")
                .asText());
        assertThat(last).isBetween(today().minusDays(2), today());
        List<DemoReport> reports = DemoHistory.until(last);
        for (String domain : DemoHistory.domains()) {
            long successful = 0;
            long failed = 0;
            long count = 0;
            for (DemoReport report : reports) {
                if (report.domain().equals(domain)) {
                    JsonNode summary =
                            new ObjectMapper().readTree(report.json()).at("/policies/0/summary");
                    successful += summary.path("total-successful-session-count").asLong();
                    failed += summary.path("total-failure-session-count").asLong();
                    count++;
                }
            }
            JsonNode total = Answers.sessionsOf(demo, domain, count);
            assertThat(total.path("reports").asLong()).as(domain).isEqualTo(count);
            assertThat(total.path("successfulSessions").asLong()).as(domain).isEqualTo(successful);
            assertThat(total.path("failedSessions").asLong()).as(domain).isEqualTo(failed);
        }
    }

    private static void alertsSayWhatHappened(SealpostProcess demo) {
        JsonNode items = Answers.json(demo.get("/api/v1/alerts")).path("items");
        List<String> told = StreamSupport.stream(items.spliterator(), false)
                .map(item -> String.join(
                        " ",
                        item.path("kind").asText(),
                        item.path("severity").asText(),
                        item.path("domain").asText(),
                        item.path("organization").asText(),
                        item.path("resultType").asText()))
                .toList();
        assertThat(told)
                .hasSize(2)
                .contains("attack critical demo-bank.example Demo Mail East starttls-not-supported")
                .anyMatch(alert -> alert.startsWith("misconfiguration ") && alert.contains(" demo-shop.example "));
    }

    @Test
    void aServerOfYourOwnIsLeftAlone() {
        Verb refused = Verb.run(own, Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1"), "demo");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("run it without", "KAFKA_BOOTSTRAP_SERVERS");
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    private static List<String> content(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
