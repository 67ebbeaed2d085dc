package dev.sealpost.intake.mailbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import io.quarkus.oidc.client.runtime.ClientsForTests;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens on Dovecot, which asks their issuer. */
class DovecotTokenTest {
    private static final Vertx vertx = Vertx.vertx();
    private static final AtomicInteger issued = new AtomicInteger();
    /** The only token that is good. */
    private static volatile String good = "token-1";

    private static HttpServer issuer;
    private static Path settings;
    private static Dovecot dovecot;
    private final MailServers servers = new MailServers(new Tokens(ClientsForTests.with(vertx), Clock.systemUTC()));

    @BeforeAll
    static void start() throws IOException {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext(
                "/token",
                exchange -> answer(
                        exchange, "{\"access_token\":\"token-" + issued.incrementAndGet() + "\",\"expires_in\":3600}"));
        issuer.createContext("/introspect", exchange -> {
            boolean active = exchange.getRequestURI().toString().contains("=" + good + "&");
            answer(exchange, active ? "{\"active\":true,\"email\":\"rua\"}" : "{\"active\":false}");
        });
        issuer.start();
        settings = Files.createTempFile("oauth2", ".conf");
        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(settings, """
                introspection_mode = get
                introspection_url = http://127.0.0.1:%d/introspect?token=
                active_attribute = active
                active_value = true
                username_attribute = email
                """.formatted(issuer.getAddress().getPort()));
        dovecot = Dovecot.start(
                "auth_mechanisms = plain login xoauth2 oauthbearer",
                "passdb {",
                "  driver = oauth2",
                "  mechanisms = xoauth2 oauthbearer",
                "  args = " + settings,
                "}");
    }

    @AfterAll
    static void stop() throws IOException {
        issuer.stop(0);
        Files.deleteIfExists(settings);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        if (dovecot != null) {
            dovecot.close();
        }
    }

    @BeforeEach
    void reset() {
        issued.set(0);
        good = "token-1";
    }

    @AfterEach
    void stopServers() {
        servers.stop();
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private MailboxConfig box(String protocol, String mechanism) {
        return Settings.of(protocol.equals("imap") ? dovecot.imaps() : dovecot.pop3s())
                .trust(dovecot.trust())
                .with("protocol", protocol)
                .with(
                        "oauth2.token-url",
                        "http://localhost:" + issuer.getAddress().getPort() + "/token")
                .with("oauth2.client-id", "app")
                .with("oauth2.client-secret", "client-secret-value")
                .with("oauth2.mechanism", mechanism)
                .build();
    }

    @ParameterizedTest
    @CsvSource({"imap,XOAUTH2", "imap,OAUTHBEARER", "pop3,XOAUTH2", "pop3,OAUTHBEARER"})
    void aTokenSignsInAndARefusedOneIsReplacedOnce(String protocol, String mechanism) throws Exception {
        try (MailServer server = servers.connect("box", box(protocol, mechanism))) {
            assertThat(server.open(true).keys(_ -> true)).as(dovecot.log()).isEmpty();
        }
        good = "token-2";
        servers.connect("box", box(protocol, mechanism)).close();
        good = "none";
        assertThatThrownBy(() -> servers.connect("box", box(protocol, mechanism)))
                .hasMessageContaining("refuses the token")
                .hasMessageNotContaining("token-")
                .isInstanceOfSatisfying(
                        MailTroubleException.class, e -> assertThat(e.kind()).isEqualTo(Kind.SIGN_IN));
        assertThat(issued).hasValue(3);
    }
}
