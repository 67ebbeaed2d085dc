package dev.sealpost.intake.upload;

import java.util.List;
import jakarta.annotation.security.RolesAllowed;
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
import dev.sealpost.http.Parameter;
import dev.sealpost.http.Parameters;
import dev.sealpost.http.Place;
import dev.sealpost.http.Problem;
import dev.sealpost.store.ImportRow;
import dev.sealpost.store.Imports;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /api/v1/imports}: how far imports are; a tenant's callers see the tenant's. */
@Path(ImportsResource.PATH)
@RolesAllowed(Role.VIEWER)
public class ImportStatesResource {
    /** What {@link #imports} takes. */
    public static final List<Parameter> PARAMETERS = Listing.PARAMETERS;

    private static final Listing.Kind<ImportItem> LIST =
            new Listing.Kind<>("imports", ImportItem.class, item -> new Place(item.started(), item.id()).position(), 2);

    private final Imports imports;
    private final Listing listing;

    ImportStatesResource(Imports imports, Listing listing) {
        this.imports = imports;
        this.listing = listing;
    }

    /** A page of imports; only the schema of the document needs it. */
    @Schema(name = "ImportPage")
    private record ImportPage(List<ImportItem> items, String next) {}

    /** Lists imports. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
    @Operation(operationId = "imports", summary = "Imports, by REST and by command line")
    @APIResponse(
            responseCode = "200",
            description = "Newest first",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ImportPage.class)))
    public Response imports(@Context UriInfo request, @Context HttpHeaders headers) {
        return listing.answer(
                Parameters.of(request, PARAMETERS),
                headers,
                LIST,
                (after, limit) -> after
                        .map(Place::of)
                        .map(place -> imports.before(place.received(), place.id(), limit))
                        .orElseGet(() -> imports.newest(limit))
                        .stream()
                        .map(row -> ImportItem.of(row, null))
                        .toList());
    }

    /** One import. */
    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "importState", summary = "How far an import is, and what became of its reports")
    @APIResponse(
            responseCode = "200",
            description = "The import",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ImportItem.class)))
    @APIResponse(responseCode = "404", description = "No such import")
    public Response importState(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        ImportRow row = Place.id(id)
                .flatMap(imports::find)
                .orElseThrow(() ->
                        Problem.of(404, "not-found", "there is no such import").exception());
        return Response.ok(ImportItem.of(row, imports.outcome(row.source()))).build();
    }
}
