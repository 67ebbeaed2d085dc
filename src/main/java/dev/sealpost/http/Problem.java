package dev.sealpost.http;

import java.util.List;
import java.util.Map;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An error answer (RFC 9457).
 *
 * @param type {@code urn:sealpost:problem:} and the reason, for programs
 * @param title the kind of problem in words, the same for every problem of a type
 * @param status the HTTP status
 * @param detail what is wrong with this request, for people
 * @param parameter the parameter that is wrong; null if none is
 * @param allowed what the parameter may be; null if that is no short list
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "An error answer (RFC 9457, application/problem+json)")
public record Problem(
        @Schema(description = "The kind of problem, for programs", examples = "urn:sealpost:problem:bad-parameter")
        String type,

        @Schema(description = "The kind of problem, for people", examples = "Wrong parameter")
        String title,

        @Schema(description = "The HTTP status", examples = "400")
        int status,

        @Schema(
                description = "What is wrong with this request",
                examples = "interval must be one of day, week, month, total")
        String detail,

        @Schema(description = "The parameter or member that is wrong; absent if none is", examples = "interval")
        @Nullable
        String parameter,

        @Schema(description = "What it may be; absent if that is no short list") @Nullable
        List<String> allowed) {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE = "urn:sealpost:problem:";
    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad request"),
            Map.entry(401, "Authentication needed"),
            Map.entry(403, "Not allowed"),
            Map.entry(404, "Not found"),
            Map.entry(405, "Method not allowed"),
            Map.entry(406, "Not acceptable"),
            Map.entry(409, "Conflict"),
            Map.entry(413, "Too large"),
            Map.entry(415, "Unsupported media type"),
            Map.entry(429, "Too many requests"),
            Map.entry(500, "Unexpected error"),
            Map.entry(503, "Unavailable"));

    /**
     * A problem that is about no parameter.
     *
     * @param reason the last part of the type, kebab-case
     */
    public static Problem of(int status, String reason, String detail) {
        return new Problem(TYPE + reason, TITLES.getOrDefault(status, "Error"), status, detail, null, null);
    }

    /** A wrong parameter; {@code allowed} is empty if what it may be is no short list. */
    public static Problem badParameter(String parameter, String detail, List<String> allowed) {
        return new Problem(
                TYPE + "bad-parameter", "Wrong parameter", 400, detail, parameter, allowed.isEmpty() ? null : allowed);
    }

    /** This problem, to be thrown where an answer cannot be returned. */
    public ProblemException exception() {
        return new ProblemException(this);
    }

    /** The answer with this problem as its body, to be completed with headers. */
    public Response.ResponseBuilder toResponse() {
        return Response.status(status).type(MEDIA_TYPE).entity(this);
    }
}
