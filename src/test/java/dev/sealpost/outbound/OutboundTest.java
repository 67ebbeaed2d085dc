package dev.sealpost.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.sealpost.outbound.Outbound.Chooser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that mean harm, over real sockets. */
class OutboundTest {
    /** Deadlines are 1.5 s; whatever a server does, a call is over by then, and some for a slow machine. */
    private static final Duration SOON = Duration.ofSeconds(6);

    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    private final OutboundForTests.Known names = new OutboundForTests.Known();
    private final Outbound outbound = OutboundForTests.with(names, Optional.empty(), "127.0.0.0/8");

    private Reply post(String url) throws OutboundException {
        long begun = System.nanoTime();
        try {
            return outbound.post(Target.parse(url), Map.of("X-Test", "1"), BODY, new Chooser(null));
        } finally {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
        }
    }

    private Reply post(HostileServer server) throws OutboundException {
        return post("http://127.0.0.1:" + server.port() + "/in");
    }

    @Test
    void anAnswerIsRead() throws Exception {
        try (HostileServer server = new HostileServer(
                (it, out) -> it.say(out, "HTTP/1.1 429 Slow\r\nRetry-After: 30\r\nContent-Length: 5\r\n\r\nlater"))) {
            assertThat(post(server)).isEqualTo(new Reply(429, "later", Optional.of(Duration.ofSeconds(30))));
        }
    }

    @Test
    void aRedirectIsAnAnswerAndNotFollowed() throws Exception {
        try (HostileServer server = new HostileServer(
                (it, out) -> it.say(
                        out,
                        "HTTP/1.1 307 Go\r\nLocation: http://169.254.169.254/latest/meta-data/\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(post(server).status()).isEqualTo(307);
            assertThat(server.connections).hasValue(1);
            assertThat(names.asked("169.254.169.254")).isZero();
        }
    }

    @Test
    void aServerThatSaysNothingIsLeft() throws Exception {
        try (HostileServer server = new HostileServer((it, out) -> TimeUnit.SECONDS.sleep(60))) {
            assertThatThrownBy(() -> post(server))
                    .isInstanceOf(OutboundException.class)
                    .hasMessageContaining("does not answer in time");
        }
    }

    @Test
    void aServerThatDripsIsLeft() throws Exception {
        try (HostileServer server = new HostileServer((it, out) -> {
            it.say(out, "HTTP/1.1 200 OK\r\nX-Drip: ");
            while (true) {
                it.say(out, "x");
                TimeUnit.MILLISECONDS.sleep(100);
            }
        })) {
            assertThatThrownBy(() -> post(server)).hasMessageContaining("does not answer in time");
        }
    }

    @Test
    void aBodyThatDripsDoesNotUndoTheStatus() throws Exception {
        try (HostileServer server = new HostileServer((it, out) -> {
            it.say(out, "HTTP/1.1 202 OK\r\nContent-Length: 10000\r\n\r\n");
            while (true) {
                it.say(out, "x");
                TimeUnit.MILLISECONDS.sleep(100);
            }
        })) {
            assertThat(post(server).status()).isEqualTo(202);
        }
    }

    @Test
    void tenGigabytesAreNotRead() throws Exception {
        try (HostileServer server = new HostileServer((it, out) -> {
            it.say(out, "HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n");
            String block = "y".repeat(64 << 10);
            for (long left = 10L << 30; left > 0; left -= block.length()) {
                it.say(out, block);
            }
        })) {
            Reply reply = post(server);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).hasSizeLessThanOrEqualTo(Reply.MAX_BYTES);
            assertThat(server.sent.get()).as("what the socket's buffers took").isLessThan(32L << 20);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SSH-2.0-OpenSSH_9.9\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "HTTP/1.1 20", ""})
    void whatIsNoHttpIsTold(String answer) throws Exception {
        try (HostileServer server = new HostileServer((it, out) -> it.say(out, answer))) {
            assertThatThrownBy(() -> post(server)).isInstanceOf(OutboundException.class);
        }
    }

    @Test
    void endlessHeadersAreNotRead() throws Exception {
        try (HostileServer server = new HostileServer((it, out) -> {
            it.say(out, "HTTP/1.1 200 OK\r\n");
            while (true) {
                it.say(out, "X-More: " + "z".repeat(1_000) + "\r\n");
            }
        })) {
            assertThatThrownBy(() -> post(server)).isInstanceOf(OutboundException.class);
            assertThat(server.sent.get()).isLessThan(32L << 20);
        }
    }

    @Test
    void aServerThatIsNotThereIsTold() throws IOException {
        int port;
        try (HostileServer server = new HostileServer((it, out) -> {})) {
            port = server.port();
        }
        assertThatThrownBy(() -> post("http://127.0.0.1:" + port + "/")).hasMessageContaining("cannot be reached");
        assertThatThrownBy(() -> post("https://nowhere.invalid/"))
                .hasMessageContaining("no address for nowhere.invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://169.254.169.254/latest/meta-data/",
                "https://10.0.0.1/",
                "https://[::1]/",
                "https://[fe80::1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://[64:ff9b::a00:1]/",
                "https://167772161/",
                "https://0x0a000001/",
                "https://0/"
            })
    void addressesThatNobodyAllowedAreRefused(String url) {
        assertThatThrownBy(() -> post(url))
                .isInstanceOfSatisfying(
                        OutboundException.class,
                        e -> assertThat(e.isRefused()
                                        || String.valueOf(e.getMessage()).contains("no address"))
                                .isTrue());
    }

    @Test
    void aNameWithOneForbiddenAddressIsRefusedWhicheverComesFirst() {
        names.with("mixed.example", "8.8.8.8", "10.0.0.1").with("other.example", "10.0.0.1", "8.8.8.8");
        for (String name : List.of("mixed.example", "other.example")) {
            assertThatThrownBy(() -> post("https://" + name + "/"))
                    .isInstanceOfSatisfying(
                            OutboundException.class,
                            e -> assertThat(e.isRefused()).isTrue())
                    .hasMessageContaining("not of the public internet");
        }
    }

    @Test
    void theCheckedAddressIsConnectedToAndTheNameAskedForOnce() throws Exception {
        try (HostileServer server = new HostileServer((it, out) -> it.say(out, "HTTP/1.1 204 No\r\n\r\n"))) {
            // The system knows no such name: another question would fail.
            names.with("hook.example", "127.0.0.1");
            assertThat(post("http://hook.example:" + server.port() + "/").status())
                    .isEqualTo(204);
            assertThat(names.asked("hook.example")).isEqualTo(1);
        }
    }

    @Test
    void aNameThatMovesWhileAnotherCallIsOpenIsCalledWhereItIsNow() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        try (HostileServer before = new HostileServer((it, out) -> {
            called.countDown();
            TimeUnit.SECONDS.sleep(60);
        })) {
            ServerSocket there = new ServerSocket(before.port(), 50, InetAddress.ofLiteral("127.0.0.2"));
            try (HostileServer after = new HostileServer(there, (it, out) -> it.say(out, "HTTP/1.1 204 No\r\n\r\n"))) {
                String url = "http://moves.example:" + before.port() + "/";
                names.with("moves.example", "127.0.0.1");
                Thread open = Thread.startVirtualThread(
                        () -> assertThatThrownBy(() -> post(url)).hasMessageContaining("does not answer in time"));
                called.await();
                names.with("moves.example", "127.0.0.2");
                assertThat(post(url).status()).isEqualTo(204);
                assertThat(after.connections).hasValue(1);
                open.join();
            }
        }
    }

    @Test
    void aTenantHasNoneOfTheOperatorsNetworks() throws Exception {
        try (HostileServer server = new HostileServer((it, out) -> it.say(out, "HTTP/1.1 204 No\r\n\r\n"))) {
            Target target = Target.parse("http://127.0.0.1:" + server.port() + "/");
            assertThatThrownBy(() -> outbound.post(target, Map.of(), BODY, new Chooser("one")))
                    .isInstanceOfSatisfying(
                            OutboundException.class,
                            e -> assertThat(e.isRefused()).isTrue());
            assertThat(server.connections).hasValue(0);
        }
    }

    @Test
    void thePublicInternetIsSpokenToInHttpsOnPortsOfTheWebAlone() {
        names.with("public.example", "8.8.8.8");
        assertThatThrownBy(() -> post("http://public.example/")).hasMessageContaining("only https");
        assertThatThrownBy(() -> post("https://public.example:25/")).hasMessageContaining("port 25");
    }
}
