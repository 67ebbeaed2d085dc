package dev.sealpost.aggregate;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import dev.sealpost.access.AuditNote;
import dev.sealpost.access.Role;
import dev.sealpost.http.Parameters;
import dev.sealpost.http.Place;
import dev.sealpost.http.Problem;
import dev.sealpost.http.ProblemException;
import dev.sealpost.store.ReportDecisions;
import dev.sealpost.store.ReportQuestion;
import dev.sealpost.store.WholeReport;
import io.quarkus.security.identity.SecurityIdentity;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;

/** {@code /api/v1/reports/{id}}: what an operator decides of a report; the numbers are right when the answer comes. */
@Path("/api/v1/reports/{id}")
@RolesAllowed(Role.OPERATOR_OF_ALL)
public class ReportDecisionsResource {
    private static final Logger AUDIT = Logger.getLogger("audit");

    private final ReportDecisions decisions;
    private final ReportQuestion question;
    private final SecurityIdentity caller;
    private final Clock clock;
    private final AuditNote note;

    ReportDecisionsResource(
            ReportDecisions decisions, ReportQuestion question, SecurityIdentity caller, Clock clock, AuditNote note) {
        this.decisions = decisions;
        this.question = question;
        this.caller = caller;
        this.clock = clock;
        this.note = note;
    }

    private interface Decision {
        boolean on(UUID id, String who, Instant at);
    }

    /** Deletes one report. */
    @DELETE
    @Operation(
            operationId = "deleteReport",
            summary = "Deletes a report and its original for good",
            description =
                    "It no longer counts, and neither a copy that comes later nor a replay brings it back. Of other"
                            + " versions of it the best counts.")
    @APIResponse(responseCode = "204", description = "It is gone, and the numbers are without it")
    @APIResponse(responseCode = "404", description = "No such report")
    public Response delete(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        decide("delete", id, decisions::delete);
        return Response.noContent().build();
    }

    /** Prefers one report. */
    @POST
    @Path("prefer")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "preferReport",
            summary = "Lets this version of a report count instead of the others",
            description = "Whatever their provenance, and whatever comes later; nothing is contested then.")
    @APIResponse(
            responseCode = "200",
            description = "The report, which counts now",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = WholeReport.class)))
    @APIResponse(responseCode = "404", description = "No such report")
    public Response prefer(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        UUID report = decide("prefer", id, decisions::prefer);
        return Response.ok(question.find(report).orElseThrow(ReportDecisionsResource::notFound))
                .build();
    }

    private UUID decide(String what, String id, Decision decision) {
        UUID report = Place.id(id).orElseThrow(ReportDecisionsResource::notFound);
        String who = caller.getPrincipal().getName();
        Instant at = clock.instant();
        if (!decision.on(report, who, at)) {
            throw notFound();
        }
        note.kept();
        AUDIT.infof("%s %s report %s at %s", who, what, report, at);
        return report;
    }

    private static ProblemException notFound() {
        return Problem.of(404, "not-found", "there is no such report").exception();
    }
}
