package dev.sealpost.quarantine;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
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
import dev.sealpost.http.Page;
import dev.sealpost.http.Parameter;
import dev.sealpost.http.Parameters;
import dev.sealpost.http.Place;
import dev.sealpost.http.Problem;
import dev.sealpost.store.QuarantineEntries;
import dev.sealpost.store.QuarantineEntry;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /api/v1/quarantine}: what was refused or could not be counted. */
@Path("/api/v1/quarantine")
@RolesAllowed(Role.VIEWER)
public class QuarantineResource {
    /** What {@link #quarantine} takes. */
    public static final List<Parameter> PARAMETERS = List.of(Parameter.LIMIT, Parameter.CURSOR);

    private final QuarantineEntries entries;

    QuarantineResource(QuarantineEntries entries) {
        this.entries = entries;
    }

    /**
     * One entry of the list.
     *
     * @param bytes how many
     * @param repeats how often the same bytes came again for the same reason
     */
    @Schema(name = "QuarantineItem")
    record Item(
            UUID id,
            String reason,
            String detail,
            String channel,
            String source,
            Instant received,
            long bytes,
            long repeats) {
        static Item of(QuarantineEntry entry) {
            return new Item(
                    entry.id,
                    entry.reason,
                    entry.detail,
                    entry.channel,
                    entry.source,
                    entry.received,
                    entry.size,
                    entry.repeats);
        }
    }

    /** A page of entries; only the schema of the document needs it. */
    @Schema(name = "QuarantinePage")
    private record QuarantinePage(List<Item> items, String next) {}

    /** Lists what is kept. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "quarantine", summary = "Bytes that held no report, and policies without a domain")
    @APIResponse(
            responseCode = "200",
            description = "Newest first",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = QuarantinePage.class)))
    public Response quarantine(@Context UriInfo request) {
        Parameters parameters = Parameters.of(request, PARAMETERS);
        int more = parameters.limit() + 1;
        List<Item> items = Place.read(parameters)
                .map(place -> entries.after(place.received(), place.id(), more))
                .orElseGet(() -> entries.newest(more))
                .stream()
                .map(Item::of)
                .toList();
        return Response.ok(Page.of(items, parameters, item -> new Place(item.received, item.id).position()))
                .build();
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
        byte[] bytes = Place.id(id)
                .flatMap(entries::bytes)
                .orElseThrow(() ->
                        Problem.of(404, "not-found", "there is no such entry").exception());
        return Response.ok(bytes, MediaType.APPLICATION_OCTET_STREAM_TYPE)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"quarantine.bin\"")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
