package dev.sealpost.quarantine;

import java.util.List;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import dev.sealpost.access.Role;
import dev.sealpost.http.Listing;
import dev.sealpost.http.Parameters;
import dev.sealpost.http.Place;
import dev.sealpost.http.Problem;
import dev.sealpost.http.ProblemException;
import dev.sealpost.store.QuarantineEntries;
import dev.sealpost.store.QuarantineRemoval;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /api/v1/quarantine}: what was refused or could not be counted; a tenant's callers see what is the tenant's. */
@Path("/api/v1/quarantine")
@RolesAllowed(Role.VIEWER)
public class QuarantineResource {
    private static final Listing.Kind<QuarantineItem> LIST = new Listing.Kind<>(
            "quarantine", QuarantineItem.class, item -> new Place(item.received(), item.id()).position(), 2);

    private final QuarantineEntries entries;
    private final QuarantineRemoval removal;
    private final Listing listing;

    QuarantineResource(QuarantineEntries entries, QuarantineRemoval removal, Listing listing) {
        this.entries = entries;
        this.removal = removal;
        this.listing = listing;
    }

    /** A page of entries; only the schema of the document needs it. */
    @Schema(name = "QuarantinePage")
    private record QuarantinePage(List<QuarantineItem> items, String next) {}

    /** Lists what is kept. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
    @Operation(operationId = "quarantine", summary = "Bytes that held no report, and policies without a domain")
    @APIResponse(
            responseCode = "200",
            description = "Newest first",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = QuarantinePage.class)))
    public Response quarantine(@Context UriInfo request, @Context HttpHeaders headers) {
        Parameters parameters = Parameters.of(request, QuarantineFilter.OF_LIST);
        QuarantineEntries.Wanted wanted = QuarantineFilter.wanted(parameters);
        return listing.answer(
                parameters,
                headers,
                LIST,
                (after, limit) -> entries.newest(wanted, after.map(QuarantineFilter::place), limit).stream()
                        .map(QuarantineItem::of)
                        .toList());
    }

    /** The bytes of one entry. */
    @GET
    @Path("{id}/raw")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(operationId = "quarantineRaw", summary = "The bytes of an entry exactly as they came")
    @APIResponse(responseCode = "200", description = "The bytes")
    @APIResponse(responseCode = "404", description = "No such entry")
    public Response raw(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        byte[] bytes = Place.id(id).flatMap(entries::bytes).orElseThrow(QuarantineResource::notFound);
        return Response.ok(bytes, MediaType.APPLICATION_OCTET_STREAM_TYPE)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"quarantine.bin\"")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    /** Deletes one entry. */
    @DELETE
    @Path("{id}")
    @RolesAllowed(Role.OPERATOR)
    @Operation(operationId = "deleteQuarantined", summary = "Deletes an entry and its bytes for good")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "404", description = "No such entry")
    public Response delete(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        if (!Place.id(id).map(removal::delete).orElse(false)) {
            throw notFound();
        }
        return Response.noContent().build();
    }

    private static ProblemException notFound() {
        return Problem.of(404, "not-found", "there is no such entry").exception();
    }
}
