package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** {@code DELETE /api/v1/reports/{id}} and {@code POST /api/v1/reports/{id}/prefer}. */
class ReportDecisionsIT {
    private static final String REPORTS = "/api/v1/reports/";

    private final SealpostProcess sealpost = SharedSealpost.get();

    private String stored(String organization, String domain, int sessions) {
        String json = Reports.report(organization, "decided", domain, "2026-11-02", sessions, 0);
        assertThat(sealpost.post(json).statusCode()).isEqualTo(200);
        return json;
    }

    /** The reports of a domain once there are so many, by their successful sessions. */
    private String id(String domain, int of, int sessions) {
        String path = "/api/v1/reports?from=2026-11-02&to=2026-11-02&domain=" + domain;
        JsonNode items = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Answers.json(sealpost.get(path)).path("items"), found -> found.size() == of);
        for (JsonNode item : items) {
            if (item.path("successfulSessions").asInt() == sessions) {
                return item.path("id").asText();
            }
        }
        throw new AssertionError("no report of " + sessions + " sessions in " + items);
    }

    private long sessions(String domain) {
        return Answers.json(
                        sealpost.get("/api/v1/sessions?interval=total&from=2026-11-02&to=2026-11-02&domain=" + domain))
                .path("rows")
                .path(0)
                .path("successfulSessions")
                .asLong();
    }

    private JsonNode report(String id) {
        return Answers.json(sealpost.get(REPORTS + id));
    }

    @Test
    void thePreferredVersionCountsAtOnce() {
        stored("Chooser", "prefer.example", 10);
        String first = id("prefer.example", 1, 10);
        stored("Chooser", "prefer.example", 20);
        String second = id("prefer.example", 2, 20);
        assertThat(sessions("prefer.example")).isEqualTo(10);
        assertThat(report(second).path("contested").asBoolean()).isTrue();

        JsonNode preferred = Answers.json(Calls.with(sealpost, "POST", REPORTS + second + "/prefer", ""));
        assertThat(preferred.path("id").asText()).isEqualTo(second);
        assertThat(preferred.path("counts").asBoolean()).isTrue();
        assertThat(preferred.path("contested").asBoolean()).isFalse();
        assertThat(preferred.path("conflicts")).hasToString("[\"" + first + "\"]");
        assertThat(report(first).path("counts").asBoolean()).isFalse();
        assertThat(sessions("prefer.example")).isEqualTo(20);

        stored("Chooser", "prefer.example", 30);
        id("prefer.example", 3, 30);
        assertThat(sessions("prefer.example")).as("whatever comes later").isEqualTo(20);
        assertThat(Calls.with(sealpost, "DELETE", REPORTS + second, "").statusCode())
                .isEqualTo(204);
        assertThat(sessions("prefer.example")).as("the first of the others").isEqualTo(10);
        assertThat(report(first).path("contested").asBoolean()).isTrue();
    }

    @Test
    void aDeletedReportDoesNotCountAndDoesNotComeBack() {
        String forged = stored("Forged", "delete.example", 1_000);
        String id = id("delete.example", 1, 1_000);
        assertThat(Calls.with(sealpost, "DELETE", REPORTS + id, "").statusCode())
                .isEqualTo(204);
        assertThat(sealpost.get(REPORTS + id).statusCode()).isEqualTo(404);
        assertThat(sealpost.get(REPORTS + id + "/raw").statusCode()).isEqualTo(404);
        assertThat(sessions("delete.example")).isZero();

        assertThat(sealpost.post(forged).statusCode()).isEqualTo(200);
        stored("Honest", "delete.example", 7);
        id("delete.example", 1, 7);
        assertThat(sessions("delete.example")).isEqualTo(7);

        assertThat(Calls.sql(sealpost, "SELECT who || ' ' || what FROM audit WHERE subject = 'reports/" + id + "'"))
                .isEqualTo("bootstrap deleteReport");
        assertThat(sealpost.output()).contains("[audit] bootstrap delete report " + id + " at 20");
    }

    @Test
    void whatIsNotThereOrNotAllowedIsSaid() {
        String unknown = REPORTS + "00000000-0000-0000-0000-000000000000";
        for (String path : new String[] {unknown, REPORTS + "nonsense"}) {
            assertThat(Calls.with(sealpost, "DELETE", path, "").statusCode()).isEqualTo(404);
            assertThat(Calls.with(sealpost, "POST", path + "/prefer", "").statusCode())
                    .isEqualTo(404);
        }
        assertThat(Calls.with(sealpost, "DELETE", unknown + "?colour=red", "").statusCode())
                .isEqualTo(400);
        assertThat(sealpost.send(HttpRequest.newBuilder(sealpost.uri(unknown)).DELETE())
                        .statusCode())
                .isEqualTo(401);
        assertThat(sealpost.getManagement("/q/openapi?format=json").body()).contains("deleteReport", "preferReport");
    }
}
