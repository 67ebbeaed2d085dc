package dev.sealpost.acceptance;

import java.net.http.HttpResponse;
import java.time.Duration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;

/** Reads answers, and waits for numbers that are on their way. */
final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Answers() {}

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + response.statusCode() + " " + response.body(), e);
        }
    }

    /** The total row of a domain as soon as it has so many reports. */
    static JsonNode sessionsOf(SealpostProcess sealpost, String domain, long reports) {
        String path = "/api/v1/sessions?interval=total&from=2016-01-01&domain=" + domain;
        return Awaitility.await(reports + " reports of " + domain)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> json(sealpost.get(path)).path("rows").path(0),
                        row -> row.path("reports").asLong() >= reports);
    }
}
