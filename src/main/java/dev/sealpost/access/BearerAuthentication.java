package dev.sealpost.access;

import java.util.Optional;
import java.util.Set;
import jakarta.inject.Singleton;

import dev.sealpost.store.StoredKey;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Reads {@code Authorization: Bearer <key>} (RFC 6750, section 2.1). */
@Singleton
class BearerAuthentication implements HttpAuthenticationMechanism {
    private static final String SCHEME = "Bearer ";

    /** Who tries keys has to wait for each; no thread waits with him. */
    private static final long REFUSAL_MILLIS = 300;

    private final AdminKey adminKey;
    private final CallerKeys keys;
    private final SignOn signOn;

    BearerAuthentication(AdminKey adminKey, CallerKeys keys, SignOn signOn) {
        this.adminKey = adminKey;
        this.keys = keys;
        this.signOn = signOn;
    }

    /** Before the mechanism of the provider, which would ask it about our keys. */
    @Override
    public int getPriority() {
        return 2 * DEFAULT_PRIORITY;
    }

    /** What stands behind {@code Bearer}. */
    static Optional<String> presented(@Nullable String header) {
        return header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.empty()
                : Optional.of(header.substring(SCHEME.length()).strip());
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        String presented = presented(context.request().getHeader(HttpHeaderNames.AUTHORIZATION))
                .orElse(null);
        if (presented == null) {
            return Uni.createFrom().optional(Optional.empty());
        }
        if (adminKey.is(presented)) {
            return Uni.createFrom().item(bootstrap());
        }
        if (signOn.takes(presented)) {
            return Uni.createFrom().optional(Optional.empty());
        }
        Vertx vertx = context.vertx();
        return Uni.createFrom()
                .emitter(answer -> vertx.executeBlocking(() -> keys.find(presented), false)
                        .onFailure(answer::fail)
                        .onSuccess(found -> found.ifPresentOrElse(
                                key -> answer.complete(of(key)),
                                () -> vertx.setTimer(
                                        REFUSAL_MILLIS, later -> answer.fail(new AuthenticationFailedException())))));
    }

    private static SecurityIdentity bootstrap() {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal("bootstrap"))
                .addRoles(Role.of(Role.ADMIN, false))
                .build();
    }

    private static SecurityIdentity of(StoredKey key) {
        boolean bound =
                !key.tenant().equals(StoredKey.ALL_TENANTS) || !key.domains().isEmpty();
        QuarkusSecurityIdentity.Builder identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(key.prefix()))
                .addRoles(Role.of(key.role(), bound));
        if (bound) {
            identity.addAttribute(Caller.BINDING, new Caller.Binding(key.tenant(), key.domains()));
        }
        return identity.build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, HttpHeaderNames.WWW_AUTHENTICATE, "Bearer"));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }
}
