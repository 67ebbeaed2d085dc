package dev.sealpost.intake.mailbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.OidcClients;
import io.quarkus.oidc.client.runtime.OidcClientConfig;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** Access tokens of mailboxes (RFC 6749): kept until shortly before they expire. Thread safe. */
@Singleton
final class Tokens {
    /** A token that ends within this is not used any more: a sign-in takes its time. */
    private static final Duration RESERVE = Duration.ofMinutes(1);
    /** For a token whose end is not told. */
    private static final Duration USUAL = Duration.ofMinutes(10);

    private static final int MAX_CHARS = 32 * 1024;

    private final Function<OidcClientConfig, Uni<OidcClient>> clients;
    private final Clock clock;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    /** A token until it ends, and the refresh token that came with it in place of the configured one. */
    private record Held(String token, Instant end, @Nullable String refreshToken) {}

    @Inject
    Tokens(Instance<OidcClients> clients, Clock clock) {
        this((OidcClientConfig config) -> clients.get().newClient(config), clock);
    }

    /** With another way to make clients. */
    Tokens(Function<OidcClientConfig, Uni<OidcClient>> clients, Clock clock) {
        this.clients = clients;
        this.clock = clock;
    }

    /** A token that is good for now. */
    String token(String name, MailboxConfig.OAuth2 config, Duration timeout) throws MailTroubleException {
        Held known = held.get(name);
        if (known == null || !known.end.isAfter(clock.instant().plus(RESERVE))) {
            known = ask(name, config, timeout, known);
            held.put(name, known);
        }
        return known.token;
    }

    /** Throws a refused token away; false if it is not the one that is held. */
    boolean forget(String name, String token) {
        Held known = held.get(name);
        return known != null
                && known.token.equals(token)
                && held.replace(name, known, new Held("", Instant.EPOCH, known.refreshToken));
    }

    private Held ask(String name, MailboxConfig.OAuth2 config, Duration timeout, @Nullable Held before)
            throws MailTroubleException {
        String configured = Credentials.secret(name, "refresh token", config.refreshToken(), config.refreshTokenFile());
        String later = before == null ? null : before.refreshToken;
        try {
            return request(name, config, timeout, configured != null && later != null ? later : configured);
        } catch (MailTroubleException e) {
            if (configured == null || later == null || configured.equals(later)) {
                throw e;
            }
            // The configured one was replaced, or is good for longer.
            return request(name, config, timeout, configured);
        }
    }

    private Held request(String name, MailboxConfig.OAuth2 config, Duration timeout, @Nullable String refreshToken)
            throws MailTroubleException {
        OidcClientConfig request = TokenRequest.of(name, config, refreshToken != null, timeout);
        OidcClient client = null;
        try {
            client = clients.apply(request).await().atMost(timeout);
            io.quarkus.oidc.client.Tokens answer = (refreshToken == null
                            ? client.getTokens()
                            : client.refreshTokens(refreshToken))
                    .await()
                    .atMost(timeout);
            String token = answer.getAccessToken();
            if (token == null
                    || token.isEmpty()
                    || token.length() > MAX_CHARS
                    || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new MailTroubleException(
                        Kind.SIGN_IN, TokenRequest.where(config) + " gives no token that can be used");
            }
            Long end = answer.getAccessTokenExpiresAt();
            Instant until = end == null ? clock.instant().plus(USUAL) : Instant.ofEpochSecond(end);
            return new Held(token, until, answer.getRefreshToken());
        } catch (RuntimeException e) {
            throw TokenRequest.trouble(config, e);
        } finally {
            close(client);
        }
    }

    private static void close(@Nullable OidcClient client) {
        if (client != null) {
            try {
                client.close();
            } catch (java.io.IOException e) {
                // Nothing is lost with it.
            }
        }
    }
}
