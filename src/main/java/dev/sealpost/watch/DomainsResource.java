package dev.sealpost.watch;

import java.util.List;
import java.util.Optional;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /api/v1/domains}: the watched domains and those that reports name. */
@Path("/api/v1/domains")
@RolesAllowed(Role.VIEWER)
public class DomainsResource {
    /** What {@link #domains} takes. */
    public static final List<Parameter> PARAMETERS =
            List.of(WatchState.PARAMETER, Parameter.LIMIT, Parameter.CURSOR, Parameter.FORMAT);

    private final DomainList domains;
    private final Export export;

    DomainsResource(DomainList domains, Export export) {
        this.domains = domains;
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
}
