package dev.sealpost.alert;

import java.util.List;
import java.util.UUID;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import dev.sealpost.access.Role;
import dev.sealpost.http.Bodies;
import dev.sealpost.http.Parameters;
import dev.sealpost.http.Place;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /api/v1/silences}: what channels do not tell for a while. */
@Path("/api/v1/silences")
@RolesAllowed(Role.VIEWER)
public class SilencesResource {
    private final SilenceBook silences;
    private final Bodies bodies;

    SilencesResource(SilenceBook silences, Bodies bodies) {
        this.silences = silences;
        this.bodies = bodies;
    }

    /** All silences; there are few. */
    @Schema(name = "SilenceList")
    record SilenceList(
            @Schema(description = "The oldest first") List<SilenceBook.Item> items) {}

    /** Lists silences. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "silences", summary = "The what channels do not tell for a while")
    @APIResponse(
            responseCode = "200",
            description = "All of them",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SilenceList.class)))
    public Response silences(@Context UriInfo request) {
        Parameters.of(request, List.of());
        return Response.ok(new SilenceList(silences.all())).build();
    }

    /** One silence. */
    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "silence", summary = "One silence")
    @APIResponse(
            responseCode = "200",
            description = "The silence",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = SilenceBook.Item.class)))
    @APIResponse(responseCode = "404", description = "No such silence")
    public Response silence(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        return Response.ok(silences.find(id(id)).orElseThrow(SilenceBook::notFound))
                .build();
    }

    /** Makes a silence. */
    @POST
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createSilence", summary = "Makes a silence")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = SilenceBook.Wanted.class)))
    @APIResponse(
            responseCode = "201",
            description = "The silence",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = SilenceBook.Item.class)))
    @APIResponse(responseCode = "409", description = "There are too many silences already")
    public Response create(@Context UriInfo request, byte[] body) {
        Parameters.of(request, List.of());
        return Response.status(Response.Status.CREATED)
                .entity(silences.create(bodies.read(body, SilenceBook.Wanted.class)))
                .build();
    }

    /** Changes a silence. */
    @PUT
    @Path("{id}")
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putSilence", summary = "Says anew what a silence is")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = SilenceBook.Wanted.class)))
    @APIResponse(
            responseCode = "200",
            description = "The silence",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = SilenceBook.Item.class)))
    @APIResponse(responseCode = "404", description = "No such silence")
    public Response change(@Context UriInfo request, @PathParam("id") String id, byte[] body) {
        Parameters.of(request, List.of());
        return Response.ok(silences.change(id(id), bodies.read(body, SilenceBook.Wanted.class)))
                .build();
    }

    /** Ends a silence. */
    @DELETE
    @Path("{id}")
    @RolesAllowed(Role.OPERATOR)
    @Operation(operationId = "deleteSilence", summary = "Ends a silence")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "404", description = "No such silence")
    public Response remove(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        silences.remove(id(id));
        return Response.noContent().build();
    }

    private static UUID id(String text) {
        return Place.id(text).orElseThrow(SilenceBook::notFound);
    }
}
