package dev.sealpost.notify;

import java.util.List;
import java.util.Optional;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import dev.sealpost.access.Role;
import dev.sealpost.http.Bodies;
import dev.sealpost.http.Page;
import dev.sealpost.http.Parameter;
import dev.sealpost.http.Parameters;
import dev.sealpost.http.Place;
import dev.sealpost.store.ChannelState;
import dev.sealpost.store.ChannelTable;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /api/v1/channels}: where alerts are told. */
@Path("/api/v1/channels")
@RolesAllowed(Role.OPERATOR)
public class ChannelsResource {
    /** What {@link #channels} takes. */
    public static final List<Parameter> PARAMETERS = List.of(Parameter.LIMIT, Parameter.CURSOR);

    private final Channels channels;
    private final ChannelTable table;
    private final Bodies bodies;

    ChannelsResource(Channels channels, ChannelTable table, Bodies bodies) {
        this.channels = channels;
        this.table = table;
        this.bodies = bodies;
    }

    /** A page of channels; only the schema of the document needs it. */
    @Schema(name = "ChannelPage")
    private record ChannelPage(List<ChannelItem> items, String next) {}

    /** Makes a channel. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createChannel", summary = "Makes a channel: from now on it is told what changes")
    @RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Wanted.class)))
    @APIResponse(
            responseCode = "201",
            description = "The channel; the secret of a webhook is in it, this once",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ChannelItem.class)))
    @APIResponse(responseCode = "409", description = "There are as many channels as there may be")
    public Response create(@Context UriInfo request, byte[] body) {
        Parameters.of(request, List.of());
        Channels.Made made = channels.create(bodies.read(body, Wanted.class));
        return answer(Response.Status.CREATED, made);
    }

    /** Lists channels. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "channels", summary = "The channels of the caller, and how each is doing")
    @APIResponse(
            responseCode = "200",
            description = "Oldest first",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ChannelPage.class)))
    public Response channels(@Context UriInfo request) {
        Parameters parameters = Parameters.of(request, PARAMETERS);
        Optional<ChannelTable.Place> after =
                Place.read(parameters).map(place -> new ChannelTable.Place(place.received(), place.id()));
        List<ChannelItem> items = channels.list(after, parameters.limit() + 1).stream()
                .map(row -> item(new Channels.Made(row, null)))
                .toList();
        return Response.ok(Page.of(items, parameters, item -> new Place(item.created(), item.id()).position()))
                .build();
    }

    /** Shows one. */
    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "channel", summary = "A channel, and how it is doing")
    @APIResponse(
            responseCode = "200",
            description = "The channel, without what is secret",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ChannelItem.class)))
    @APIResponse(responseCode = "404", description = "No such channel")
    public Response channel(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        return Response.ok(item(new Channels.Made(channels.find(known(id)), null)))
                .build();
    }

    /** Changes one. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "changeChannel",
            summary =
                    "Changes a channel to what the body says; what is secret and absent stays. It is tried again at once")
    @RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Wanted.class)))
    @APIResponse(
            responseCode = "200",
            description = "The channel; a new secret is in it, this once",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ChannelItem.class)))
    @APIResponse(responseCode = "404", description = "No such channel")
    public Response change(@Context UriInfo request, @PathParam("id") String id, byte[] body) {
        Parameters.of(request, List.of());
        return answer(Response.Status.OK, channels.change(known(id), bodies.read(body, Wanted.class)));
    }

    /** Deletes one. */
    @DELETE
    @Path("{id}")
    @Operation(operationId = "deleteChannel", summary = "Deletes a channel, and what waits for it")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "404", description = "No such channel")
    public Response delete(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        if (!channels.delete(known(id))) {
            throw Channels.missing();
        }
        return Response.noContent().build();
    }

    static UUID known(String id) {
        return Place.id(id).orElseThrow(Channels::missing);
    }

    private Response answer(Response.Status status, Channels.Made made) {
        return Response.status(status)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(item(made))
                .build();
    }

    private ChannelItem item(Channels.Made made) {
        ChannelState state = table.state(made.row().id()).orElse(new ChannelState(null, "", 0, 0));
        return ChannelItem.of(made.row(), made.secret(), state);
    }
}
