package dev.sealpost.acceptance;

import static dev.sealpost.acceptance.Reports.detail;
import static dev.sealpost.acceptance.Reports.policy;
import static dev.sealpost.acceptance.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a report over HTTP to an alert that somebody takes on and closes, by the running product. */
class AlertsIT {
    @SuppressWarnings("TimeInStaticInitializer") // one day for all reports of the run
    private static final String YESTERDAY =
            LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();

    private static final String RULE =
            "{\"kind\":\"failure\",\"severity\":\"high\",\"unverified\":true,\"domains\":[\"%s\"]}";

    @Nullable
    private static SealpostProcess started;

    @BeforeAll
    static void start() {
        started = SealpostProcess.start(
                SharedSealpost.temporaryDirectory().resolve("data"),
                Map.of("SEALPOST_ALERTS_SETTLE", "PT0S", "SEALPOST_WATCH_DOMAINS", "a.example,b.example,c.example"));
    }

    @AfterAll
    static void stop() {
        sealpost().close();
    }

    private static SealpostProcess sealpost() {
        return Objects.requireNonNull(started);
    }

    private static HttpResponse<String> call(String method, String path, String body, int status) {
        HttpResponse<String> answer = Calls.with(sealpost(), method, "/api/v1" + path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    private static void fail(String domain, String id) {
        String body = report(
                "Reporter <b>",
                id,
                YESTERDAY,
                policy("sts", domain, 60, 40, detail("starttls-not-supported", "mx." + domain, "192.0.2.1", 40)));
        assertThat(Calls.post(sealpost(), "/tlsrpt", body).statusCode()).isEqualTo(200);
    }

    private static JsonNode alertOf(String domain) {
        JsonNode[] found = new JsonNode[1];
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> {
            JsonNode items = Answers.json(sealpost().get("/api/v1/alerts?kind=rule&domain=" + domain))
                    .path("items");
            found[0] = items.path(0);
            return items.size() == 1;
        });
        return found[0];
    }

    @Test
    void anAlertIsFoundExplainedTakenOnAndClosed() {
        call("POST", "/alert-rules", RULE.formatted("a.example"), 201);
        fail("a.example", "r1");
        JsonNode alert = alertOf("a.example");
        String path = "/alerts/" + alert.path("id").asText();

        assertThat(alert.path("state").asText()).isEqualTo("open");
        assertThat(alert.path("severity").asText()).isEqualTo("high");
        assertThat(alert.path("domain").asText()).isEqualTo("a.example");
        assertThat(alert.path("organization").asText()).isEqualTo("Reporter <b>");
        assertThat(alert.path("resultType").asText()).isEqualTo("starttls-not-supported");
        assertThat(alert.path("text").asText()).contains("on 40 of 100 sessions", "Check first:\n1. Connect to the MX");
        assertThat(Answers.json(sealpost().get("/api/v1/summary?domain=a.example"))
                        .path("openAlerts")
                        .toString())
                .isEqualTo("{\"high\":1}");

        String list = "/api/v1/alerts?kind=rule&domain=a.example";
        assertThat(sealpost().get(list + "&format=csv").body())
                .startsWith("id,kind,severity,state,silenced,domain,")
                .contains("Reporter <b>")
                .doesNotContain("evidence");
        assertThat(Answers.json(sealpost().get(list + "&format=ndjson")))
                .isEqualTo(Answers.json(sealpost().get(list)).path("items").path(0));

        JsonNode taken = Answers.json(call("POST", path + "/acknowledge", "", 200));
        assertThat(taken.path("alert").path("state").asText()).isEqualTo("acknowledged");
        assertThat(taken.path("events").findValuesAsText("kind")).containsExactly("opened", "acknowledged");
        JsonNode closed = Answers.json(call("POST", path + "/resolve", "", 200));
        assertThat(closed.path("alert").path("state").asText()).isEqualTo("resolved");
        assertThat(closed.path("alert").path("resolved").isNull()).isFalse();
        call("POST", path + "/acknowledge", "", 409);
        call("POST", "/alerts/00000000-0000-0000-0000-000000000000/acknowledge", "", 404);
        call("GET", "/alerts/none", "", 404);
        assertThat(Calls.sql(
                        sealpost(),
                        "SELECT string_agg(DISTINCT kind, ',' ORDER BY kind) FROM notice WHERE alert = '"
                                + alert.path("id").asText() + "'"))
                .isEqualTo("acknowledged,opened,resolved");
    }

    @Test
    void aSilentAlertIsShownAndNotTold() {
        call("POST", "/silences", "{\"until\":\"2099-01-01T00:00:00Z\",\"domains\":[\"b.example\"]}", 201);
        call("POST", "/alert-rules", RULE.formatted("b.example"), 201);
        fail("b.example", "r2");
        JsonNode alert = alertOf("b.example");

        assertThat(alert.path("silenced").asBoolean()).isTrue();
        assertThat(Calls.sql(
                        sealpost(),
                        "SELECT count(*) FROM notice WHERE alert = '"
                                + alert.path("id").asText() + "'"))
                .isEqualTo("0");
    }

    @Test
    void rulesAndSilencesAreKeptAsTheyAreWritten() {
        for (String kind : new String[] {"/alert-rules", "/silences"}) {
            boolean rules = kind.equals("/alert-rules");
            String body = rules
                    ? "{\"kind\":\"failure-rate\",\"enabled\":false,\"rate\":0.2}"
                    : "{\"until\":\"2020-01-01T00:00:00Z\",\"comment\":\"moving\"}";
            JsonNode made = Answers.json(call("POST", kind, body, 201));
            String path = kind + "/" + made.path("id").asText();
            assertThat(Answers.json(call("GET", path, "", 200))).isEqualTo(made);
            assertThat(Answers.json(call("PUT", path, body, 200))).isEqualTo(made);
            assertThat(Answers.json(call("GET", kind, "", 200)).path("items")).contains(made);
            call("POST", kind, "{}", 400);
            call("POST", kind, "{\"no\":1}", 400);
            call("DELETE", path, "", 204);
            call("DELETE", path, "", 404);
            call("PUT", path, body, 404);
        }
        call("POST", "/alert-rules", "{\"kind\":\"failure\",\"days\":0}", 400);
        call("POST", "/alert-rules", "{\"kind\":\"failure\",\"domains\":[\"no domain\"]}", 400);
    }

    @Test
    void aRuleIsTriedOnThePast() {
        fail("c.example", "r3");
        Awaitility.await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            JsonNode preview = Answers.json(call("POST", "/alert-rules/preview", RULE.formatted("c.example"), 200));
            assertThat(preview.path("alerts").path(0).path("openedDay").asText())
                    .isEqualTo(YESTERDAY);
        });
        assertThat(Answers.json(sealpost().get("/api/v1/alerts?kind=rule&domain=c.example"))
                        .path("items"))
                .isEmpty();
    }

    @Test
    void openAlertsAreCounted() {
        assertThat(sealpost().getManagement("/q/metrics").body())
                .contains("sealpost_alerts_open{severity=\"critical\"}");
    }
}
