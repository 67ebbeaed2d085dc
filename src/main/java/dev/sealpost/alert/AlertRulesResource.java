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

/** {@code /api/v1/alert-rules}: rules beside the detector. */
@Path("/api/v1/alert-rules")
@RolesAllowed(Role.VIEWER)
public class AlertRulesResource {
    private final Rules rules;
    private final RulePreview preview;
    private final Bodies bodies;

    AlertRulesResource(Rules rules, RulePreview preview, Bodies bodies) {
        this.rules = rules;
        this.preview = preview;
        this.bodies = bodies;
    }

    /** All rules; there are few. */
    @Schema(name = "AlertRuleList")
    record RuleList(
            @Schema(description = "The oldest first") List<Rules.Item> items) {}

    /** Lists rules. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "alertRules", summary = "The rules beside the detector")
    @APIResponse(
            responseCode = "200",
            description = "All of them",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = RuleList.class)))
    public Response rules(@Context UriInfo request) {
        Parameters.of(request, List.of());
        return Response.ok(new RuleList(rules.all())).build();
    }

    /** One rule. */
    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "alertRule", summary = "One rule")
    @APIResponse(
            responseCode = "200",
            description = "The rule",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Rules.Item.class)))
    @APIResponse(responseCode = "404", description = "No such rule")
    public Response rule(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        return Response.ok(rules.find(id(id)).orElseThrow(Rules::notFound)).build();
    }

    /** Makes a rule. */
    @POST
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createAlertRule", summary = "Makes a rule")
    @RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Rule.Terms.class)))
    @APIResponse(
            responseCode = "201",
            description = "The rule",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Rules.Item.class)))
    @APIResponse(responseCode = "409", description = "There are too many rules already")
    public Response create(@Context UriInfo request, byte[] body) {
        Parameters.of(request, List.of());
        return Response.status(Response.Status.CREATED)
                .entity(rules.create(bodies.read(body, Rule.Terms.class)))
                .build();
    }

    /** Changes a rule. */
    @PUT
    @Path("{id}")
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putAlertRule", summary = "Says anew what a rule is")
    @RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Rule.Terms.class)))
    @APIResponse(
            responseCode = "200",
            description = "The rule",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Rules.Item.class)))
    @APIResponse(responseCode = "404", description = "No such rule")
    public Response change(@Context UriInfo request, @PathParam("id") String id, byte[] body) {
        Parameters.of(request, List.of());
        return Response.ok(rules.change(id(id), bodies.read(body, Rule.Terms.class)))
                .build();
    }

    /** Removes a rule. */
    @DELETE
    @Path("{id}")
    @RolesAllowed(Role.OPERATOR)
    @Operation(operationId = "deleteAlertRule", summary = "Removes a rule; its alerts end when they have been quiet")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "404", description = "No such rule")
    public Response remove(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        rules.remove(id(id));
        return Response.noContent().build();
    }

    /** Tries a rule. */
    @POST
    @Path("preview")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "previewAlertRule",
            summary = "What a rule would have raised in the last 90 days",
            description = "Nothing is kept. Without domains, 200 of those that the caller sees are looked at.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Rule.Terms.class)))
    @APIResponse(
            responseCode = "200",
            description = "The alerts there would have been",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = RulePreview.Preview.class)))
    public Response preview(@Context UriInfo request, byte[] body) {
        Parameters.of(request, List.of());
        Rule rule = rules.checked(new UUID(0, 0), bodies.read(body, Rule.Terms.class));
        return Response.ok(preview.of(rule)).build();
    }

    private static UUID id(String text) {
        return Place.id(text).orElseThrow(Rules::notFound);
    }
}
