package dev.sealpost.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.sealpost.store.ChannelLease;
import dev.sealpost.store.ChannelLeases;
import dev.sealpost.store.DeliveryRow;
import dev.sealpost.store.Notice;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the outbox to receivers over real sockets, on a real database; only the clock is the test's. */
class DeliveryTest {
    private final World world = new World();
    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        receiver.close();
    }

    /** As the specification says, and not as the sender does it. */
    private static void verify(Receiver.Call call, String secret, Instant now) throws Exception {
        long sent = Long.parseLong(call.headers().get("webhook-timestamp"));
        assertThat(Math.abs(now.getEpochSecond() - sent)).isLessThan(300);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        String signed = call.headers().get("webhook-id") + '.' + sent + '.' + call.text();
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        assertThat(" " + call.headers().get("webhook-signature") + " ").contains(" v1," + signature + " ");
    }

    @Test
    void aNoticeIsToldOnceSignedAndSeen() throws Exception {
        UUID channel = world.webhook(receiver.url());
        world.put(Notices.opened("a", "high"));
        world.put(Notices.opened("a", "high"));
        world.round();
        world.round();
        assertThat(receiver.calls()).hasSize(1);
        Receiver.Call call = receiver.calls().getFirst();
        verify(call, World.SECRET, world.clock.instant());
        assertThat(Kept.tree(call.text()).path("type").asText()).isEqualTo("alert.opened");
        assertThat(Kept.tree(call.text()).at("/data/alert/kind").asText()).isEqualTo("attack");
        DeliveryRow delivery = world.deliveries(channel).getFirst();
        assertThat(delivery.state()).isEqualTo("delivered");
        assertThat(delivery.status()).isEqualTo(204);
        assertThat(world.counted("webhook", "delivered")).isOne();
    }

    @Test
    void theSpecificationsOwnExampleIsSignedAsThere() {
        assertThat(Signature.of(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1614265330L,
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void fiveHundredForADayIsTriedForADayWithOneIdAndThenGivenUp() {
        receiver.answers(_ -> 500);
        UUID channel = world.webhook(receiver.url());
        world.put(Notices.opened("a", "high"));
        Instant begun = world.clock.instant();
        while (world.deliveries(channel).isEmpty()
                || world.deliveries(channel).getFirst().state().equals("waiting")) {
            world.round();
            world.clock.forward(Duration.ofMinutes(1));
            assertThat(Duration.between(begun, world.clock.instant())).isLessThan(Duration.ofHours(26));
        }
        assertThat(Duration.between(begun, world.clock.instant())).isGreaterThanOrEqualTo(Duration.ofHours(24));
        assertThat(world.deliveries(channel).getFirst().state()).isEqualTo("gave-up");
        assertThat(receiver.calls()).hasSizeBetween(15, 40);
        Set<String> ids = new HashSet<>();
        Set<String> times = new HashSet<>();
        receiver.calls().forEach(call -> {
            ids.add(call.headers().get("webhook-id"));
            times.add(call.headers().get("webhook-timestamp"));
        });
        assertThat(ids).hasSize(1);
        assertThat(times).as("a fresh time each attempt").hasSizeGreaterThan(10);
        assertThat(world.counted("webhook", "gave-up")).isOne();
    }

    @Test
    void whatCameMeanwhileIsToldWhenTheReceiverIsBack() {
        receiver.answers(number -> number < 3 ? 503 : 200);
        UUID channel = world.webhook(receiver.url());
        world.put(Notices.opened("a", "high"));
        world.round();
        world.put(Notices.resolved("a", "high"));
        for (int minute = 0; minute < 10; minute++) {
            world.clock.forward(Duration.ofMinutes(1));
            world.round();
        }
        assertThat(receiver.calls().stream()
                        .map(call -> Kept.tree(call.text()).path("type").asText()))
                .as("one message is the probe; the order is kept")
                .containsExactly("alert.opened", "alert.opened", "alert.opened", "alert.opened", "alert.resolved");
        assertThat(world.deliveries(channel)).allMatch(row -> row.state().equals("delivered"));
    }

    @Test
    void oneThatIsRefusedStopsItsAlertAndNoOther() {
        receiver.answers(number -> number == 0 ? 400 : 200);
        world.webhook(receiver.url());
        world.put(Notices.opened("a", "high"), Notices.opened("b", "high"), Notices.resolved("a", "high"));
        world.round();
        assertThat(receiver.calls().stream()
                        .map(call -> Kept.tree(call.text()).at("/data/subject").asText()))
                .containsExactly("subject of a", "subject of b");
        world.clock.forward(Duration.ofSeconds(10));
        world.round();
        assertThat(receiver.calls().stream()
                        .skip(2)
                        .map(call -> Kept.tree(call.text()).path("type").asText()))
                .containsExactly("alert.opened", "alert.resolved");
    }

    @Test
    void oneThatAFilterRefusesDoesNotSilenceTheChannel() {
        receiver.refuses("subject of forged");
        UUID channel = world.webhook(receiver.url());
        world.put(Notices.opened("forged1", "high"), Notices.opened("forged2", "high"));
        world.round();
        world.put(Notices.opened("true", "critical"));
        Instant begun = world.clock.instant();
        while (told("subject of true") == 0) {
            world.clock.forward(Duration.ofSeconds(1));
            world.round();
            assertThat(Duration.between(begun, world.clock.instant())).isLessThan(Duration.ofMinutes(2));
        }
        assertThat(world.database.rows("SELECT failures FROM channel").getFirst())
                .as("what is taken ends the trouble; a forged one may have been tried again since")
                .isIn("0", "1");
        // For two days forged ones come and true ones too; none of the true ones waits for long.
        for (int hour = 0; hour < 48; hour++) {
            world.put(Notices.opened("forged/" + hour, "high"), Notices.opened("true/" + hour, "high"));
            for (int minute = 0; minute < 60; minute += 2) {
                world.round();
                world.clock.forward(Duration.ofMinutes(2));
            }
            assertThat(told("subject of true/" + hour)).as("hour %d", hour).isOne();
        }
        assertThat(world.deliveries(channel).stream()
                        .filter(row -> row.subject().startsWith("subject of forged"))
                        .filter(row -> row.state().equals("waiting")))
                .as("the others were given up after a day")
                .hasSizeLessThan(30);
    }

    private long told(String subject) {
        return receiver.calls().stream()
                .filter(call ->
                        Kept.tree(call.text()).at("/data/subject").asText().equals(subject))
                .count();
    }

    @Test
    void aBrokenChannelIsTriedMoreAndMoreRarelyWhateverComes() {
        receiver.answers(_ -> 503);
        UUID channel = world.webhook(receiver.url());
        for (int minute = 0; minute < 600; minute++) {
            world.put(Notices.opened("n" + minute, "high"));
            world.round();
            world.clock.forward(Duration.ofMinutes(1));
        }
        assertThat(receiver.calls()).hasSizeBetween(10, 40);
        receiver.answersWith(204);
        for (int minute = 0; minute < 90; minute++) {
            world.round();
            world.clock.forward(Duration.ofMinutes(1));
        }
        assertThat(world.deliveries(channel)).allMatch(row -> row.state().equals("delivered"));
        assertThat(world.deliveries(channel).stream()
                        .mapToInt(DeliveryRow::notices)
                        .sum())
                .isEqualTo(600);
    }

    @Test
    void aReceiverThatIsGoneIsSwitchedOff() {
        receiver.answers(_ -> 410);
        UUID channel = world.webhook(receiver.url());
        world.put(Notices.opened("a", "high"), Notices.opened("b", "high"));
        world.round();
        world.clock.forward(Duration.ofDays(1));
        world.round();
        assertThat(receiver.calls()).hasSize(1);
        assertThat(world.database.rows("SELECT enabled, last_error FROM channel WHERE id = '" + channel + "'"))
                .containsExactly("f|switched off: the other side answered 410 (gone)");
    }

    @Test
    void aProcessThatDiesBeforeItsNoteTellsAgainUnderTheSameId() {
        UUID channel = world.webhook(receiver.url());
        world.put(Notices.opened("a", "high"));
        world.route();
        UUID dead = UUID.randomUUID();
        // It is gone while the receiver has the message in hand: its lease ends before it comes to write.
        receiver.hangs(300);
        Thread dying = Thread.startVirtualThread(() -> world.process().run(channel, dead));
        Awaitility.await().until(() -> !receiver.calls().isEmpty());
        world.database.run("UPDATE channel SET lease_until = clock_timestamp() - interval '1 s'");
        join(dying);
        assertThat(world.deliveries(channel).getFirst().state()).isEqualTo("waiting");
        receiver.hangs(0);
        world.round();
        assertThat(world.deliveries(channel).getFirst().state()).isEqualTo("delivered");
        assertThat(receiver.calls().stream()
                        .map(call -> call.headers().get("webhook-id"))
                        .distinct())
                .hasSize(1);
        assertThat(receiver.calls()).hasSize(2);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void manyProcessesTellEachNoticeOnce() {
        UUID channel = world.webhook(receiver.url());
        for (int i = 0; i < 8; i++) {
            world.put(Notices.opened("n" + i, "high"));
        }
        List<Thread> processes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            processes.add(Thread.startVirtualThread(() -> {
                world.route();
                world.process().run(channel, UUID.randomUUID());
            }));
        }
        processes.forEach(DeliveryTest::join);
        world.round();
        assertThat(receiver.calls()).hasSize(8);
        assertThat(receiver.calls().stream()
                        .map(call -> call.headers().get("webhook-id"))
                        .distinct())
                .hasSize(8);
    }

    @Test
    void aChannelThatHangsDelaysNoOther() {
        try (Receiver hanging = new Receiver()) {
            hanging.hangs(3_000);
            UUID slow = world.webhook(hanging.url());
            UUID fast = world.webhook(receiver.url());
            world.put(Notices.opened("a", "high"));
            world.route();
            assertThat(world.busy()).contains(slow, fast);
            List<Thread> threads = new ArrayList<>();
            long begun = System.nanoTime();
            for (UUID channel : List.of(slow, fast)) {
                threads.add(Thread.startVirtualThread(() -> world.process().run(channel, UUID.randomUUID())));
            }
            Awaitility.await().until(() -> !receiver.calls().isEmpty());
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(1_400));
            threads.forEach(DeliveryTest::join);
            assertThat(world.deliveries(slow).getFirst().state()).isEqualTo("waiting");
            assertThat(world.deliveries(slow).getFirst().answer()).contains("does not answer in time");
        }
    }

    @Test
    void aStormIsOneMessage() {
        UUID channel = world.webhook(receiver.url());
        List<Notice> storm = IntStream.range(0, 10_000)
                .mapToObj(i -> Notices.opened("storm" + i, i == 7_777 ? "critical" : "medium"))
                .toList();
        world.database.put(storm);
        world.round();
        assertThat(receiver.calls()).hasSize(1);
        String text =
                Kept.tree(receiver.calls().getFirst().text()).at("/data/text").asText();
        assertThat(text).startsWith("- [critical, opened] subject of storm7777").endsWith("and 9980 more");
        assertThat(world.deliveries(channel).getFirst().subject())
                .isEqualTo("10000 changes of alerts: 1 critical, 9999 medium");
        world.clock.forward(Duration.ofHours(1));
        world.round();
        assertThat(receiver.calls()).hasSize(1);
    }

    @Test
    void whatComesInADribbleIsBoundedByTheHour() {
        world.webhook(receiver.url());
        for (int second = 0; second < 3_600; second += 10) {
            world.put(Notices.opened("n" + second, "low"));
            world.round();
            world.clock.forward(Duration.ofSeconds(10));
        }
        assertThat(receiver.calls()).hasSizeLessThanOrEqualTo(Settings.PER_HOUR + 12);
        int told = receiver.calls().stream()
                .mapToInt(call -> Math.max(
                        1, Kept.tree(call.text()).at("/data/details/changes").asInt()))
                .sum();
        assertThat(told).as("of 360; the rest waits for the next summary").isGreaterThan(300);
    }

    @Test
    void whoComesBackAfterAKillDoesNotWaitForItsOwnLease() {
        UUID channel = world.webhook(receiver.url());
        world.put(Notices.opened("a", "high"));
        world.route();
        UUID killed = UUID.randomUUID();
        ChannelLeases leases = world.database.channelLeases();
        leases.take(new ChannelLease(channel, killed, Duration.ofMinutes(1)));

        assertThat(leases.busy(world.clock.instant(), killed, 10)).containsExactly(channel);
        assertThat(leases.busy(world.clock.instant(), UUID.randomUUID(), 10)).isEmpty();
    }
}
