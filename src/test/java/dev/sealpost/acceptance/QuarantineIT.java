package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is refused is kept, and can be looked at, replayed and deleted, over REST and on the command line. */
class QuarantineIT {
    private static final String LIST = "/api/v1/quarantine";

    private final Path data = SharedSealpost.temporaryDirectory().resolve("data");

    @Test
    void whatIsRefusedIsKeptAndReplayedAfterAnUpgradeThatReadsMore() {
        // As a program that reads less: a report over two kilobytes is too large for it.
        String large = Reports.report("Kept", "k1", "kept.example", "2026-11-01", 7, 1) + " ".repeat(4_000);
        String received;
        try (SealpostProcess sealpost = SealpostProcess.start(data, Map.of("SEALPOST_INTAKE_MAX_JSON", "2K"))) {
            assertThat(sealpost.post(Reports.gzip(large)).statusCode()).isEqualTo(413);
            sealpost.post("junk \u001b[31m");
            sealpost.post("junk \u001b[31m");
            sealpost.post("other junk");
            JsonNode items = items(sealpost, LIST, 3);
            assertThat(items.findValuesAsText("repeats")).containsExactlyInAnyOrder("0", "0", "1");
            JsonNode kept = items(sealpost, LIST + "?reason=too-large&channel=https&source=127.0.0.1", 1)
                    .path(0);
            received = kept.path("received").asText();
            String id = kept.path("id").asText();
            overRest(sealpost, id);
            onTheCommandLine(sealpost, id);
        }
        Verb list = Verb.run(data, Map.of(), "quarantine", "list", "--json");
        assertThat(list.exitCode()).as(list.err()).isZero();
        assertThat(list.out().lines()).hasSize(1).allMatch(line -> line.contains("\"too-large\""));
        Verb replay = Verb.run(data, Map.of(), "quarantine", "replay", "--all");
        assertThat(replay.out()).as(replay.err()).isEqualTo("accepted 1, rejected 0\n");
        assertThat(replay.exitCode()).isZero();
        assertThat(Verb.run(data, Map.of(), "quarantine", "list").out()).isEmpty();
        try (SealpostProcess sealpost = SealpostProcess.start(data)) {
            assertThat(Answers.sessionsOf(sealpost, "kept.example", 1)
                            .path("successfulSessions")
                            .asLong())
                    .isEqualTo(7);
            JsonNode report = Answers.json(
                            sealpost.get("/api/v1/reports?from=2026-11-01&to=2026-11-01&domain=kept.example"))
                    .path("items")
                    .path(0);
            assertThat(report.path("received").asText())
                    .as("the time at the door")
                    .isEqualTo(received);
            assertThat(report.path("provenance").asText()).isEqualTo("unverified");
        }
    }

    private static void overRest(SealpostProcess sealpost, String id) {
        HttpResponse<String> rejected = call(sealpost, "POST", LIST + "/" + id + "/replay");
        assertThat(rejected.body()).isEqualTo("{\"status\":\"rejected\",\"reason\":\"too-large\"}");
        JsonNode many = Answers.json(call(sealpost, "POST", LIST + "/replay?reason=not-a-report&limit=1"));
        assertThat(many.path("rejected").asInt()).isEqualTo(1);
        JsonNode rest = Answers.json(call(
                sealpost,
                "POST",
                LIST + "/replay?reason=not-a-report&limit=1&cursor="
                        + many.path("next").asText()));
        assertThat(rest).hasToString("{\"accepted\":0,\"rejected\":1,\"next\":null}");
        Awaitility.await("the refusals of the replays change nothing")
                .during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(15))
                .until(() -> Answers.json(sealpost.get(LIST)).path("items").findValuesAsText("repeats").stream()
                        .sorted()
                        .toList()
                        .toString()
                        .equals("[0, 0, 1]"));
        String other = items(sealpost, LIST + "?reason=not-a-report", 2).findParents("repeats").stream()
                .filter(item -> item.path("repeats").asInt() == 0)
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
        assertThat(call(sealpost, "DELETE", LIST + "/" + other).statusCode()).isEqualTo(204);
        for (String path : new String[] {LIST + "/" + other, LIST + "/nonsense"}) {
            assertThat(call(sealpost, "DELETE", path).statusCode()).isEqualTo(404);
            assertThat(call(sealpost, "POST", path + "/replay").statusCode()).isEqualTo(404);
        }
        assertThat(call(sealpost, "POST", LIST + "/replay?colour=red").statusCode())
                .isEqualTo(400);
        assertThat(sealpost.send(HttpRequest.newBuilder(sealpost.uri(LIST + "/" + id))
                                .DELETE())
                        .statusCode())
                .isEqualTo(401);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> sealpost.getManagement("/q/metrics").body().contains("sealpost_quarantine_reports 2.0"));
        assertThat(sealpost.getManagement("/q/metrics").body())
                .contains(
                        "sealpost_quarantine_dropped_total{why=\"source\"} 0.0",
                        "sealpost_unexpected_errors_total 0.0");
    }

    private static void onTheCommandLine(SealpostProcess sealpost, String id) {
        // The server's own ports: a command opens none.
        Map<String, String> environment =
                Map.of("QUARKUS_HTTP_PORT", String.valueOf(sealpost.port()), "SEALPOST_INTAKE_MAX_JSON", "2K");
        Verb list = Verb.run(sealpost.data(), environment, "quarantine", "list");
        assertThat(list.exitCode()).as(list.err()).isZero();
        assertThat(list.out().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith(id))
                .first()
                .asString()
                .startsWith("ID ");
        assertThat(list.err()).doesNotContain(sealpost.adminKey(), "password");
        String junk = list.out()
                .lines()
                .filter(line -> line.contains("not-a-report"))
                .findFirst()
                .orElseThrow()
                .substring(0, 36);
        Verb show = Verb.run(sealpost.data(), environment, "quarantine", "show", junk);
        assertThat(show.out())
                .contains("not-a-report", "127.0.0.1", "junk \\x1b[31m")
                .doesNotContain("\u001b");
        assertThat(Verb.run(sealpost.data(), environment, "quarantine", "show", "--raw", junk)
                        .out())
                .isEqualTo("junk \u001b[31m");
        Verb replay = Verb.run(sealpost.data(), environment, "quarantine", "replay", junk);
        assertThat(replay.out()).as(replay.err()).isEqualTo("rejected not-a-report\n");
        assertThat(replay.exitCode()).isEqualTo(1);
        String[] delete = {"quarantine", "delete", "--reason", "not-a-report"};
        Verb asked = Verb.run(sealpost.data(), environment, delete);
        assertThat(asked.exitCode()).isEqualTo(2);
        assertThat(asked.err()).contains("1 entries", "--yes");
        String[] really = {"quarantine", "delete", "--reason", "not-a-report", "--yes"};
        assertThat(Verb.run(sealpost.data(), environment, really).out()).isEqualTo("deleted 1\n");
        items(sealpost, LIST, 1);
    }

    private static JsonNode items(SealpostProcess sealpost, String path, int count) {
        return Awaitility.await(path)
                .atMost(Duration.ofSeconds(30))
                .until(() -> Answers.json(sealpost.get(path)).path("items"), items -> items.size() == count);
    }

    private static HttpResponse<String> call(SealpostProcess sealpost, String method, String path) {
        return sealpost.send(HttpRequest.newBuilder(sealpost.uri(path))
                .header("Authorization", "Bearer " + sealpost.adminKey())
                .method(method, HttpRequest.BodyPublishers.noBody()));
    }
}
