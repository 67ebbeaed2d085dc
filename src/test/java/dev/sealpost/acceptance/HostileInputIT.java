package dev.sealpost.acceptance;

import static dev.sealpost.acceptance.Reports.gzip;
import static dev.sealpost.acceptance.Reports.policy;
import static dev.sealpost.acceptance.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Input made to hurt: it is refused or healed, and what comes after it is counted all the same. */
class HostileInputIT {
    private final SealpostProcess sealpost = SharedSealpost.get();

    @AfterEach
    void nothingUnexpectedHappenedAndTheNextReportIsCounted() {
        String domain = "after-" + System.nanoTime() + ".example";
        assertThat(sealpost.post(report("After", "a", domain, "2026-11-01", 7, 0))
                        .statusCode())
                .isEqualTo(200);
        assertThat(Answers.sessionsOf(sealpost, domain, 1)
                        .path("successfulSessions")
                        .asLong())
                .isEqualTo(7);
        assertThat(sealpost.output()).doesNotContain("OutOfMemoryError", "StackOverflowError");
    }

    @Test
    void junkIsKeptWithItsReasonAndItsBytes() {
        String junk = "{\"report-id\": junk-of-this-test";
        assertThat(sealpost.post(junk).statusCode()).isEqualTo(400);
        JsonNode kept = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> Answers.json(sealpost.get("/api/v1/quarantine?limit=1"))
                                .path("items")
                                .path(0),
                        item -> item.path("bytes").asInt() == junk.length());
        assertThat(kept.path("reason").asText()).isEqualTo("bad-json");
        assertThat(sealpost.get("/api/v1/quarantine/" + kept.path("id").asText() + "/raw")
                        .body())
                .isEqualTo(junk);
    }

    @Test
    void aBombOfZerosIsTooLarge() {
        HttpResponse<String> answer = sealpost.post(gzip(new byte[64 << 20]));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("urn:sealpost:problem:too-large");
    }

    @Test
    void nestedArraysAreTooDeep() {
        HttpResponse<String> answer = sealpost.post("{\"policies\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("urn:sealpost:problem:too-deep");
    }

    @Test
    void aReportOf31MebibytesAndTwentyThousandDetailsIsAccepted() {
        String filler = "x".repeat(1_470);
        String details = IntStream.range(0, 20_000)
                .mapToObj(i -> """
                        {"result-type":"certificate-expired","sending-mta-ip":"192.0.2.%d",
                        "receiving-mx-hostname":"mx%d.large.example","failed-session-count":2,
                        "failure-reason-code":"%s"}""".formatted(i % 250, i % 5, filler))
                .collect(Collectors.joining(","));
        String json = report("Large", "l", "2026-11-01", policy("sts", "large.example", 1, 40_000, details));
        assertThat(json.length()).isBetween(31 << 20, 32 << 20);
        assertThat(sealpost.post(gzip(json)).statusCode()).isEqualTo(200);
        assertThat(Answers.sessionsOf(sealpost, "large.example", 1)
                        .path("failedSessions")
                        .asLong())
                .isEqualTo(40_000);
        JsonNode failures =
                Answers.json(sealpost.get("/api/v1/failures?from=2026-11-01&to=2026-11-01&domain=large.example"));
        assertThat(failures.path("rows").path(0).path("failedSessions").asLong())
                .isEqualTo(40_000);
    }

    @Test
    void textThatPostgresRefusesIsHealed() {
        String json = report("Nul\\u0000 and \\ud800 \\udc00", "n\\u0000-\\udfff", "nul.example", "2026-11-01", 3, 0);
        assertThat(sealpost.post(json).statusCode()).isEqualTo(200);
        assertThat(Answers.sessionsOf(sealpost, "nul.example", 1)
                        .path("successfulSessions")
                        .asLong())
                .isEqualTo(3);
    }

    @Test
    void countsThatWouldOverflowAreClampedAndStopNothing() {
        long huge = 9_200_000_000_000_000_000L;
        for (int i = 0; i < 2; i++) {
            String json = report("Huge " + i, "h" + i, "huge.example", "2026-11-01", huge, huge);
            assertThat(sealpost.post(json).statusCode()).isEqualTo(200);
            String same = report("Huge", "h" + i, "huge-same.example", "2026-11-01", huge, huge);
            assertThat(sealpost.post(same).statusCode()).isEqualTo(200);
        }
        for (String domain : new String[] {"huge.example", "huge-same.example"}) {
            JsonNode total = Answers.sessionsOf(sealpost, domain, 2);
            assertThat(total.path("successfulSessions").asLong()).isEqualTo(Long.MAX_VALUE);
            assertThat(total.path("failedSessions").asLong()).isEqualTo(Long.MAX_VALUE);
        }
        String over = report("Over", "o", "2026-11-01", policy("sts", "over.example", 5, 0, ""))
                .replace(":5,", ":99999999999999999999999,");
        assertThat(sealpost.post(over).statusCode()).isEqualTo(200);
        assertThat(Answers.sessionsOf(sealpost, "over.example", 1)
                        .path("successfulSessions")
                        .asLong())
                .isZero();
    }

    @Test
    void unknownTypesAreKeptAndCounted() {
        String detail = "{\"result-type\":\"Ech-Required\",\"failed-session-count\":2}";
        String json = report("Future", "f", "2026-11-01", policy("dane-v2", "future.example", 1, 2, detail));
        assertThat(sealpost.post(json).statusCode()).isEqualTo(200);
        assertThat(Answers.sessionsOf(sealpost, "future.example", 1)
                        .path("failedSessions")
                        .asLong())
                .isEqualTo(2);
        JsonNode row = Answers.json(
                        sealpost.get(
                                "/api/v1/failures?from=2026-11-01&to=2026-11-01&domain=future.example&groupBy=resultType&groupBy=resultClass"))
                .path("rows")
                .path(0);
        assertThat(row.path("resultType").asText()).isEqualTo("ech-required");
        assertThat(row.path("resultClass").asText()).isEqualTo("other");
    }

    @Test
    void aPolicyWithoutDomainDoesNotSinkTheOthers() {
        String lost = "{\"policy\":{\"policy-type\":\"sts\"},\"summary\":{\"total-successful-session-count\":9}}";
        String json = report("Half", "h", "2026-11-01", policy("sts", "half.example", 4, 0, "") + "," + lost);
        assertThat(sealpost.post(json).statusCode()).isEqualTo(200);
        assertThat(Answers.sessionsOf(sealpost, "half.example", 1)
                        .path("successfulSessions")
                        .asLong())
                .isEqualTo(4);
    }
}
