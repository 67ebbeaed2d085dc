package dev.sealpost.intake.upload;

import java.util.List;
import java.util.UUID;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sealpost.access.Role;
import dev.sealpost.http.Parameters;
import dev.sealpost.http.Place;
import dev.sealpost.http.Problem;
import dev.sealpost.http.ProblemException;
import dev.sealpost.intake.Verdict;
import dev.sealpost.quarantine.QuarantineFilter;
import dev.sealpost.store.QuarantineEntries;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/quarantine/replay}: takes what was refused through the door again. */
@Path("/api/v1/quarantine")
@RolesAllowed(Role.OPERATOR)
public class ReplayResource {
    private static final String RETRY_SECONDS = "10";

    private final Replay replay;

    ReplayResource(Replay replay) {
        this.replay = replay;
    }

    /**
     * What became of one entry.
     *
     * @param status accepted or rejected
     * @param reason why it was rejected again; null if it was accepted
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Replayed")
    record Replayed(
            @Schema(enumeration = {"accepted", "rejected"}) String status,

            @Nullable String reason) {}

    /**
     * What became of many.
     *
     * @param next the cursor that goes on; null when all are through
     */
    @Schema(name = "ReplayedMany")
    record ReplayedMany(
            long accepted,
            long rejected,

            @Schema(description = "The cursor that goes on; null when all are through") @Nullable
            String next) {}

    /** Replays one entry. */
    @POST
    @Path("{id}/replay")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "replayQuarantined",
            summary = "Takes an entry through the door again",
            description = "What is accepted leaves the quarantine and counts with the origin and the time it had the"
                    + " first time. What is rejected again stays.")
    @APIResponse(
            responseCode = "200",
            description = "What the door said",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Replayed.class)))
    @APIResponse(responseCode = "404", description = "No such entry")
    @APIResponse(responseCode = "503", description = "Nothing durable could take the report; the entry stays")
    public Response one(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        try {
            UUID entry = Place.id(id).orElseThrow(ReplayResource::notFound);
            return switch (replay.one(entry).orElseThrow(ReplayResource::notFound)) {
                case Verdict.Accepted ignored ->
                    Response.ok(new Replayed("accepted", null)).build();
                case Verdict.Refused refused ->
                    Response.ok(new Replayed("rejected", refused.reason())).build();
                case Verdict.OverBudget ignored -> unavailable();
                case Verdict.Unavailable ignored -> unavailable();
            };
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return unavailable();
        }
    }

    /** Replays many. */
    @POST
    @Path("replay")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "replayQuarantine",
            summary = "Takes entries through the door again, newest first",
            description = "One call does as many as limit says, for twenty seconds at the most; next goes on.")
    @APIResponse(
            responseCode = "200",
            description = "How many were accepted and rejected by this call",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ReplayedMany.class)))
    @APIResponse(responseCode = "503", description = "Nothing durable could take the first report")
    public Response many(@Context UriInfo request) {
        Parameters parameters = Parameters.of(request, QuarantineFilter.PARAMETERS);
        try {
            Replay.Progress progress = replay.several(
                    QuarantineFilter.wanted(parameters), QuarantineFilter.after(parameters), parameters.limit());
            if (!progress.available() && progress.accepted() + progress.rejected() == 0) {
                return unavailable();
            }
            QuarantineEntries.Place next = progress.next();
            String cursor = next == null ? null : QuarantineFilter.cursor(parameters, next);
            return Response.ok(new ReplayedMany(progress.accepted(), progress.rejected(), cursor))
                    .build();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return unavailable();
        }
    }

    private static ProblemException notFound() {
        return Problem.of(404, "not-found", "there is no such entry").exception();
    }

    private static Response unavailable() {
        return Problem.of(503, "unavailable", "nothing durable can take a report now; try again")
                .toResponse()
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .build();
    }
}
