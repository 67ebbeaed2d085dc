package dev.sealpost.access;

import java.util.List;
import java.util.stream.Stream;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import dev.sealpost.http.Parameters;
import io.quarkus.security.identity.SecurityIdentity;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/me}: who the caller is. */
@Path("/api/v1/me")
public class MeResource {
    private final SecurityIdentity identity;
    private final Caller caller;

    MeResource(SecurityIdentity identity, Caller caller) {
        this.identity = identity;
        this.caller = caller;
    }

    /**
     * The caller.
     *
     * @param name of the key
     * @param role the highest role it has
     * @param tenant the tenant it is bound to; null sees all
     */
    public record Me(
            String name,

            @Schema(enumeration = {Role.VIEWER, Role.OPERATOR, Role.ADMIN})
            String role,

            @Schema(description = "null sees all tenants") @Nullable
            String tenant) {}

    /** Who calls. */
    @GET
    @RolesAllowed(Role.VIEWER)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "me", summary = "Who the caller is")
    public Me me(@Context UriInfo request) {
        Parameters.of(request, List.of());
        String role = Stream.of(Role.ADMIN, Role.OPERATOR)
                .filter(identity::hasRole)
                .findFirst()
                .orElse(Role.VIEWER);
        return new Me(
                identity.getPrincipal().getName(),
                role,
                caller.binding().map(Caller.Binding::tenant).orElse(null));
    }
}
