package dev.sealpost.access;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import jakarta.inject.Singleton;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** The provider of single sign-on, asked when the first token comes. Tokens are verified here, never sent back to it. */
@Singleton
@Startup // a wrong setting stops the start, not the first request
class SignOn implements TenantConfigResolver {
    /** Three parts, of which the first is JSON; no key of ours looks so. */
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** So often at the most tokens with a key that nobody knows make us ask the provider for its keys. */
    private static final Duration NEW_KEYS = Duration.ofMinutes(1);

    private final @Nullable OidcTenantConfig provider;

    SignOn(SignOnConfig config) {
        this.provider = config.issuer().map(issuer -> provider(issuer, config)).orElse(null);
    }

    private static OidcTenantConfig provider(String issuer, SignOnConfig config) {
        URI address = URI.create(issuer.strip());
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        if (!"https".equals(address.getScheme()) && !("http".equals(address.getScheme()) && LOOPBACK.contains(host))) {
            throw new IllegalArgumentException(
                    "sealpost.oidc.issuer: must be an https address; whoever changes what the"
                            + " provider says on the way could sign in as anybody");
        }
        String audience = config.audience()
                .orElseThrow(() -> new IllegalArgumentException("sealpost.oidc.audience: must be set with"
                        + " sealpost.oidc.issuer, or tokens made for other services of the provider would be taken"));
        var token = OidcTenantConfig.authServerUrl(issuer.strip())
                .tenantId("sign-on")
                .applicationType(ApplicationType.SERVICE)
                .clientId(audience)
                .connectionTimeout(PATIENCE)
                .token()
                .audience(audience)
                .forcedJwkRefreshInterval(NEW_KEYS)
                .allowJwtIntrospection(false)
                .allowOpaqueTokenIntrospection(false);
        config.tokenIssuer().ifPresent(token::issuer);
        return token.end().build();
    }

    /** Whether this is a token for the provider to vouch for; never while there is none. */
    boolean takes(String presented) {
        return provider != null && TOKEN.matcher(presented).matches();
    }

    @Override
    public Uni<OidcTenantConfig> resolve(RoutingContext context, OidcRequestContext<OidcTenantConfig> request) {
        Optional<String> presented =
                BearerAuthentication.presented(context.request().getHeader(HttpHeaderNames.AUTHORIZATION));
        return Uni.createFrom()
                .item(presented.filter(this::takes).map(token -> provider).orElse(null));
    }
}
