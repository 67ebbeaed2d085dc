package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.sealpost.notify.Receiver;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels of the packaged product: made over REST, told from the outbox, by web, mail and topic. */
class ChannelsIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final Path DATA = SharedSealpost.temporaryDirectory().resolve("data");
    private static SealpostProcess sealpost;

    @BeforeAll
    static void begin() {
        MAIL.start();
        start();
    }

    private static void start() {
        sealpost = SealpostProcess.start(
                DATA,
                Map.of(
                        "SEALPOST_OUTBOUND_ALLOW",
                        "127.0.0.0/8",
                        "QUARKUS_MAILER_FROM",
                        "sealpost@example.org",
                        "QUARKUS_MAILER_HOST",
                        "127.0.0.1",
                        "QUARKUS_MAILER_PORT",
                        String.valueOf(MAIL.getSmtp().getPort()),
                        "QUARKUS_MAILER_START_TLS",
                        "DISABLED"));
    }

    @AfterAll
    static void stop() {
        sealpost.close();
        MAIL.stop();
    }

    private static JsonNode create(String body) {
        HttpResponse<String> made = Calls.with(sealpost, "POST", "/api/v1/channels", body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return Answers.json(made);
    }

    /** As an evaluator writes it, in its transaction. */
    private static UUID put(String severity, String kind, @Nullable String tenant, String subject, String text) {
        UUID alert = UUID.randomUUID();
        try (Connection connection = Calls.connect(sealpost);
                PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO notice (id, kind, at, alert, tenant, domains, severity, state, subject, body, json)
                        VALUES (?, ?, now(), ?, ?, '{example.org}', ?, 'open', ?, ?, '{"kind":"attack"}')""")) {
            insert.setString(1, alert + "/" + kind);
            insert.setString(2, kind);
            insert.setObject(3, alert);
            insert.setString(4, tenant);
            insert.setString(5, severity);
            insert.setString(6, subject);
            insert.setString(7, text);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return alert;
    }

    private static JsonNode deliveries(String channel) {
        return Answers.json(sealpost.get("/api/v1/channels/" + channel + "/deliveries"))
                .path("items");
    }

    private static void awaitDelivered(String channel) {
        Awaitility.await("a delivery, last: " + deliveries(channel))
                .atMost(SOON)
                .until(() -> deliveries(channel).path(0).path("state").asText().equals("delivered")
                        && !deliveries(channel).path(0).path("kind").asText().equals("test"));
    }

    @Test
    void aWebhookIsMadeTestedToldShownAndDeleted() {
        try (Receiver receiver = new Receiver()) {
            JsonNode made = create("{\"type\":\"webhook\",\"name\":\"pager\",\"url\":\"" + receiver.url()
                    + "\",\"severity\":\"high\",\"domains\":[\"EXAMPLE.org\",\"*.example.net\"],\"token\":\"t0ken\","
                    + "\"quietHours\":{\"from\":\"22:00\",\"to\":\"07:00\",\"zone\":\"Europe/Berlin\"}}");
            String id = made.path("id").asText();
            assertThat(made.path("secret").asText()).startsWith("whsec_");
            assertThat(made.path("target").asText())
                    .doesNotContain("secret-part")
                    .startsWith("http://127.0.0.1:");
            String shown = sealpost.get("/api/v1/channels/" + id).body()
                    + sealpost.get("/api/v1/channels").body();
            assertThat(shown)
                    .contains("pager", "*.example.net", "example.org", "Europe/Berlin")
                    .doesNotContain("whsec_", "secret-part", "t0ken");

            JsonNode tested = Answers.json(Calls.with(sealpost, "POST", "/api/v1/channels/" + id + "/test", ""));
            assertThat(tested.path("delivered").asBoolean())
                    .as(tested.toString())
                    .isTrue();
            assertThat(receiver.calls().getFirst().headers()).containsEntry("Authorization", "Bearer t0ken");
            assertThat(receiver.calls().getFirst().text()).contains("\"type\":\"test\"");
            assertThat(deliveries(id).path(0).path("kind").asText()).isEqualTo("test");
            assertThat(deliveries(id).path(0).path("state").asText()).isEqualTo("delivered");
            HttpResponse<String> again = Calls.with(sealpost, "POST", "/api/v1/channels/" + id + "/test", "");
            assertThat(again.statusCode()).as(again.body()).isEqualTo(429);
            assertThat(again.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(1L, 10L);
            assertThat(receiver.calls()).hasSize(1);

            UUID alert = put("critical", "opened", null, "subject", "text");
            awaitDelivered(id);
            assertThat(receiver.calls().getLast().text()).contains(alert.toString());
            assertThat(sealpost.getManagement("/q/metrics").body())
                    .contains("sealpost_deliveries_total{outcome=\"delivered\",type=\"webhook\"}");
            assertThat(Calls.with(sealpost, "DELETE", "/api/v1/channels/" + id, "")
                            .statusCode())
                    .isEqualTo(204);
            assertThat(sealpost.get("/api/v1/channels/" + id).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aChangeKeepsWhatIsSecretAndRotatesWhenAsked() {
        try (Receiver receiver = new Receiver()) {
            JsonNode made = create("{\"type\":\"webhook\",\"url\":\"" + receiver.url() + "\"}");
            String path = "/api/v1/channels/" + made.path("id").asText();
            JsonNode kept = Answers.json(Calls.with(sealpost, "PUT", path, "{\"name\":\"other\"}"));
            assertThat(kept.path("name").asText()).isEqualTo("other");
            assertThat(kept.path("secret").isNull()).isTrue();
            JsonNode rotated = Answers.json(Calls.with(sealpost, "PUT", path, "{\"rotateSecret\":true}"));
            assertThat(rotated.path("secret").asText())
                    .startsWith("whsec_")
                    .isNotEqualTo(made.path("secret").asText());
            Calls.with(sealpost, "POST", path + "/test", "");
            assertThat(receiver.calls()
                            .getFirst()
                            .headers()
                            .get("webhook-signature")
                            .split(" "))
                    .as("the new and the old one sign")
                    .hasSize(2);
        }
    }

    @Test
    void aMailHasItsHeadersAndNoOthers() throws Exception {
        JsonNode made = create("{\"type\":\"mail\",\"to\":[\"ops@example.org\",\"second@example.org\"]}");
        String hostile = "x\r\nBcc: victim@example.net\r\n\r\nbody \u760a\u760d \u202Egpj.exe <b>bold</b> \u0007";
        put("high", "opened", null, "org " + hostile, "first line <script>alert(1)</script>\n.\n" + hostile);
        awaitDelivered(made.path("id").asText());
        MimeMessage[] mails = MAIL.getReceivedMessages();
        assertThat(mails).hasSize(2);
        MimeMessage mail = mails[0];
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getAllRecipients()).hasSize(2);
        assertThat(mail.getSubject())
                .startsWith("[high, opened] org x")
                .doesNotContain("\r", "\n", "\u202E", "\u0007", "\u760a");
        assertThat(mail.getMessageID()).endsWith("@example.org>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat((String) parts.getBodyPart(0).getContent()).contains("first line <script>", "\n.");
        assertThat((String) parts.getBodyPart(1).getContent())
                .contains("&lt;script&gt;", "&lt;b&gt;")
                .doesNotContain("<script", "<b>", "\u202E");
        Calls.with(sealpost, "DELETE", "/api/v1/channels/" + made.path("id").asText(), "");
    }

    @Test
    void theTopicHasEachNoticeAsAnEvent() throws Exception {
        JsonNode made = create("{\"type\":\"kafka\"}");
        UUID alert = put("low", "opened", null, "subject", "text");
        awaitDelivered(made.path("id").asText());
        Map<String, Object> client = new HashMap<>(Topic.client(sealpost.data()));
        client.put("auto.offset.reset", "earliest");
        client.put("group.id", "alerts-test");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("tlsrpt.alerts"));
            ConsumerRecord<String, String> record = Awaitility.await()
                    .atMost(SOON)
                    .until(
                            () -> {
                                for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(500))) {
                                    if (alert.toString().equals(each.key())) {
                                        return each;
                                    }
                                }
                                return null;
                            },
                            each -> each != null);
            assertThat(new String(record.headers().lastHeader("content-type").value(), StandardCharsets.UTF_8))
                    .startsWith("application/cloudevents+json");
            JsonNode event = new com.fasterxml.jackson.databind.ObjectMapper().readTree(record.value());
            assertThat(event.path("specversion").asText()).isEqualTo("1.0");
            assertThat(event.path("type").asText()).isEqualTo("dev.sealpost.alert.opened");
            assertThat(event.path("subject").asText()).isEqualTo(alert.toString());
            assertThat(event.at("/data/alert/kind").asText()).isEqualTo("attack");
        }
        Calls.with(sealpost, "DELETE", "/api/v1/channels/" + made.path("id").asText(), "");
    }

    private static String key(String tenant, String more) {
        return Answers.json(Calls.with(
                        sealpost,
                        "POST",
                        "/api/v1/keys",
                        "{\"role\":\"operator\",\"tenant\":\"" + tenant + "\"" + more + "}"))
                .path("key")
                .asText();
    }

    private static HttpResponse<String> as(String key, String method, String path, String body) {
        return sealpost.send(HttpRequest.newBuilder(sealpost.uri(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + key)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void aTenantSeesAndTellsItsOwnAndReachesNoNetworkOfTheOperator() {
        String one = key("one", "");
        String two = key("two", "");
        try (Receiver receiver = new Receiver()) {
            String body = "{\"type\":\"webhook\",\"url\":\"" + receiver.url() + "\"}";
            HttpResponse<String> made = as(one, "POST", "/api/v1/channels", body);
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            JsonNode channel = Answers.json(made);
            assertThat(channel.path("tenant").asText()).isEqualTo("one");
            String path = "/api/v1/channels/" + channel.path("id").asText();
            for (String of : List.of("", "/deliveries")) {
                assertThat(as(two, "GET", path + of, "").statusCode()).isEqualTo(404);
                assertThat(as(one, "GET", path + of, "").statusCode()).isEqualTo(200);
            }
            assertThat(as(two, "POST", path + "/test", "").statusCode()).isEqualTo(404);
            assertThat(as(two, "PUT", path, body).statusCode()).isEqualTo(404);
            assertThat(as(two, "DELETE", path, "").statusCode()).isEqualTo(404);
            assertThat(as(two, "GET", "/api/v1/channels", "").body()).contains("\"items\":[]");
            assertThat(as(two, "POST", "/api/v1/channels", body.replace("{", "{\"tenant\":\"one\","))
                            .statusCode())
                    .isEqualTo(400);
            assertThat(as(one, "POST", "/api/v1/channels", "{\"type\":\"kafka\"}")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(as(key("one", ",\"domains\":[\"a.example\"]"), "GET", "/api/v1/channels", "")
                            .statusCode())
                    .isEqualTo(403);
            put("critical", "opened", "one", "for one", "text");
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> Answers.json(as(one, "GET", path + "/deliveries", ""))
                            .at("/items/0/answer")
                            .asText()
                            .contains("not of the public internet"));
            assertThat(receiver.calls()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":\"pigeon\"}",
                "{\"type\":\"webhook\"}",
                "{\"type\":\"webhook\",\"url\":\"ftp://example.org\"}",
                "{\"type\":\"webhook\",\"url\":\"https://user:pw@example.org/\"}",
                "{\"type\":\"webhook\",\"url\":\"https://example.org/\",\"secret\":\"short\"}",
                "{\"type\":\"slack\",\"url\":\"https://example.org/\",\"secret\":\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"}",
                "{\"type\":\"webhook\",\"url\":\"https://example.org/\",\"token\":\"a\\r\\nX: y\"}",
                "{\"type\":\"webhook\",\"url\":\"https://example.org/\",\"severity\":\"bad\"}",
                "{\"type\":\"webhook\",\"url\":\"https://example.org/\",\"domains\":[\"*\"]}",
                "{\"type\":\"webhook\",\"url\":\"https://example.org/\",\"domains\":[null]}",
                "{\"type\":\"webhook\",\"url\":\"https://example.org/\",\"perHour\":0}",
                "{\"type\":\"webhook\",\"url\":\"https://example.org/\",\"quietHours\":{\"from\":\"25:00\",\"to\":\"07:00\"}}",
                "{\"type\":\"webhook\",\"url\":\"https://example.org/\",\"quietHours\":{}}",
                "{\"type\":\"webhook\",\"url\":\"https://example.org/\",\"digest\":{\"every\":\"hour\"}}",
                "{\"type\":\"webhook\",\"url\":\"https://example.org/\",\"digest\":{\"every\":\"day\",\"zone\":\"Mars/X\"}}",
                "{\"type\":\"mail\"}",
                "{\"type\":\"mail\",\"to\":[\"a@example.org\\r\\nBcc: b@example.org\"]}",
                "{\"type\":\"mail\",\"to\":[\"<a@example.org>\"]}",
                "{\"type\":\"mail\",\"to\":[\"a@example.org,b@example.org\"]}",
                "{\"type\":\"mail\",\"to\":[\"a@example.org\"],\"url\":\"https://example.org/\"}",
                "{\"type\":\"kafka\",\"digest\":{\"every\":\"day\"}}",
                "{\"type\":\"kafka\",\"unknown\":1}"
            })
    void aWrongWishIsAProblem(String body) {
        HttpResponse<String> answer = Calls.with(sealpost, "POST", "/api/v1/channels", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("urn:sealpost:problem:");
    }

    @Test
    void aKilledServerTellsAfterItsRestart() {
        try (Receiver receiver = new Receiver()) {
            String id = create("{\"type\":\"webhook\",\"url\":\"" + receiver.url() + "\"}")
                    .path("id")
                    .asText();
            receiver.answersWith(500);
            put("critical", "opened", null, "before the kill", "text");
            Awaitility.await().atMost(SOON).until(() -> !receiver.calls().isEmpty());
            sealpost.kill();
            receiver.answersWith(200);
            start();
            awaitDelivered(id);
            assertThat(receiver.calls().stream()
                            .map(call -> call.headers().get("webhook-id"))
                            .distinct())
                    .hasSize(1);
        }
    }
}
