package dev.sealpost.intake.https;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class BodyRoomTest {
    private static final Prefix GREEDY = Prefix.wide(InetAddress.ofLiteral("192.0.2.1"));
    private static final Prefix OTHER = Prefix.wide(InetAddress.ofLiteral("192.0.3.1"));
    private static final Prefix THIRD = Prefix.wide(InetAddress.ofLiteral("192.0.4.1"));

    private long now = 1;
    private final BodyRoom room = new BodyRoom(800, () -> now);
    private final List<String> seen = new ArrayList<>();

    private BodyRoom.Body open(Prefix source, String name) {
        return room.open(source, () -> seen.add("cut " + name));
    }

    private Runnable go(String name) {
        return () -> seen.add("go " + name);
    }

    private static void never() {
        fail("not to be called");
    }

    @Test
    void roomIsTakenAndGivenBack() {
        try (BodyRoom.Body body = open(GREEDY, "a")) {
            assertThat(body.take(100, BodyRoomTest::never)).isTrue();
            assertThat(body.take(200, BodyRoomTest::never)).isTrue();
            body.give(100);
            assertThat(room.held()).isEqualTo(200);
        }
        assertThat(room.held()).isZero();
    }

    @Test
    void theLastQuarterIsForSourcesThatHoldLittle() {
        BodyRoom.Body much = open(GREEDY, "much");
        assertThat(much.take(600, BodyRoomTest::never)).isTrue();
        assertThat(much.take(1, go("much"))).isFalse();
        try (BodyRoom.Body little = open(OTHER, "little")) {
            assertThat(little.take(200, BodyRoomTest::never)).isTrue();
        }
        assertThat(seen).isEmpty();
        much.close();
        assertThat(room.held()).isZero();
    }

    @Test
    void whoseSourceHoldsLeastGoesFirst() {
        BodyRoom.Body full = open(THIRD, "full");
        assertThat(full.take(700, BodyRoomTest::never)).isTrue();
        BodyRoom.Body greedy = open(GREEDY, "greedy");
        assertThat(greedy.take(100, BodyRoomTest::never)).isTrue();
        assertThat(greedy.take(500, go("greedy"))).isFalse();
        BodyRoom.Body other = open(OTHER, "other");
        assertThat(other.take(300, go("other"))).isFalse();
        full.close();
        assertThat(seen).as("both do not fit").containsExactly("go other");
        other.close();
        assertThat(seen).containsExactly("go other", "go greedy");
    }

    @Test
    void whenNothingMovesTheSlowestBodyOfTheGreediestSourceIsCut() {
        BodyRoom.Body slow = open(GREEDY, "slow");
        assertThat(slow.take(300, BodyRoomTest::never)).isTrue();
        now += BodyRoom.STUCK_NANOS;
        BodyRoom.Body fast = open(GREEDY, "fast");
        assertThat(fast.take(300, BodyRoomTest::never)).isTrue();
        BodyRoom.Body modest = open(OTHER, "modest");
        assertThat(modest.take(150, BodyRoomTest::never)).isTrue();
        BodyRoom.Body waiting = open(THIRD, "waiting");
        assertThat(waiting.take(100, go("waiting"))).isFalse();
        room.tick();
        assertThat(seen).as("not at once").isEmpty();
        now += BodyRoom.STUCK_NANOS + 1;
        room.tick();
        assertThat(seen).containsExactly("cut slow");
        slow.close();
        assertThat(seen).containsExactly("cut slow", "go waiting");
    }

    @Test
    void aCompleteBodyIsNeverCut() {
        BodyRoom.Body complete = open(GREEDY, "complete");
        assertThat(complete.take(600, BodyRoomTest::never)).isTrue();
        complete.complete();
        assertThat(complete.take(100, go("more"))).isFalse();
        now += 2 * BodyRoom.STUCK_NANOS;
        room.tick();
        assertThat(seen).isEmpty();
    }
}
