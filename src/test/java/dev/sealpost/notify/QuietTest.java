package dev.sealpost.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quiet hours and digests. */
class QuietTest {
    private static final QuietHours NIGHT = new QuietHours("22:00", "07:00", "Europe/Berlin");

    private final World world = new World();
    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        receiver.close();
    }

    private UUID channel(Settings settings) {
        return world.channel("webhook", null, 3, List.of(), settings, receiver.url());
    }

    private List<String> types() {
        return receiver.calls().stream()
                .map(call -> Kept.tree(call.text()).path("type").asText())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-26T20:59:59Z, ",
        "2026-11-26T21:00:00Z, 2026-11-27T06:00:00Z",
        "2026-11-27T05:59:59Z, 2026-11-27T06:00:00Z",
        "2026-11-27T06:00:00Z, ",
        // The night in which clocks go forward is an hour shorter, the one in which they go back an hour longer.
        "2026-03-28T21:00:00Z, 2026-03-29T05:00:00Z",
        "2026-10-24T20:00:00Z, 2026-10-25T06:00:00Z"
    })
    void aNightIsOneOfTheWallClock(Instant now, Instant end) {
        assertThat(NIGHT.until(now)).isEqualTo(Optional.ofNullable(end));
    }

    @Test
    void hoursOfOneDayAreOfThatDay() {
        QuietHours noon = new QuietHours("12:00", "13:00", "UTC");
        assertThat(noon.until(Instant.parse("2026-11-26T12:30:00Z"))).contains(Instant.parse("2026-11-26T13:00:00Z"));
        assertThat(noon.until(Instant.parse("2026-11-26T11:59:00Z"))).isEmpty();
    }

    @Test
    void atNightOnlyTheCriticalIsToldAndTheRestInTheMorning() {
        channel(world.settings(NIGHT, null, true));
        world.clock.set(Instant.parse("2026-11-26T22:00:00Z"));
        world.put(Notices.opened("a", "high"), Notices.opened("b", "critical"));
        world.round();
        assertThat(types()).containsExactly("alert.opened");
        assertThat(receiver.calls().getFirst().text()).contains("subject of b");
        assertThat(world.busy()).as("nothing to do until the morning").isEmpty();
        world.put(Notices.opened("c", "critical"));
        world.round();
        assertThat(receiver.calls().getLast().text()).contains("subject of c");
        world.clock.set(Instant.parse("2026-11-27T06:00:00Z"));
        world.round();
        assertThat(receiver.calls()).hasSize(3);
        assertThat(receiver.calls().getLast().text()).contains("subject of a");
    }

    @Test
    void criticalOnesThatHaveToWaitForASummaryDoNotWaitForTheMorning() {
        channel(world.settings(NIGHT, null, true));
        world.clock.set(Instant.parse("2026-11-26T22:00:00Z"));
        for (String batch : List.of("a", "b")) {
            for (int i = 0; i <= Packing.BURST; i++) {
                world.put(Notices.opened(batch + i, "critical"));
            }
            world.round();
        }
        assertThat(types()).as("one summary each five minutes").containsExactly("summary");
        world.clock.forward(Packing.BETWEEN_SUMMARIES.plusSeconds(20));
        world.round();
        assertThat(types()).containsExactly("summary", "summary");
    }

    @Test
    void atNightNothingIsToldWhereNothingPasses() {
        channel(world.settings(NIGHT, null, false));
        world.clock.set(Instant.parse("2026-11-26T22:00:00Z"));
        world.put(Notices.opened("b", "critical"));
        world.round();
        assertThat(receiver.calls()).isEmpty();
        // A clock that is set back: what was held for the morning is looked at again.
        world.clock.set(Instant.parse("2026-11-10T12:00:00Z"));
        world.round();
        assertThat(receiver.calls()).hasSize(1);
    }

    @Test
    void aDigestComesEachDayAlsoWithoutChanges() {
        UUID channel = channel(world.settings(null, new Schedule("day", "08:00", "UTC"), true));
        world.put(Notices.opened("a", "high"), Notices.opened("b", "low"), Notices.opened("c", "critical"));
        world.round();
        assertThat(types()).as("critical ones do not wait").containsExactly("alert.opened");
        world.clock.set(Instant.parse("2026-11-27T08:00:00Z"));
        world.round();
        assertThat(types()).containsExactly("alert.opened", "digest");
        assertThat(world.deliveries(channel).getFirst().subject())
                .isEqualTo("TLS reports of the day: 2 changes of alerts (1 high, 1 low)");
        assertThat(receiver.calls().getLast().text())
                .contains("Sessions 2026-11-26 (UTC): none reported", "[high, opened] subject of a");
        world.round();
        world.clock.forward(Duration.ofHours(23));
        world.round();
        assertThat(receiver.calls()).hasSize(2);
        world.clock.forward(Duration.ofHours(1));
        world.round();
        assertThat(world.deliveries(channel).getFirst().subject())
                .isEqualTo("TLS reports of the day: no changes of alerts");
    }

    @ParameterizedTest
    @CsvSource({
        "day, 2026-11-26T07:59:59Z, 2026-11-26T08:00:00Z",
        "day, 2026-11-26T08:00:00Z, 2026-11-27T08:00:00Z",
        "week, 2026-11-26T08:00:00Z, 2026-11-30T08:00:00Z",
        "week, 2026-11-30T07:00:00Z, 2026-11-30T08:00:00Z",
        "week, 2026-11-30T08:00:00Z, 2026-12-07T08:00:00Z"
    })
    void digestsAreDueByTheWallClock(String every, Instant after, Instant next) {
        assertThat(new Schedule(every, "08:00", "UTC").next(after)).isEqualTo(next);
    }
}
