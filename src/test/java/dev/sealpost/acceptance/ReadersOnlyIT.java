package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A process that only answers questions: its database goes away, and exports are read by nobody. */
class ReadersOnlyIT {
    /** Eleven megabytes, which no buffer between holds. */
    private static final String LARGE = "/api/v1/sessions?format=csv&from=1346-01-01&to=2030-12-31";

    private static final String SMALL = LARGE.replace("1346", "2029");

    /** More than there are connections for questions. */
    private static final int IDLE_READERS = 12;

    private static final int DEADLINE_SECONDS = 5;
    private static SealpostProcess sealpost;
    private static Wire wire;
    private static String key = "";

    @BeforeAll
    static void start() throws IOException {
        SealpostProcess shared = SharedSealpost.get();
        key = Answers.json(Calls.with(shared, "POST", "/api/v1/keys", "{\"role\":\"viewer\",\"tenant\":\"*\"}"))
                .path("key")
                .asText();
        Path directory = SharedSealpost.temporaryDirectory();
        Map<String, String> settings = OutageIT.addresses(shared.data());
        URI database = URI.create(settings.get("QUARKUS_DATASOURCE_JDBC_URL").substring("jdbc:".length()));
        wire = new Wire(database.getPort());
        settings.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:" + wire.port() + database.getPath());
        settings.put("SEALPOST_ROLES", "api");
        settings.put("SEALPOST_EXPORT_DEADLINE", DEADLINE_SECONDS + "s");
        sealpost = SealpostProcess.start(directory.resolve("reader"), settings);
    }

    @AfterAll
    static void end() throws IOException {
        sealpost.close();
        wire.close();
    }

    private static HttpResponse<String> ask(String path, String caller) {
        return sealpost.send(HttpRequest.newBuilder(sealpost.uri(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + caller));
    }

    @Test
    void aValidKeyIsToldToTryAgainWhileTheDatabaseIsAway() {
        assertThat(ask("/api/v1/failures", key).statusCode()).isEqualTo(200);
        wire.cut();
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> ask("/api/v1/me", key).statusCode() != 200);
            for (String caller : List.of(key, sealpost.adminKey())) {
                for (String call : List.of("failures", "sessions", "reports", "domains", "sessions?format=csv")) {
                    HttpResponse<String> answer = ask("/api/v1/" + call, caller);
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                    assertThat(answer.headers().firstValue("retry-after"))
                            .as(call)
                            .isPresent();
                    assertThat(answer.headers().firstValue("content-type").orElse(""))
                            .startsWith("application/problem+json");
                    assertThat(answer.body())
                            .contains("urn:sealpost:problem:unavailable")
                            .doesNotContain("127.0.0.1");
                }
            }
            assertThat(ask("/api/v1/me", "nonsense").statusCode()).isEqualTo(401);
        } finally {
            wire.mend();
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> ask("/api/v1/failures", key).statusCode() == 200);
    }

    @Test
    void whoDoesNotReadAnExportIsCutOffAndOthersAreAnsweredAgain() throws Exception {
        List<RawClient> idle = new ArrayList<>();
        for (int i = 0; i < IDLE_READERS; i++) {
            idle.add(new RawClient(sealpost.port())
                    .send("GET " + LARGE + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + key + "\r\n\r\n"));
        }
        // By themselves they would never be done.
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> ask("/api/v1/failures?domain=idle.example", key).statusCode() == 200);
        Awaitility.await("no question is open")
                .atMost(Duration.ofSeconds(60))
                .until(() -> Calls.sql(SharedSealpost.get(), """
                                SELECT count(*) FROM pg_stat_activity
                                WHERE state <> 'idle' AND query LIKE 'WITH present%'""").equals("0"));
        int whole = 0;
        for (RawClient client : idle) {
            String answer = client.untilClosed();
            whole += answer.contains("2030-12-31,") ? 1 : 0;
            client.close();
        }
        assertThat(whole).isZero();
        assertThat(ask(SMALL, key).body()).contains("2030-12-31,");
    }

    @Test
    void aQuestionThatGoesTooFarIsAProblemAtOnce() {
        String tooMany = "/api/v1/sessions?from=0001-01-01&to=2030-12-31";
        for (String format : List.of("json", "csv", "ndjson")) {
            HttpResponse<String> answer = ask(tooMany + "&format=" + format, key);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(Answers.json(answer).path("parameter").asText()).isEqualTo("from");
        }
    }
}
