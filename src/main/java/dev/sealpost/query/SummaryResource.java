package dev.sealpost.query;

import java.util.List;
import java.util.Map;
import java.util.Set;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import dev.sealpost.access.Role;
import dev.sealpost.http.Parameter;
import dev.sealpost.http.Parameters;
import dev.sealpost.store.AlertQuestion;
import dev.sealpost.store.DomainScope;
import dev.sealpost.store.Filter;
import dev.sealpost.store.SummaryQuestion;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /api/v1/summary}: what a person wants to know first. */
@Path("/api/v1/summary")
@RolesAllowed(Role.VIEWER)
public class SummaryResource {
    static final List<Parameter> PARAMETERS = Filters.OF_SESSIONS;

    private final Filters filters;
    private final SummaryQuestion question;
    private final AlertQuestion alerts;

    SummaryResource(Filters filters, SummaryQuestion question, AlertQuestion alerts) {
        this.filters = filters;
        this.question = question;
        this.alerts = alerts;
    }

    /** Answers the numbers at a glance. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "summary",
            summary = "The numbers at a glance, beside those of as many days before",
            description = "Out of the daily numbers alone. Of the last two days reports may still be missing.")
    @APIResponse(
            responseCode = "200",
            description = "The numbers",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = SummaryAnswer.class),
                            examples = @ExampleObject(name = "example", value = """
                            {"from": "2026-11-01", "to": "2026-11-30", "successfulSessions": 4120, "failedSessions":
                            17, "failureRate": 0.0041, "previous": {"from": "2026-10-02", "to": "2026-10-31",
                            "successfulSessions": 4003, "failedSessions": 0, "failureRate": 0.0}, "topResultTypes":
                            [{"resultType": "starttls-not-supported", "failedSessions": 12}], "topOrganizations":
                            [{"organization": "Example Mail Service", "successfulSessions": 4120, "failedSessions":
                            17, "failureRate": 0.0041}], "lastReport": "2026-11-02T06:12:09Z", "openAlerts": {}}""")))
    public Response summary(@Context UriInfo request) {
        Filter filter = filters.read(Parameters.of(request, PARAMETERS));
        return Response.ok(SummaryAnswer.of(
                        filter, SummaryQuestion.before(filter), question.ask(filter), openAlerts(filter.domains())))
                .build();
    }

    /** Whatever days are asked for: open is what is open now. */
    private Map<String, Long> openAlerts(DomainScope scope) {
        return switch (scope) {
            case DomainScope.Only(Set<String> domains) -> domains.isEmpty() ? Map.of() : alerts.open(domains);
            // Unclaimed domains have none.
            case DomainScope.Unclaimed unclaimed -> Map.of();
            default -> alerts.open(Set.of());
        };
    }
}
