package dev.sealpost.acceptance;

import static dev.sealpost.acceptance.Reports.detail;
import static dev.sealpost.acceptance.Reports.policy;
import static dev.sealpost.acceptance.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealpost.alert.detect.Family;
import dev.sealpost.alert.detect.IncidentKey;
import dev.sealpost.notify.Receiver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The process is killed while a round of judging writes what it found, and while a message is on its way: afterwards the
 * incidents are those there would have been, and each was told, under one id.
 */
class AlertCrashIT {
    private static final Map<String, String> SETTINGS = Map.of(
            "SEALPOST_WATCH_DOMAINS",
            "stripped.example,expired.example",
            "SEALPOST_INTAKE_TRUSTED_SOURCES",
            "127.0.0.1",
            "SEALPOST_INTAKE_MAX_CONNECTIONS_PER_SOURCE",
            "1000",
            "SEALPOST_ALERTS_SETTLE",
            "PT2S",
            "SEALPOST_OUTBOUND_ALLOW",
            "127.0.0.0/8",
            "JAVA_TOOL_OPTIONS",
            "-XX:TieredStopAtLevel=1");

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final int REPORTERS = 6;
    private static final int DAYS = 30;

    private final LocalDate last = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    private final Receiver receiver = new Receiver();
    private SealpostProcess sealpost;

    @BeforeEach
    void start() {
        sealpost = SealpostProcess.start(SharedSealpost.temporaryDirectory().resolve("killed"), SETTINGS);
    }

    private void killAndStartAgain() {
        sealpost.kill();
        receiver.hangs(0);
        sealpost = SealpostProcess.start(sealpost.data(), SETTINGS);
    }

    @AfterEach
    void stop() {
        sealpost.close();
        receiver.close();
    }

    @Test
    void theSameIncidentsAreToldUnderTheSameIdsWhenTheProcessDies() throws Exception {
        post(last.minusDays(DAYS), last.minusDays(1));
        call("/api/v1/channels", "{\"type\":\"webhook\",\"url\":\"" + receiver.url() + "\"}");
        String rule = call(
                        "/api/v1/alert-rules",
                        "{\"kind\":\"failure\",\"resultTypes\":[\"starttls-not-supported\"],\"severity\":\"high\"}")
                .path("id")
                .asText();
        Set<String> expected = expected(rule);

        receiver.hangs(60_000);
        try (Connection held = Calls.connect(sealpost);
                Statement statement = held.createStatement()) {
            statement.execute("CREATE FUNCTION wait_here() RETURNS trigger LANGUAGE plpgsql AS"
                    + " $$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END $$");
            statement.execute("CREATE TRIGGER wait_here AFTER INSERT ON alert FOR EACH STATEMENT"
                    + " EXECUTE FUNCTION wait_here()");
            statement.execute("SELECT pg_advisory_lock(4711)");
            post(last, last);
            Awaitility.await("a round that writes")
                    .atMost(SOON)
                    .until(() -> Calls.sql(
                                    sealpost, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory'")
                            .equals("1"));
            assertThat(alerts()).isEmpty();
            sealpost.kill();
        }
        sealpost = SealpostProcess.start(sealpost.data(), SETTINGS);
        Awaitility.await("a message on its way")
                .atMost(SOON)
                .until(() -> !receiver.calls().isEmpty());
        assertThat(alerts()).isEqualTo(expected);
        List<Receiver.Call> before = List.copyOf(receiver.calls());
        killAndStartAgain();
        Awaitility.await("all are taken").atMost(SOON).until(() -> taken().equals(String.valueOf(expected.size())));

        assertThat(alerts()).as("no second incident").isEqualTo(expected);
        for (String alert : expected) {
            assertThat(idsOf(alert)).as("told under one id: " + alert).hasSize(1);
        }
        assertThat(receiver.calls().stream().filter(call -> id(call).equals(id(before.getFirst()))))
                .as("what was on its way comes again")
                .hasSizeGreaterThan(before.size());
    }

    private Set<String> expected(String rule) {
        String ofRule = "rule " + rule + "\nstripped.example\n" + last;
        return new TreeSet<>(List.of(
                new IncidentKey("stripped.example", false, Family.STARTTLS, true, true)
                        .id(last.toEpochDay())
                        .toString(),
                new IncidentKey("expired.example", false, Family.CERTIFICATE, false, true)
                        .id(last.toEpochDay())
                        .toString(),
                UUID.nameUUIDFromBytes(ofRule.getBytes(StandardCharsets.UTF_8)).toString()));
    }

    private Set<String> alerts() {
        String ids = Calls.sql(sealpost, "SELECT coalesce(string_agg(id::text, ' '), '') FROM alert");
        return ids.isEmpty() ? Set.of() : new TreeSet<>(List.of(ids.split(" ")));
    }

    private String taken() {
        return Calls.sql(sealpost, "SELECT count(*) FROM message WHERE state = 'delivered'");
    }

    private static String id(Receiver.Call call) {
        return call.headers().getOrDefault("webhook-id", "none");
    }

    private Set<String> idsOf(String alert) {
        return receiver.calls().stream()
                .filter(call -> call.text().contains("\"alertId\":\"" + alert + "\""))
                .map(AlertCrashIT::id)
                .collect(Collectors.toSet());
    }

    private JsonNode call(String path, String body) {
        var made = Calls.with(sealpost, "POST", path, body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return Answers.json(made);
    }

    private void post(LocalDate from, LocalDate to) throws Exception {
        List<Callable<Integer>> posts = new ArrayList<>();
        from.datesUntil(to.plusDays(1)).forEach(day -> {
            for (int i = 0; i < REPORTERS; i++) {
                String body = report("Reporter " + i, "r" + day, day.toString(), stripped(i, day) + "," + expired(day));
                posts.add(() -> Calls.post(sealpost, "/tlsrpt", body).statusCode());
            }
        });
        try (ExecutorService senders = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> status : senders.invokeAll(posts)) {
                assertThat(status.get()).isEqualTo(200);
            }
        }
        Awaitility.await("all are counted")
                .atMost(SOON)
                .until(() -> Calls.sql(
                                sealpost,
                                "SELECT count(*) FROM daily_sessions WHERE domain = 'expired.example'"
                                        + " AND day BETWEEN '" + from + "' AND '" + to + "'")
                        .equals(String.valueOf(posts.size())));
    }

    private String stripped(int reporter, LocalDate day) {
        boolean fails = day.equals(last) && reporter == 0;
        return fails
                ? policy(
                        "sts",
                        "stripped.example",
                        600,
                        400,
                        detail("starttls-not-supported", "mx.stripped.example", "192.0.2.1", 400))
                : policy("sts", "stripped.example", 1_000, 0, "");
    }

    private String expired(LocalDate day) {
        return day.equals(last)
                ? policy(
                        "sts",
                        "expired.example",
                        100,
                        900,
                        detail("certificate-expired", "mx.expired.example", "192.0.2.1", 900))
                : policy("sts", "expired.example", 1_000, 0, "");
    }
}
