package dev.sealpost.intake.mailbox;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import io.quarkus.oidc.client.OidcClientConfigBuilder;
import io.quarkus.oidc.client.OidcClientException;
import io.quarkus.oidc.client.runtime.OidcClientConfig;
import io.quarkus.oidc.common.runtime.config.OidcClientCommonConfig.Credentials.Secret.Method;
import io.smallrye.mutiny.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How a token endpoint is asked (RFC 6749, sections 4.4 and 6), and what its refusals mean (section 5.2). */
final class TokenRequest {
    private static final Pattern ERROR = Pattern.compile("\"error\"\\s*:\\s*\"([A-Za-z0-9_.-]{1,64})\"");
    private static final int LOOKED_AT = 8 * 1024;

    private TokenRequest() {}

    static OidcClientConfig of(String name, MailboxConfig.OAuth2 config, boolean refresh, Duration timeout)
            throws MailTroubleException {
        URI uri = uri(config);
        boolean loopback = List.of("localhost", "127.0.0.1", "[::1]").contains(uri.getHost());
        if (uri.getHost() == null
                || !("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && loopback))) {
            throw new MailTroubleException(
                    Kind.SIGN_IN, "mailbox " + name + " has a token-url that is no https address: secrets go there");
        }
        OidcClientConfigBuilder builder = OidcClientConfig.tokenPath(config.tokenUrl())
                .id("mailbox-" + name)
                .clientId(config.clientId())
                .connectionTimeout(timeout)
                .discoveryEnabled(false)
                .grant(refresh ? OidcClientConfig.Grant.Type.REFRESH : OidcClientConfig.Grant.Type.CLIENT);
        String secret = Credentials.secret(name, "client secret", config.clientSecret(), config.clientSecretFile());
        if (secret != null) {
            builder.credentials().clientSecret(secret, Method.POST).end();
        } else if (!refresh) {
            throw new MailTroubleException(
                    Kind.SIGN_IN, "mailbox " + name + " has neither client-secret nor refresh-token: set one of them");
        }
        config.scope().ifPresent(scope -> builder.scopes(words(scope)));
        return builder.build();
    }

    /** The endpoint for people, without whatever is in its query. */
    static String where(MailboxConfig.OAuth2 config) {
        try {
            return "the token endpoint at "
                    + Optional.ofNullable(uri(config).getHost()).orElse("?");
        } catch (MailTroubleException e) {
            return "the token endpoint";
        }
    }

    /** Why there is no token. The messages of the cause are the endpoint's whole answer: they stay here. */
    static MailTroubleException trouble(MailboxConfig.OAuth2 config, RuntimeException e) {
        String where = where(config);
        if (e instanceof TimeoutException) {
            return new MailTroubleException(Kind.CONNECTION, where + " does not answer in time");
        }
        String text = e instanceof OidcClientException ? e.getMessage() : null;
        if (text != null && text.contains("is not available")) {
            return new MailTroubleException(
                    Kind.CONNECTION, where + " cannot be reached: check token-url and firewall");
        }
        String code = code(text);
        if (code == null) {
            return new MailTroubleException(Kind.SIGN_IN, where + " gives no token, and no reason: check token-url");
        }
        return new MailTroubleException(
                code.equals("temporarily_unavailable") || code.equals("server_error") ? Kind.CONNECTION : Kind.SIGN_IN,
                where + " gives no token (" + code + "): " + advice(code));
    }

    private static @Nullable String code(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Matcher matcher = ERROR.matcher(text.substring(0, Math.min(text.length(), LOOKED_AT)));
        return matcher.find() ? matcher.group(1) : null;
    }

    private static String advice(String code) {
        return switch (code) {
            case "invalid_client" -> "check client-id and client-secret, which may have expired";
            case "invalid_grant" -> "the refresh token is not valid any more: consent again and set the new one";
            case "invalid_scope" -> "check scope";
            case "unauthorized_client", "access_denied" ->
                "the application may not do this: see its permissions and consent";
            case "unsupported_grant_type" -> "it does not know this way: set or leave out refresh-token";
            case "temporarily_unavailable", "server_error" -> "tried again later";
            default -> "check token-url, client-id, client-secret and scope";
        };
    }

    private static URI uri(MailboxConfig.OAuth2 config) throws MailTroubleException {
        try {
            return new URI(config.tokenUrl());
        } catch (URISyntaxException e) {
            throw new MailTroubleException(Kind.SIGN_IN, "token-url is no address: check it");
        }
    }

    private static List<String> words(String text) {
        return java.util.Collections.list(new StringTokenizer(text)).stream()
                .map(String.class::cast)
                .toList();
    }
}
