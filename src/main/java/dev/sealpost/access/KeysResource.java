package dev.sealpost.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import dev.sealpost.http.Bodies;
import dev.sealpost.http.Listing;
import dev.sealpost.http.Parameter;
import dev.sealpost.http.Parameters;
import dev.sealpost.http.Place;
import dev.sealpost.http.Problem;
import dev.sealpost.store.KeyTable;
import dev.sealpost.store.StoredKey;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/keys}: the keys that people may use, which are shown once; of a tenant for its own administrators. */
@Path("/api/v1/keys")
@RolesAllowed(Role.ADMIN)
public class KeysResource {
    /** What {@link #keys} takes. */
    public static final List<Parameter> PARAMETERS = Listing.PARAMETERS;

    private static final Listing.Kind<Item> LIST =
            new Listing.Kind<>("keys", Item.class, item -> new Place(item.created, item.id).position(), 2);

    private final Keys keys;
    private final Bodies bodies;
    private final Caller caller;
    private final AuditNote note;
    private final Listing listing;

    KeysResource(Keys keys, Bodies bodies, Caller caller, AuditNote note, Listing listing) {
        this.keys = keys;
        this.bodies = bodies;
        this.caller = caller;
        this.note = note;
        this.listing = listing;
    }

    /**
     * A key in lists.
     *
     * @param key the key itself; in the answer to its creation, else null
     */
    @Schema(name = "Key")
    record Item(
            UUID id,

            @Schema(description = "Shown once, when it is made") @Nullable
            String key,

            @Schema(description = "How the key begins") String prefix,
            String role,
            String tenant,

            @Schema(description = "The only domains it is good for; empty is all")
            List<String> domains,

            Instant created,
            @Nullable Instant expires,

            @Schema(description = "When it was last used, to the hour; null for those of role intake") @Nullable
            Instant lastUsed) {
        static Item of(StoredKey kept, @Nullable String key) {
            return new Item(
                    kept.id(),
                    key,
                    kept.prefix(),
                    kept.role(),
                    kept.tenant(),
                    List.copyOf(new TreeSet<>(kept.domains())),
                    kept.created(),
                    kept.expires(),
                    kept.used());
        }
    }

    /** A page of keys; only the schema of the document needs it. */
    @Schema(name = "KeyPage")
    private record KeyPage(List<Item> items, String next) {}

    /** Makes a key. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createKey",
            summary =
                    "Makes a key: to read and administrate with, or of the role intake, which attributes reports that are"
                            + " posted to /tlsrpt/{key}")
    @RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Keys.Wanted.class)))
    @APIResponse(
            responseCode = "201",
            description = "The key, this once",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Item.class)))
    public Response create(@Context UriInfo request, byte[] body) {
        Parameters.of(request, List.of());
        Keys.Created created = keys.create(bodies.read(body, Keys.Wanted.class), caller.binding());
        note.about("keys/" + created.kept().id());
        note.of(created.kept().tenant());
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(Item.of(created.kept(), created.key()))
                .build();
    }

    /** Lists keys. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
    @Operation(operationId = "keys", summary = "The keys that were not revoked, each by its beginning")
    @APIResponse(
            responseCode = "200",
            description = "Oldest first",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = KeyPage.class)))
    public Response keys(@Context UriInfo request, @Context HttpHeaders headers) {
        Optional<Caller.Binding> binding = caller.binding();
        return listing.answer(
                Parameters.of(request, PARAMETERS),
                headers,
                LIST,
                (after, limit) -> keys.list(after.map(KeysResource::place), limit, binding).stream()
                        .map(key -> Item.of(key, null))
                        .toList());
    }

    private static KeyTable.Place place(List<String> position) {
        Place place = Place.of(position);
        return new KeyTable.Place(place.received(), place.id());
    }

    /** Revokes a key. */
    @DELETE
    @Path("{id}")
    @Operation(operationId = "revokeKey", summary = "Revokes a key; doors know it within a second or two")
    @APIResponse(responseCode = "204", description = "It is good for nothing any more")
    @APIResponse(responseCode = "404", description = "No such key")
    public Response revoke(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        note.of(Place.id(id)
                .flatMap(key -> keys.revoke(key, caller.binding()))
                .orElseThrow(() ->
                        Problem.of(404, "not-found", "there is no such key").exception()));
        return Response.noContent().build();
    }
}
