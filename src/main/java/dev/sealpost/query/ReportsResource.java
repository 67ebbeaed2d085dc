package dev.sealpost.query;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealpost.access.Role;
import dev.sealpost.http.Export;
import dev.sealpost.http.Format;
import dev.sealpost.http.Page;
import dev.sealpost.http.Parameter;
import dev.sealpost.http.Parameters;
import dev.sealpost.http.Place;
import dev.sealpost.http.Problem;
import dev.sealpost.store.Filter;
import dev.sealpost.store.ListedReport;
import dev.sealpost.store.ReportList;
import dev.sealpost.store.ReportQuestion;
import dev.sealpost.store.WholeReport;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/reports}: the stored reports. */
@Path("/api/v1/reports")
@RolesAllowed(Role.VIEWER)
public class ReportsResource {
    static final List<Parameter> PARAMETERS = Stream.concat(
                    Filters.ALL.stream(), Stream.of(Parameter.LIMIT, Parameter.CURSOR, Parameter.FORMAT))
            .toList();

    private static final List<String> COLUMNS = List.of(
            "id",
            "receipt",
            "organization",
            "reportId",
            "start",
            "end",
            "day",
            "channel",
            "provenance",
            "received",
            "domains",
            "successfulSessions",
            "failedSessions",
            "flags",
            "counts",
            "contested");

    private final Filters filters;
    private final ReportList list;
    private final ReportQuestion question;
    private final Export export;
    private final ObjectMapper json;

    ReportsResource(Filters filters, ReportList list, ReportQuestion question, Export export, ObjectMapper json) {
        this.filters = filters;
        this.list = list;
        this.question = question;
        this.export = export;
        this.json = json;
    }

    /** A page of reports; only the schema of the document needs it. */
    @Schema(name = "ReportPage")
    private record ReportPage(List<ListedReport> items, String next) {}

    /** Lists reports. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
    @Operation(
            operationId = "reports",
            summary = "Stored reports, newest first, those that do not count included",
            description = "What filters say of policies and failures must hold for one policy of a report. Sessions are"
                    + " the estimate over all domains of the report.")
    @APIResponse(
            responseCode = "200",
            description = "By door time",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ReportPage.class)))
    public Response reports(@Context UriInfo request, @Context HttpHeaders headers) {
        Parameters parameters = Parameters.of(request, PARAMETERS);
        Filter filter = filters.read(parameters);
        Optional<ReportList.Place> after =
                Place.read(parameters).map(place -> new ReportList.Place(place.received(), place.id()));
        int limit = parameters.limit();
        Format format = Format.of(parameters, headers);
        if (format == Format.JSON) {
            return Response.ok(Page.of(
                            list.rows(filter, after, limit + 1),
                            parameters,
                            report -> new Place(report.received(), report.id()).position()))
                    .build();
        }
        return export.answer(
                format, "reports", COLUMNS, row -> list.forEach(filter, report -> row.accept(row(report))));
    }

    private Map<String, @Nullable Object> row(ListedReport report) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        json.convertValue(report, new TypeReference<Map<String, Object>>() {}).forEach(row::put);
        return row;
    }

    /** One report. */
    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "report", summary = "One report with its policies and failure details")
    @APIResponse(
            responseCode = "200",
            description = "The report",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = WholeReport.class)))
    @APIResponse(responseCode = "404", description = "No such report")
    public Response report(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        return Response.ok(found(Place.id(id).flatMap(question::find))).build();
    }

    /** One report as it came. */
    @GET
    @Path("{id}/raw")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "reportRaw",
            summary = "The JSON of a report exactly as it came; of one that is another tenant's too, what is the"
                    + " caller's, written anew")
    @APIResponse(
            responseCode = "200",
            description = "The bytes, unpacked",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema =
                                    @Schema(
                                            type =
                                                    org.eclipse.microprofile.openapi.annotations.enums.SchemaType
                                                            .OBJECT)))
    @APIResponse(responseCode = "404", description = "No such report, or its text is no longer kept")
    public Response raw(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        ReportQuestion.Raw raw = found(Place.id(id).flatMap(question::raw));
        Object text = raw.whole() ? raw.json() : SeenPart.of(found(Place.id(id).flatMap(question::find)));
        return Response.ok(text, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"report.json\"")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private static <T> T found(Optional<T> found) {
        return found.orElseThrow(
                () -> Problem.of(404, "not-found", "there is no such report").exception());
    }
}
