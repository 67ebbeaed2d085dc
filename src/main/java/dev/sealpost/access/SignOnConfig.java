package dev.sealpost.access;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Single sign-on by OpenID Connect; off until an issuer is set. */
@ConfigMapping(prefix = "sealpost.oidc")
public interface SignOnConfig {
    /** The provider's address, below which its {@code /.well-known/openid-configuration} is. */
    Optional<String> issuer();

    /** What the tokens must be made for ({@code aud}); wanted with an issuer. */
    Optional<String> audience();

    /** What tokens call their issuer, where that is not what the provider says of itself. */
    Optional<String> tokenIssuer();

    /** The claim with the caller's roles: its name, or a path with dots. */
    @WithDefault("roles")
    String roleClaim();

    /** What the roles are called there. */
    Roles roles();

    /** The claim with the caller's tenant; without one all callers are of {@link #tenant()}. */
    Optional<String> tenantClaim();

    /** The tenant of callers where no claim names it. */
    @WithDefault("default")
    String tenant();

    /** The claim with the only domains a caller sees; who has none then sees nothing. */
    Optional<String> domainsClaim();

    /** Values of the role claim. */
    interface Roles {
        /** Reads. */
        @WithDefault("sealpost-viewer")
        String viewer();

        /** Decides too. */
        @WithDefault("sealpost-operator")
        String operator();

        /** May do everything. */
        @WithDefault("sealpost-admin")
        String admin();

        /** Beside one of the others: is bound to no tenant. */
        @WithDefault("sealpost-all-tenants")
        String allTenants();
    }
}
