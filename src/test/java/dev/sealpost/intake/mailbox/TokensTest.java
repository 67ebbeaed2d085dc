package dev.sealpost.intake.mailbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import io.quarkus.oidc.client.runtime.ClientsForTests;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens from an endpoint on this machine. */
class TokensTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static Vertx vertx;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String answer = "";
    private HttpServer endpoint;
    private Tokens tokens;

    @BeforeAll
    static void openVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void closeVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void open() throws IOException {
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/token", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] body = answer.replace("$N", Integer.toString(asked.size())).getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        endpoint.start();
        tokens = new Tokens(ClientsForTests.with(vertx), Clock.systemUTC());
        answer(3600);
    }

    @AfterEach
    void close() {
        endpoint.stop(0);
    }

    private void answer(int seconds) {
        answer = "{\"access_token\":\"token-$N\",\"token_type\":\"Bearer\",\"expires_in\":" + seconds + "}";
    }

    private Settings settings() {
        return Settings.of(1)
                .with(
                        "oauth2.token-url",
                        "http://localhost:" + endpoint.getAddress().getPort() + "/token")
                .with("oauth2.client-id", "app")
                .with("oauth2.client-secret", "client-secret-value")
                .with("oauth2.scope", "https://outlook.office365.com/.default");
    }

    private String token(Settings settings) throws MailTroubleException {
        return tokens.token("box", settings.build().oauth2().orElseThrow(), PATIENCE);
    }

    @Test
    void anApplicationSignsInForItself() throws Exception {
        assertThat(token(settings())).isEqualTo("token-1");
        assertThat(asked.getFirst())
                .contains("grant_type=client_credentials", "client_id=app", "client_secret=client-secret-value")
                .contains("scope=https%3A%2F%2Foutlook.office365.com%2F.default");
    }

    @Test
    void aRefreshTokenIsUsedWhereOneIsSet() throws Exception {
        assertThat(token(settings().with("oauth2.refresh-token", "refresh-value")))
                .isEqualTo("token-1");
        assertThat(asked.getFirst()).contains("grant_type=refresh_token", "refresh_token=refresh-value");
    }

    @Test
    void aTokenIsUsedUntilShortlyBeforeItsEnd() throws Exception {
        assertThat(token(settings())).isEqualTo("token-1");
        assertThat(token(settings())).isEqualTo("token-1");
        tokens.forget("box", "token-1");
        answer(30);
        assertThat(token(settings())).isEqualTo("token-2");
        assertThat(token(settings())).isEqualTo("token-3");
    }

    @Test
    void aRefusedTokenIsThrownAwayOnce() throws Exception {
        String token = token(settings());
        assertThat(tokens.forget("box", token)).isTrue();
        assertThat(tokens.forget("box", token)).isFalse();
        assertThat(token(settings())).isEqualTo("token-2");
    }

    @Test
    void aRefusalIsSaidInWordsWithoutSecrets() {
        status = 401;
        answer = "{\"error\":\"invalid_client\",\"error_description\":\"client-secret-value \\u001b[2J\"}";
        assertThatThrownBy(() -> token(settings()))
                .hasMessageContaining("(invalid_client): check client-id and client-secret")
                .hasMessageNotContaining("client-secret-value")
                .hasNoCause()
                .isInstanceOfSatisfying(
                        MailTroubleException.class, e -> assertThat(e.kind()).isEqualTo(Kind.SIGN_IN));
    }

    @Test
    void whatIsNoAnswerIsNoToken() {
        answer = "<html>";
        assertThatThrownBy(() -> token(settings())).hasMessageContaining("gives no token");
    }

    @Test
    void anEndpointThatIsAwayIsNoWrongPassword() {
        endpoint.stop(0);
        assertThatThrownBy(() -> token(settings()))
                .isInstanceOfSatisfying(
                        MailTroubleException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONNECTION));
    }

    @Test
    void secretsGoOverHttpsOnly() {
        assertThatThrownBy(() -> token(settings().with("oauth2.token-url", "http://login.example/token")))
                .hasMessageContaining("no https address");
    }
}
