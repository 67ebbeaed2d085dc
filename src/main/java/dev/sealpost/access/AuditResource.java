package dev.sealpost.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
import dev.sealpost.store.AuditTable;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/audit}: who changed what; a tenant's administrator sees what is the tenant's or was done by its callers. */
@Path("/api/v1/audit")
@RolesAllowed(Role.ADMIN)
public class AuditResource {
    /** What {@link #audit} takes. */
    public static final List<Parameter> PARAMETERS = Listing.PARAMETERS;

    private static final Listing.Kind<Item> LIST =
            new Listing.Kind<>("audit", Item.class, item -> List.of(String.valueOf(item.id())), 1);

    private final AuditTable table;
    private final Caller caller;
    private final Listing listing;

    AuditResource(AuditTable table, Caller caller, Listing listing) {
        this.table = table;
        this.caller = caller;
        this.listing = listing;
    }

    /** A change in lists. */
    @Schema(name = "AuditItem")
    record Item(
            @Schema(description = "Grows with every change") long id,

            @Schema(description = "When") Instant at,

            @Schema(
                    description =
                            "Who: a key by its beginning, a person by the name that the provider gives, or command")
            String who,

            @Schema(description = "What was done: the operationId of the call", examples = "createKey")
            String what,

            @Schema(description = "What it was done to", examples = "domains/example.org")
            String subject,

            @Schema(description = "Whose it is, or of who did it; null if it belongs to no tenant") @Nullable
            String tenant) {
        static Item of(AuditTable.Kept kept) {
            return new Item(
                    kept.id(),
                    kept.entry().at(),
                    kept.entry().who(),
                    kept.entry().what(),
                    kept.entry().subject(),
                    kept.entry().tenant());
        }
    }

    /** A page of changes; only the schema of the document needs it. */
    @Schema(name = "AuditPage")
    private record AuditPage(List<Item> items, String next) {}

    /** Lists changes. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
    @Operation(operationId = "audit", summary = "Who changed what by a call of this API, or a key by command")
    @APIResponse(
            responseCode = "200",
            description = "Newest first",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = AuditPage.class)))
    public Response audit(@Context UriInfo request, @Context HttpHeaders headers) {
        Optional<String> tenant = caller.binding().map(Caller.Binding::tenant);
        return listing.answer(
                Parameters.of(request, PARAMETERS),
                headers,
                LIST,
                (after, limit) -> table.newest(tenant, after.map(List::getFirst).map(Long::parseLong), limit).stream()
                        .map(Item::of)
                        .toList());
    }
}
