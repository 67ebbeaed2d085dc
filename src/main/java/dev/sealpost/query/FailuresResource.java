package dev.sealpost.query;

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
import dev.sealpost.store.FailureKey;
import dev.sealpost.store.FailureQuestion;
import dev.sealpost.store.FailureRow;
import dev.sealpost.store.Filter;
import dev.sealpost.store.Position;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /api/v1/failures}: what failed, why, where and with whom. */
@Path("/api/v1/failures")
@RolesAllowed(Role.VIEWER)
public class FailuresResource {
    private static final Parameter GROUP_BY =
            Parameter.many("groupBy", "What a row is about; resultType if absent.", FailureKey.labels());

    static final List<Parameter> PARAMETERS = Stream.concat(
                    Filters.ALL.stream(), Stream.of(GROUP_BY, Parameter.LIMIT, Parameter.CURSOR, Parameter.FORMAT))
            .toList();

    private final Filters filters;
    private final FailureQuestion question;
    private final Export export;

    FailuresResource(Filters filters, FailureQuestion question, Export export) {
        this.filters = filters;
        this.question = question;
        this.export = export;
    }

    /** Answers the main question. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
    @Operation(
            operationId = "failures",
            summary = "Failures by time, domain, reporter, policy, result type, host or address",
            description = "Sums occurrences in failure details (RFC 8460, section 4.3), most first; by time where"
                    + " grouped by time. Reports count on the UTC day of their start.")
    @APIResponse(
            responseCode = "200",
            description = "The rows",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = FailuresAnswer.class),
                            examples = @ExampleObject(name = "example", value = """
                            {"from": "2026-11-01", "to": "2026-11-30", "groupBy": ["resultType"], "rows":
                            [{"resultType": "starttls-not-supported", "failedSessions": 12, "reports": 1,
                            "organizations": 1, "firstDay": "2026-11-01", "lastDay": "2026-11-01"}], "next": null}""")))
    public Response failures(@Context UriInfo request, @Context HttpHeaders headers) {
        Parameters parameters = Parameters.of(request, PARAMETERS);
        Filter filter = filters.read(parameters);
        List<FailureKey> keys = keys(parameters);
        Optional<Position> after = Positions.read(parameters, keys.size());
        int limit = parameters.limit();
        Format format = Format.of(parameters, headers);
        if (format != Format.JSON) {
            // Too many rows are said before the first of them is sent.
            question.rows(filter, keys, Optional.empty(), 1);
            return export.answer(
                    format,
                    "failures",
                    FailuresAnswer.columns(keys),
                    row -> question.forEach(filter, keys, failures -> row.accept(FailuresAnswer.row(keys, failures))));
        }
        Page<FailureRow> page = Page.of(
                question.rows(filter, keys, after, limit + 1),
                parameters,
                row -> row.position().parts());
        return Response.ok(new FailuresAnswer(
                        filter.from(),
                        filter.to(),
                        keys.stream().map(FailureKey::label).toList(),
                        page.items().stream()
                                .map(row -> FailuresAnswer.row(keys, row))
                                .toList(),
                        page.next()))
                .build();
    }

    private static List<FailureKey> keys(Parameters parameters) {
        List<FailureKey> keys =
                parameters.all(GROUP_BY).stream().map(FailureKey::of).distinct().toList();
        return keys.isEmpty() ? List.of(FailureKey.RESULT_TYPE) : keys;
    }
}
