package dev.sealpost.query;

import java.time.Clock;
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
import dev.sealpost.store.Position;
import dev.sealpost.store.Reporters;
import dev.sealpost.store.SessionKey;
import dev.sealpost.store.SessionQuestion;
import dev.sealpost.store.SessionRow;
import dev.sealpost.store.SessionSeries;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /api/v1/sessions}: how many sessions succeeded and failed. */
@Path("/api/v1/sessions")
@RolesAllowed(Role.VIEWER)
public class SessionsResource {
    private static final Parameter GROUP_BY =
            Parameter.many("groupBy", "What a row is about beside its period.", SessionKey.labels());

    static final List<Parameter> PARAMETERS = Stream.concat(
                    Filters.OF_SESSIONS.stream(),
                    Stream.of(Interval.PARAMETER, GROUP_BY, Parameter.LIMIT, Parameter.CURSOR, Parameter.FORMAT))
            .toList();

    private final Filters filters;
    private final SessionSeries series;
    private final Reporters reporters;
    private final Export export;
    private final Clock clock;

    SessionsResource(Filters filters, SessionSeries series, Reporters reporters, Export export, Clock clock) {
        this.filters = filters;
        this.series = series;
        this.reporters = reporters;
        this.export = export;
        this.clock = clock;
    }

    /** Answers how many sessions there were. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
    @Operation(
            operationId = "sessions",
            summary = "Successful and failed sessions by time, domain, reporter or policy type",
            description = "Out of the summaries of policies (RFC 8460, section 4.4), never out of failure details."
                    + " Ordered by time, then most failed sessions first. Over time nothing is left out: a group has a"
                    + " row for each period of the days asked for, with zeros where nothing was reported; periods times"
                    + " groups are 500,000 at the most.")
    @APIResponse(
            responseCode = "200",
            description = "The rows",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = SessionsAnswer.class),
                            examples = @ExampleObject(name = "example", value = """
                            {"from": "2026-11-01", "to": "2026-11-02", "interval": "day", "groupBy": [], "counting":
                            "estimate", "rows": [{"day": "2026-11-01", "successfulSessions": 4120, "failedSessions":
                            17, "failureRate": 0.0041, "reports": 1, "provisional": false}, {"day": "2026-11-02",
                            "successfulSessions": 0, "failedSessions": 0, "failureRate": null, "reports": 0,
                            "provisional": false}], "next": null}""")))
    public Response sessions(@Context UriInfo request, @Context HttpHeaders headers) {
        Parameters parameters = Parameters.of(request, PARAMETERS);
        Filter filter = filters.read(parameters);
        Interval interval = parameters.one(Interval.PARAMETER).map(Interval::of).orElse(Interval.DAY);
        List<SessionKey> groups =
                parameters.all(GROUP_BY).stream().map(SessionKey::of).distinct().toList();
        List<SessionKey> keys =
                Stream.concat(interval.key().stream(), groups.stream()).toList();
        Optional<Position> after = Positions.read(parameters, keys.size());
        int limit = parameters.limit();
        Format format = Format.of(parameters, headers);
        Provisional provisional = new Provisional(interval, keys, filter, reporters, clock.instant());
        if (format != Format.JSON) {
            // Too many rows are said before the first of them is sent.
            series.rows(filter, keys, Optional.empty(), 1);
            return export.answer(
                    format,
                    "sessions",
                    SessionsAnswer.columns(keys),
                    row -> series.forEach(
                            filter,
                            keys,
                            sessions -> row.accept(SessionsAnswer.row(keys, sessions, provisional.of(sessions)))));
        }
        Page<SessionRow> page = Page.of(
                series.rows(filter, keys, after, limit + 1),
                parameters,
                row -> row.position().parts());
        return Response.ok(new SessionsAnswer(
                        filter.from(),
                        filter.to(),
                        interval.label(),
                        groups.stream().map(SessionKey::label).toList(),
                        SessionQuestion.perPolicy(filter, keys) ? "per-policy" : "estimate",
                        page.items().stream()
                                .map(row -> SessionsAnswer.row(keys, row, provisional.of(row)))
                                .toList(),
                        page.next()))
                .build();
    }
}
