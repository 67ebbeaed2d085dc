package dev.sealpost.access;

import java.util.List;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import dev.sealpost.http.Listing;
import dev.sealpost.http.Parameter;
import dev.sealpost.http.Parameters;
import dev.sealpost.store.TenantQuestion;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /api/v1/tenants}: a tenant exists by being named, by a domain or by a key. */
@Path("/api/v1/tenants")
@RolesAllowed(Role.ADMIN_OF_ALL)
public class TenantsResource {
    /** What {@link #tenants} takes. */
    public static final List<Parameter> PARAMETERS = Listing.PARAMETERS;

    private static final Listing.Kind<Item> LIST =
            new Listing.Kind<>("tenants", Item.class, item -> List.of(item.tenant()), 1);

    private final TenantQuestion question;
    private final Listing listing;

    TenantsResource(TenantQuestion question, Listing listing) {
        this.question = question;
        this.listing = listing;
    }

    /** A tenant in lists. */
    @Schema(name = "Tenant")
    record Item(
            String tenant,

            @Schema(description = "Domains registered for it; those of a setting are the default tenant's beside them")
            long domains,

            @Schema(description = "Its keys that were not revoked")
            long keys) {}

    /** A page of tenants; only the schema of the document needs it. */
    @Schema(name = "TenantPage")
    private record TenantPage(List<Item> items, String next) {}

    /** Lists tenants. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
    @Operation(operationId = "tenants", summary = "The tenants that domains and keys name; default always is one")
    @APIResponse(
            responseCode = "200",
            description = "By name",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = TenantPage.class)))
    public Response tenants(@Context UriInfo request, @Context HttpHeaders headers) {
        return listing.answer(
                Parameters.of(request, PARAMETERS),
                headers,
                LIST,
                (after, limit) -> question.list(after.map(List::getFirst).orElse(""), limit).stream()
                        .map(named -> new Item(named.tenant(), named.domains(), named.keys()))
                        .toList());
    }
}
