package dev.sealpost.query;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
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
import dev.sealpost.store.Filter;
import dev.sealpost.store.OrganizationQuestion;
import dev.sealpost.store.OrganizationRow;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /api/v1/organizations}: who reports, and who no longer does. */
@Path("/api/v1/organizations")
@RolesAllowed(Role.VIEWER)
public class OrganizationsResource {
    static final List<Parameter> PARAMETERS = Stream.concat(
                    Filters.OF_SESSIONS.stream().filter(each -> !each.equals(Filters.POLICY_TYPE)),
                    Stream.of(Parameter.LIMIT, Parameter.CURSOR, Parameter.FORMAT))
            .toList();

    private final Filters filters;
    private final OrganizationQuestion question;
    private final Export export;
    private final Clock clock;

    OrganizationsResource(Filters filters, OrganizationQuestion question, Export export, Clock clock) {
        this.filters = filters;
        this.question = question;
        this.export = export;
        this.clock = clock;
    }

    /** A page of reporters; only the schema of the document needs it. */
    @Schema(name = "OrganizationPage")
    private record OrganizationPage(List<OrganizationItem> items, String next) {}

    /** Lists reporters. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
    @Operation(
            operationId = "organizations",
            summary = "Reporters: their reports and sessions, how late they usually are, and who fell silent",
            description =
                    "Those that reported about the days asked for, by name. Silence is judged by the present day.")
    @APIResponse(
            responseCode = "200",
            description = "By name",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = OrganizationPage.class),
                            examples = @ExampleObject(name = "example", value = """
                            {"items": [{"organization": "Example Mail Service", "reports": 30, "domains": 2,
                            "successfulSessions": 4120, "failedSessions": 17, "lastReport": "2026-11-30T06:12:09Z",
                            "usualDelayHours": 7, "silentSince": null}], "next": null}""")))
    public Response organizations(@Context UriInfo request, @Context HttpHeaders headers) {
        Parameters parameters = Parameters.of(request, PARAMETERS);
        Filter filter = filters.read(parameters);
        Optional<String> after = parameters.position(1).map(List::getFirst);
        int limit = parameters.limit();
        Format format = Format.of(parameters, headers);
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        boolean recent = !filter.to().isBefore(today.minusDays(OrganizationQuestion.KNOWN_DAYS - 1L));
        if (format != Format.JSON) {
            return export.answer(
                    format,
                    "organizations",
                    OrganizationItem.COLUMNS,
                    row -> question.forEach(
                            filter,
                            today,
                            each -> row.accept(
                                    OrganizationItem.of(each, recent, now).row())));
        }
        Page<OrganizationRow> page =
                Page.of(question.rows(filter, after, limit + 1, today), parameters, row -> List.of(row.key()));
        return Response.ok(new Page<>(
                        page.items().stream()
                                .map(row -> OrganizationItem.of(row, recent, now))
                                .toList(),
                        page.next()))
                .build();
    }
}
