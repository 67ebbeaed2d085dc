package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask what, and how a refusal looks. */
class AccessIT {
    private static final List<String> CALLS = List.of(
            "/api/v1/failures",
            "/api/v1/sessions",
            "/api/v1/summary",
            "/api/v1/organizations",
            "/api/v1/mailboxes",
            "/api/v1/keys",
            "/api/v1/audit",
            "/api/v1/reports",
            "/api/v1/reports/6c71a176-edd5-8990-b1fe-c741f7131515",
            "/api/v1/reports/6c71a176-edd5-8990-b1fe-c741f7131515/raw",
            "/api/v1/domains",
            "/api/v1/domains/example.org",
            "/api/v1/quarantine",
            "/api/v1/quarantine/6c71a176-edd5-8990-b1fe-c741f7131515/raw",
            "/api/v1/imports",
            "/api/v1/imports/6c71a176-edd5-8990-b1fe-c741f7131515",
            "/api/v1/me");

    private final SealpostProcess sealpost = SharedSealpost.get();

    static Stream<String> spellings() {
        return CALLS.stream()
                .flatMap(call -> Stream.of(
                        call,
                        call + "/",
                        call.replace("/api", "//api"),
                        call.replace("/v1", "/./v1"),
                        call + ";v=1",
                        call.replace("/v1/", "/v1%2f"),
                        call.replace("api", "API"),
                        call + "%00",
                        call + "?key=x"));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void nothingIsReadWithoutAKey(String path) {
        assertThat(sealpost.getWithoutKey(path).statusCode()).isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "Bearer wrong", "Basic YWRtaW46YWRtaW4=", "bearer", "Bearer  \t"})
    void aWrongKeyIsA401ThatSaysWhatToSend(String authorization) {
        HttpResponse<String> answer = sealpost.send(
                HttpRequest.newBuilder(sealpost.uri("/api/v1/me")).header("Authorization", authorization));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate").orElse("")).startsWith("Bearer");
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
    }

    @Test
    void theAdminKeyReadsAll() {
        assertThat(Answers.json(sealpost.get("/api/v1/me")).path("role").asText())
                .isEqualTo("admin");
        assertThat(sealpost.output()).doesNotContain(sealpost.adminKey());
    }

    @Test
    void anUnknownReportIsAProblem() {
        for (String id : List.of("6c71a176-edd5-8990-b1fe-c741f7131515", "nonsense")) {
            HttpResponse<String> answer = sealpost.get("/api/v1/reports/" + id);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("urn:sealpost:problem:");
        }
    }

    @Test
    void anUnknownPathAndAWrongMethodAreProblems() {
        assertThat(sealpost.get("/api/v1/nothing").body()).contains("urn:sealpost:problem:");
        HttpResponse<String> post = sealpost.send(HttpRequest.newBuilder(sealpost.uri("/api/v1/failures"))
                .header("Authorization", "Bearer " + sealpost.adminKey())
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.body()).contains("urn:sealpost:problem:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "failures?nonsense=1",
                "failures?from=yesterday",
                "failures?from=2026-02-01&to=2026-01-01",
                "failures?groupBy=colour",
                "failures?receivingIp=1.2.3",
                "failures?limit=0",
                "failures?limit=1001",
                "failures?cursor=x",
                "failures?resultClass=bad",
                "sessions?interval=hour",
                "sessions?resultType=x",
                "sessions?policyType=%27%3B--",
                "reports?limit=many",
                "domains?state=lost",
                "summary?groupBy=domain",
                "summary?format=csv",
                "organizations?policyType=sts",
                "organizations?cursor=AAAA",
                "sessions?from=0001-01-01&to=9999-12-31",
                "quarantine?format=xml",
                "quarantine?channel=pigeon",
                "imports?state=done",
                "mailboxes?limit=0",
                "keys?format=xml",
                "me?x=1"
            })
    void aWrongParameterIsNamed(String question) {
        HttpResponse<String> answer = sealpost.get("/api/v1/" + question);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(Answers.json(answer).path("type").asText()).isEqualTo("urn:sealpost:problem:bad-parameter");
        assertThat(Answers.json(answer).path("parameter").asText()).isNotEmpty();
    }

    @Test
    void metricsHealthAndTheApiPageAreOnTheManagementPortAlone() {
        for (String path : List.of("/q/health/ready", "/q/metrics", "/q/openapi", "/q/swagger-ui/")) {
            assertThat(sealpost.getManagement(path).statusCode()).as(path).isEqualTo(200);
            assertThat(sealpost.getWithoutKey(path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(sealpost.getManagement("/q/openapi").body())
                .contains("/api/v1/failures", "/api/v1/sessions", "/api/v1/reports/{id}/raw", "/tlsrpt");
        assertThat(sealpost.getManagement("/q/metrics").body())
                .contains("sealpost_reports_received_total", "sealpost_unexpected_errors_total 0.0");
    }
}
