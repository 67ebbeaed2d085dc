package dev.sealpost.acceptance;

import static dev.sealpost.acceptance.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in the address that reports are sent to. */
class KeysIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final SealpostProcess sealpost = SharedSealpost.get();

    private HttpResponse<String> create(String body) {
        return Calls.with(sealpost, "POST", "/api/v1/keys", body);
    }

    private String tenant(String receipt) {
        return Calls.sql(sealpost, "SELECT tenant FROM report WHERE receipt = '" + receipt + "'");
    }

    private String post(String key, String id, String domain) {
        HttpResponse<String> answer =
                Calls.post(sealpost, "/tlsrpt/" + key, report("Keyed", id, domain, "2026-11-01", 1, 0));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String receipt = Answers.json(answer).path("receipt").asText();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !tenant(receipt).isEmpty());
        return tenant(receipt);
    }

    private void awaitStatus(String key, int status) {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> Calls.post(sealpost, "/tlsrpt/" + key, "no report").statusCode() == status);
    }

    @Test
    void aKeyAttributesUntilItIsRevokedAndIsSeenNowhere() throws IOException {
        HttpResponse<String> made = create("{\"role\":\"intake\",\"tenant\":\"acme\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("cache-control")).contains("no-store");
        JsonNode item = Answers.json(made);
        String key = item.path("key").asText();
        awaitStatus(key, 400);
        assertThat(post(key, "k1", "keyed.example")).isEqualTo("acme");
        assertThat(post(key + "/", "k2", "keyed.example")).as("trailing slash").isEqualTo("acme");

        JsonNode listed = Answers.json(sealpost.get("/api/v1/keys?limit=1000"));
        assertThat(listed.toString())
                .contains(item.path("id").asText(), "\"tenant\":\"acme\"")
                .doesNotContain(key);
        HttpResponse<String> revoked =
                Calls.with(sealpost, "DELETE", "/api/v1/keys/" + item.path("id").asText(), "");
        assertThat(revoked.statusCode()).isEqualTo(204);
        awaitStatus(key, 404);

        Set<String> answers = new HashSet<>();
        for (String wrong : List.of(key, "spi_" + "A".repeat(43), "x", "a%2Fb", "%00", "x".repeat(5_000))) {
            HttpResponse<String> refused = Calls.post(
                    sealpost, "/tlsrpt/" + wrong, report("Keyed", "k3", "keyed.example", "2026-11-01", 1, 0));
            assertThat(refused.statusCode()).as(wrong).isEqualTo(404);
            answers.add(refused.body() + refused.headers().map());
        }
        assertThat(answers).hasSize(1);
        assertThat(sealpost.output()).doesNotContain(key).doesNotContain("Error occurred while executing task");
        assertThat(sealpost.getManagement("/q/metrics").body())
                .doesNotContain(key)
                .doesNotContain("xxxxx");
        for (String file : List.of("keys.snapshot", "domains.snapshot")) {
            byte[] bytes = Files.readAllBytes(sealpost.data().resolve(file));
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain(key);
        }
    }

    @Test
    void aKeyOfDomainsAttributesReportsOfTheseAlone() {
        JsonNode item = Answers.json(
                create(
                        "{\"role\":\"intake\",\"tenant\":\"bound\",\"domains\":[\"Bound.example\"],\"expires\":\"2099-01-01T00:00:00Z\"}"));
        assertThat(item.path("domains").toString()).isEqualTo("[\"bound.example\"]");
        String key = item.path("key").asText();
        awaitStatus(key, 400);
        assertThat(post(key, "b1", "bound.example")).isEqualTo("bound");
        assertThat(post(key, "b2", "other.example")).as("as without a key").isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"role\":\"owner\",\"tenant\":\"acme\"}",
                "{\"role\":\"intake\",\"tenant\":\"acme\",\"admin\":true}",
                "{\"role\":\"intake\",\"tenant\":\"../acme\"}",
                "{\"role\":\"intake\",\"domains\":{}}",
                "{\"role\":\"intake\",\"domains\":[null]}",
                "{\"role\":\"intake\",\"role\":\"intake\"}",
                "{}",
                "null",
                "nonsense",
                ""
            })
    void aWrongWishIsAProblem(String body) {
        HttpResponse<String> answer = create(body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("urn:sealpost:problem:");
    }

    @Test
    void nothingOfItWithoutTheAdminKey() {
        for (HttpRequest.Builder request : List.of(
                HttpRequest.newBuilder(sealpost.uri("/api/v1/keys")),
                HttpRequest.newBuilder(sealpost.uri("/api/v1/keys"))
                        .POST(HttpRequest.BodyPublishers.ofString("{\"role\":\"intake\"}")),
                HttpRequest.newBuilder(sealpost.uri("/api/v1/keys/6c71a176-edd5-8990-b1fe-c741f7131515"))
                        .DELETE(),
                HttpRequest.newBuilder(sealpost.uri("/api/v1/domains/a.example"))
                        .PUT(HttpRequest.BodyPublishers.noBody()),
                HttpRequest.newBuilder(sealpost.uri("/api/v1/domains/a.example"))
                        .DELETE())) {
            assertThat(sealpost.send(request).statusCode()).isEqualTo(401);
        }
        JsonNode key = Answers.json(create("{\"role\":\"intake\"}"));
        HttpRequest.Builder asReader = HttpRequest.newBuilder(sealpost.uri("/api/v1/me"))
                .header("Authorization", "Bearer " + key.path("key").asText());
        assertThat(sealpost.send(asReader).statusCode())
                .as("a key of intake reads nothing")
                .isEqualTo(401);
    }
}
