package dev.sealpost.watch;

import java.util.List;
import java.util.Optional;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import dev.sealpost.access.AuditNote;
import dev.sealpost.access.Role;
import dev.sealpost.http.Bodies;
import dev.sealpost.http.Export;
import dev.sealpost.http.Format;
import dev.sealpost.http.Page;
import dev.sealpost.http.Parameter;
import dev.sealpost.http.Parameters;
import dev.sealpost.http.Problem;
import dev.sealpost.report.DomainName;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/domains}: the watched domains and those that reports name. */
@Path("/api/v1/domains")
@RolesAllowed(Role.VIEWER)
public class DomainsResource {
    /** What {@link #domains} takes. */
    public static final List<Parameter> PARAMETERS =
            List.of(WatchState.PARAMETER, Parameter.LIMIT, Parameter.CURSOR, Parameter.FORMAT);

    private final DomainList domains;
    private final Registration registration;
    private final Bodies bodies;
    private final Export export;
    private final AuditNote note;

    DomainsResource(DomainList domains, Registration registration, Bodies bodies, Export export, AuditNote note) {
        this.note = note;
        this.domains = domains;
        this.registration = registration;
        this.bodies = bodies;
        this.export = export;
    }

    /** A page of domains; only the schema of the document needs it. */
    @Schema(name = "DomainPage")
    private record DomainPage(List<DomainItem> items, String next) {}

    /** Lists domains in order of their names. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
    @Operation(operationId = "domains", summary = "Watched and reported domains, each with its last 30 days")
    @APIResponse(
            responseCode = "200",
            description = "By name",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = DomainPage.class)))
    public Response domains(@Context UriInfo request, @Context HttpHeaders headers) {
        Parameters parameters = Parameters.of(request, PARAMETERS);
        Optional<WatchState> state = parameters.one(WatchState.PARAMETER).map(WatchState::of);
        int limit = parameters.limit();
        String after = parameters.position(1).map(List::getFirst).orElse("");
        Format format = Format.of(parameters, headers);
        if (format == Format.JSON) {
            List<DomainItem> items = domains.page(state, after, limit + 1);
            return Response.ok(Page.of(items, parameters, item -> List.of(item.domain())))
                    .build();
        }
        return export.answer(
                format, "domains", DomainItem.COLUMNS, row -> domains.forEach(state, item -> row.accept(item.row())));
    }

    /** One domain. */
    @GET
    @Path("{domain}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "domain", summary = "One domain with its last 30 days")
    @APIResponse(
            responseCode = "200",
            description = "The domain",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = DomainItem.class)))
    @APIResponse(responseCode = "404", description = "Neither watched nor reported")
    public Response domain(@Context UriInfo request, @PathParam("domain") String name) {
        Parameters.of(request, List.of());
        DomainItem item = DomainName.parse(name)
                .flatMap(domains::find)
                .orElseThrow(() -> Problem.of(404, "not-found", "this domain is neither watched nor reported")
                        .exception());
        return Response.ok(item).build();
    }

    /** Registers a domain, or changes what is said of it. */
    @PUT
    @Path("{domain}")
    @RolesAllowed({Role.OPERATOR_OF_ALL, Role.ADMIN})
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putDomain",
            summary =
                    "Watches a domain: claims it with all its stored reports, and reads those again that the cap left",
            description =
                    "A tenant's administrator changes the hosts of its domains; new domains are given to a tenant by"
                            + " who is bound to none.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Registration.Wanted.class)))
    @APIResponse(
            responseCode = "201",
            description = "It is watched from now on",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = DomainItem.class)))
    @APIResponse(responseCode = "200", description = "It was registered already; what the body says was changed")
    @APIResponse(responseCode = "404", description = "Not registered for the caller's tenant")
    public Response put(@Context UriInfo request, @PathParam("domain") String name, byte @Nullable [] body) {
        Parameters.of(request, List.of());
        DomainName domain = read(name);
        boolean created = registration.put(
                domain,
                body == null || body.length == 0
                        ? Registration.Wanted.NOTHING
                        : bodies.read(body, Registration.Wanted.class));
        DomainItem item = domains.find(domain).orElseThrow(Registration::unknown);
        note.of(String.valueOf(item.tenant()));
        return Response.status(created ? Response.Status.CREATED : Response.Status.OK)
                .entity(item)
                .build();
    }

    /** Ends a registration. */
    @DELETE
    @Path("{domain}")
    @RolesAllowed({Role.OPERATOR_OF_ALL, Role.ADMIN})
    @Operation(operationId = "deleteDomain", summary = "Watches a domain no more; its reports stay, as unclaimed ones")
    @APIResponse(responseCode = "204", description = "It is unclaimed now")
    @APIResponse(responseCode = "404", description = "It was not registered")
    @APIResponse(responseCode = "409", description = "It is watched by a setting")
    public Response delete(@Context UriInfo request, @PathParam("domain") String name) {
        Parameters.of(request, List.of());
        note.of(registration.remove(read(name)));
        return Response.noContent().build();
    }

    private static DomainName read(String name) {
        return DomainName.parse(name)
                .orElseThrow(
                        () -> Problem.badParameter("domain", "domain must be a name such as example.com", List.of())
                                .exception());
    }
}
