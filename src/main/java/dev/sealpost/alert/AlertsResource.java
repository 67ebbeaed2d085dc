package dev.sealpost.alert;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jakarta.annotation.security.RolesAllowed;
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

import dev.sealpost.access.Role;
import dev.sealpost.http.Listing;
import dev.sealpost.http.Parameter;
import dev.sealpost.http.Parameters;
import dev.sealpost.http.Place;
import dev.sealpost.store.AlertQuestion;
import io.quarkus.security.identity.SecurityIdentity;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/alerts}: what was found, what it probably is, and what people decide of it. */
@Path("/api/v1/alerts")
@RolesAllowed(Role.VIEWER)
public class AlertsResource {
    static final List<Parameter> PARAMETERS = AlertFilter.PARAMETERS;

    private static final Listing.Kind<AlertItem> LIST =
            new Listing.Kind<>("alerts", AlertItem.class, item -> new Place(item.opened(), item.id()).position(), 2);

    private final AlertAnswers answers;
    private final AlertQuestion question;
    private final AlertDecisions decisions;
    private final SecurityIdentity caller;
    private final Listing listing;

    AlertsResource(
            AlertAnswers answers,
            AlertQuestion question,
            AlertDecisions decisions,
            SecurityIdentity caller,
            Listing listing) {
        this.answers = answers;
        this.question = question;
        this.decisions = decisions;
        this.caller = caller;
        this.listing = listing;
    }

    /** A page of alerts; only the schema of the document needs it. */
    @Schema(name = "AlertPage")
    private record AlertPage(List<AlertItem> items, String next) {}

    /**
     * A step in the life of an alert.
     *
     * @param who did it; null for the evaluation itself
     */
    @Schema(name = "AlertEvent")
    record EventItem(
            @Schema(description = "When") Instant at,

            @Schema(description = "What: opened, updated, acknowledged, resolved or withdrawn")
            String kind,

            @Schema(description = "Who did it; null if nobody did but the evaluation") @Nullable
            String who,

            @Schema(description = "In plain words") String detail) {}

    /** An alert and its history. */
    @Schema(name = "AlertWithHistory")
    record Whole(
            @Schema(description = "The alert") AlertItem alert,

            @Schema(description = "Its history, the oldest step first")
            List<EventItem> events) {}

    /** Lists alerts. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
    @Operation(
            operationId = "alerts",
            summary = "What was found in the reports, each explained",
            description =
                    "An alert goes on until nothing was found for 7 days. Reports that come late may change what it is,"
                            + " or withdraw it. A caller sees of it what concerns its domains.")
    @APIResponse(
            responseCode = "200",
            description = "The newest first",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = AlertPage.class)))
    public Response alerts(@Context UriInfo request, @Context HttpHeaders headers) {
        Parameters parameters = Parameters.of(request, PARAMETERS);
        AlertQuestion.Wanted wanted = AlertFilter.wanted(parameters);
        return listing.answer(
                parameters,
                headers,
                LIST,
                (after, limit) -> answers.list(wanted, after.map(AlertsResource::place), limit));
    }

    private static AlertQuestion.Place place(List<String> position) {
        Place place = Place.of(position);
        return new AlertQuestion.Place(place.received(), place.id());
    }

    /** One alert. */
    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "alert", summary = "One alert and its history")
    @APIResponse(
            responseCode = "200",
            description = "The alert",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Whole.class)))
    @APIResponse(responseCode = "404", description = "No such alert")
    public Response alert(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        return whole(id(id));
    }

    /** Takes an alert on. */
    @POST
    @Path("{id}/acknowledge")
    @RolesAllowed(Role.OPERATOR)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "acknowledgeAlert",
            summary = "Says that somebody looks after an alert",
            description = "It stays so until it ends, or becomes more urgent.")
    @APIResponse(
            responseCode = "200",
            description = "The alert",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Whole.class)))
    @APIResponse(responseCode = "404", description = "No such alert")
    @APIResponse(responseCode = "409", description = "It has ended, or concerns domains that the caller does not see")
    public Response acknowledge(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        decisions.acknowledge(id(id), caller.getPrincipal().getName());
        return whole(id(id));
    }

    /** Closes an alert. */
    @POST
    @Path("{id}/resolve")
    @RolesAllowed(Role.OPERATOR)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "resolveAlert",
            summary = "Closes an alert",
            description =
                    "Reports about the days until today do not open it again; those about later days open a new one.")
    @APIResponse(
            responseCode = "200",
            description = "The alert",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Whole.class)))
    @APIResponse(responseCode = "404", description = "No such alert")
    @APIResponse(responseCode = "409", description = "It has ended, or concerns domains that the caller does not see")
    public Response resolve(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        decisions.resolve(id(id), caller.getPrincipal().getName());
        return whole(id(id));
    }

    private static UUID id(String text) {
        return Place.id(text).orElseThrow(AlertDecisions::notFound);
    }

    private Response whole(UUID id) {
        AlertItem item = answers.find(id).orElseThrow(AlertDecisions::notFound);
        List<EventItem> events = question.events(id).stream()
                .map(event -> new EventItem(event.at(), event.kind(), event.who(), event.detail()))
                .toList();
        return Response.ok(new Whole(item, events)).build();
    }
}
