package dev.sealpost.acceptance;

import static dev.sealpost.acceptance.Reports.policy;
import static dev.sealpost.acceptance.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A process that uses a database and a broker outside, here those inside another one, and loses them. */
class OutageIT {
    private final Path directory = SharedSealpost.temporaryDirectory();
    private final Path outside = directory.resolve("outside");

    @Test
    void nothingEmbeddedStartsAndAnOutageLosesNothingThatGotA200() throws IOException {
        SealpostProcess first = SealpostProcess.start(outside);
        Map<String, String> settings = addresses(outside);
        settings.put("SEALPOST_INTAKE_SPOOL_ENABLED", "false");
        try (SealpostProcess sealpost = SealpostProcess.start(directory.resolve("own"), settings)) {
            assertThat(directory.resolve("own").resolve("postgres")).doesNotExist();
            assertThat(directory.resolve("own").resolve("kafka")).doesNotExist();
            assertThat(sealpost.post(report("Outage", "1", "outage.example", "2026-11-01", 1, 0))
                            .statusCode())
                    .isEqualTo(200);
            Answers.sessionsOf(sealpost, "outage.example", 1);

            // Both die with reports and junk on their way to the tables.
            String lost = "{\"policy\":{\"policy-type\":\"sts\"},\"summary\":{\"total-successful-session-count\":9}}";
            for (int i = 2; i <= 20; i++) {
                String half = policy("sts", "outage.example", 1, 0, "") + "," + lost;
                assertThat(sealpost.post(report("Outage", "" + i, "2026-11-01", half))
                                .statusCode())
                        .isEqualTo(200);
                sealpost.post("junk " + i);
            }
            first.kill();
            long begin = System.nanoTime();
            HttpResponse<String> refused = sealpost.post(report("Outage", "x", "outage.example", "2026-11-01", 1, 0));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("retry-after")).isPresent();
            assertThat(refused.body()).contains("urn:sealpost:problem:unavailable");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));

            try (SealpostProcess back = SealpostProcess.start(outside)) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> sealpost.post(report("Outage", "21", "outage.example", "2026-11-01", 1, 0))
                                        .statusCode()
                                == 200);
                JsonNode total = Answers.sessionsOf(back, "outage.example", 21);
                assertThat(total.path("successfulSessions").asLong()).isEqualTo(21);
                Awaitility.await("19 junk bodies and 19 reports with a policy of no domain")
                        .atMost(Duration.ofSeconds(90))
                        .until(() -> Answers.json(sealpost.get("/api/v1/quarantine?limit=1000"))
                                        .path("items")
                                        .size()
                                == 38);
            }
        }
    }

    @Test
    void theDoorIsOpenWhileTheDatabaseIsAway() throws IOException {
        SealpostProcess broker = SharedSealpost.get();
        Map<String, String> settings = addresses(broker.data());
        settings.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/nobody");
        settings.put("SEALPOST_KAFKA_TOPIC_PREFIX", "nodb");
        try (SealpostProcess sealpost = SealpostProcess.launch(directory.resolve("nodb"), settings)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> sealpost.getManagement("/q/health/ready").statusCode() == 200);
            assertThat(sealpost.post(report("Nodb", "1", "nodb.example", "2026-11-01", 1, 0))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(sealpost.post("junk").statusCode()).isEqualTo(400);
            assertThat(sealpost.getManagement("/q/health/group/aggregator").statusCode())
                    .isEqualTo(503);
            assertThat(sealpost.output()).contains("trying again", "Sealpost ready");
            assertThat(sealpost.terminate(15))
                    .as("stops while it waits for the database")
                    .isTrue();
        }
    }

    /** Where the parts of another process are, as somebody configures his own. */
    static Map<String, String> addresses(Path outside) throws IOException {
        return addresses(
                outside, Files.readString(outside.resolve("origin.key")).strip());
    }

    /** The same for a process that was given its key. */
    static Map<String, String> addresses(Path outside, String originKey) throws IOException {
        Properties connections = new Properties();
        try (Reader file = Files.newBufferedReader(outside.resolve("connections.properties"))) {
            connections.load(file);
        }
        Map<String, String> settings = database(connections);
        settings.putAll(broker(connections));
        settings.put("SEALPOST_ORIGIN_KEY", originKey);
        return settings;
    }

    /** The settings for the PostgreSQL of another process. */
    static Map<String, String> database(Properties connections) {
        Map<String, String> settings = new HashMap<>();
        settings.put("QUARKUS_DATASOURCE_JDBC_URL", connections.getProperty("postgres.url"));
        settings.put("QUARKUS_DATASOURCE_USERNAME", connections.getProperty("postgres.user"));
        settings.put("QUARKUS_DATASOURCE_PASSWORD", connections.getProperty("postgres.password"));
        return settings;
    }

    /** The settings for the Kafka of another process. */
    static Map<String, String> broker(Properties connections) {
        Map<String, String> settings = new HashMap<>();
        settings.put("KAFKA_BOOTSTRAP_SERVERS", connections.getProperty("kafka.bootstrap.servers"));
        settings.put("KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT");
        settings.put("KAFKA_SASL_MECHANISM", "PLAIN");
        settings.put(
                "KAFKA_SASL_JAAS_CONFIG",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
                        + connections.getProperty("kafka.username") + "\" password=\""
                        + connections.getProperty("kafka.password") + "\";");
        return settings;
    }
}
