package dev.sealpost.access;

import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Gives who comes with a token of the provider the roles of ours, and none that the token itself speaks of. */
@Singleton
class SignedOn implements SecurityIdentityAugmentor {
    private final Claims claims;
    private final ObjectMapper json;

    SignedOn(SignOnConfig config, ObjectMapper json) {
        this.claims = new Claims(config);
        this.json = json;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom().item(identity.getPrincipal() instanceof JsonWebToken token ? of(token) : identity);
    }

    private SecurityIdentity of(JsonWebToken token) {
        String name = Optional.ofNullable(token.getName()).orElse("unknown");
        QuarkusSecurityIdentity.Builder known =
                QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(name));
        claims.read(payload(token)).ifPresent(standing -> {
            known.addRoles(Role.of(standing.role(), standing.binding() != null));
            if (standing.binding() != null) {
                known.addAttribute(Caller.BINDING, standing.binding());
            }
        });
        return known.build();
    }

    private JsonNode payload(JsonWebToken token) {
        try {
            return json.readTree(
                    Base64.getUrlDecoder().decode(token.getRawToken().split("\\.", -1)[1]));
        } catch (IOException impossible) {
            throw new IllegalStateException("a verified token is JSON", impossible);
        }
    }
}
