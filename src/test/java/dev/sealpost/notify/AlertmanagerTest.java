package dev.sealpost.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Told as Alertmanager's API v2 wants it, over real sockets. */
class AlertmanagerTest {
    private final World world = new World();
    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        receiver.close();
    }

    private UUID channel(int severity) {
        return world.channel(
                "alertmanager", null, severity, List.of(), world.settings(null, null, true), receiver.url());
    }

    /** The alerts of the n-th call, after a look at what the schema of postableAlerts demands. */
    private List<JsonNode> alerts(int call) {
        JsonNode body = Kept.tree(receiver.calls().get(call).text());
        assertThat(body.isArray()).isTrue();
        List<JsonNode> alerts = new ArrayList<>();
        for (JsonNode alert : body) {
            // labelSet: an object of strings, and a label alertname is what tells alerts apart for people.
            assertThat(alert.path("labels").isObject()).isTrue();
            assertThat(alert.at("/labels/alertname").asText()).isNotEmpty();
            for (String set : List.of("labels", "annotations")) {
                for (Map.Entry<String, JsonNode> label : alert.path(set).properties()) {
                    assertThat(label.getKey()).matches("[a-zA-Z_][a-zA-Z0-9_]*");
                    assertThat(label.getValue().isTextual()).isTrue();
                }
            }
            Instant starts = Instant.parse(alert.path("startsAt").asText());
            Instant ends = Instant.parse(alert.path("endsAt").asText());
            assertThat(ends).isAfter(starts);
            alerts.add(alert);
        }
        return alerts;
    }

    @Test
    void whatIsOpenIsToldEachMinuteAndItsEndToo() {
        channel(3);
        world.put(Notices.opened("a", "high"));
        world.round();
        assertThat(receiver.calls()).hasSize(1);
        JsonNode alert = alerts(0).getFirst();
        assertThat(alert.at("/labels/severity").asText()).isEqualTo("high");
        assertThat(alert.at("/labels/kind").asText()).isEqualTo("attack");
        assertThat(alert.at("/labels/domain").asText()).isEqualTo("example.org");
        assertThat(alert.path("labels").has("organization")).as("null").isFalse();
        for (int minute = 1; minute <= 5; minute++) {
            world.clock.forward(Duration.ofMinutes(1));
            world.round();
            JsonNode again = alerts(receiver.calls().size() - 1).getFirst();
            assertThat(again.path("labels")).isEqualTo(alert.path("labels"));
            assertThat(Instant.parse(again.path("endsAt").asText())).isAfter(world.clock.instant());
        }
        assertThat(receiver.calls()).hasSizeBetween(6, 7);
        world.put(Notices.of("a", "resolved", "low", "resolved", null, List.of("example.org")));
        world.database.run("UPDATE notice SET at = '" + world.clock.instant() + "' WHERE kind = 'resolved'");
        world.round();
        JsonNode over = alerts(receiver.calls().size() - 1).getFirst();
        assertThat(Instant.parse(over.path("endsAt").asText())).isEqualTo(world.clock.instant());
        world.clock.forward(Duration.ofMinutes(20));
        int before = receiver.calls().size();
        world.round();
        assertThat(receiver.calls()).as("it was told long enough").hasSize(before);
    }

    @Test
    void anAlertmanagerThatComesLaterIsToldWhatIsOpen() {
        world.put(Notices.opened("a", "high"), Notices.opened("b", "low"));
        world.route();
        channel(1);
        world.round();
        assertThat(alerts(0)).hasSize(1);
    }

    @Test
    void manyAlertsAreToldInSeveralCalls() {
        channel(3);
        world.database.put(IntStream.range(0, 450)
                .mapToObj(i -> Notices.opened("n" + i, "medium"))
                .toList());
        world.round();
        int told = 0;
        for (int call = 0; call < receiver.calls().size(); call++) {
            told += alerts(call).size();
        }
        assertThat(told).isEqualTo(450);
        assertThat(receiver.calls()).hasSize(5);
    }

    @Test
    void oneThatIsAwayIsToldWhenItIsBackWithWhatEndedMeanwhile() {
        receiver.answers(number -> number < 2 ? 503 : 200);
        UUID channel = channel(3);
        world.put(Notices.opened("a", "high"));
        world.round();
        world.put(Notices.resolved("a", "high"));
        world.route();
        for (int i = 0; i < 60; i++) {
            world.clock.forward(Duration.ofMinutes(1));
            world.round();
        }
        assertThat(world.deliveries(channel))
                .isNotEmpty()
                .allMatch(row -> row.state().equals("delivered"));
        assertThat(alerts(2).getFirst().at("/labels/id").asText())
                .isEqualTo(Notices.alert("a").toString());
    }
}
