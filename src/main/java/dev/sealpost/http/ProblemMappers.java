package dev.sealpost.http;

import java.io.IOException;
import java.util.regex.Pattern;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Makes a problem of whatever ends a request. */
class ProblemMappers {
    private static final Pattern READERS =
            Pattern.compile("org\\.jboss\\.resteasy\\.reactive\\.(common\\.headers|server\\.core\\.multipart)\\.");

    private final UnexpectedErrors unexpected;

    ProblemMappers(UnexpectedErrors unexpected) {
        this.unexpected = unexpected;
    }

    @ServerExceptionMapper
    Response problem(ProblemException exception) {
        return exception.problem().toResponse().build();
    }

    @ServerExceptionMapper
    Response unauthorized(UnauthorizedException exception) {
        return unauthenticated("Bearer");
    }

    @ServerExceptionMapper
    Response authenticationFailed(AuthenticationFailedException exception) {
        return unauthenticated("Bearer error=\"invalid_token\"");
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException exception) {
        return Problem.of(403, "forbidden", "this key may not do that")
                .toResponse()
                .build();
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException exception) {
        return Problem.of(404, "not-found", "there is nothing at this address")
                .toResponse()
                .build();
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException exception) {
        int status = exception.getResponse().getStatus();
        Problem problem =
                switch (status) {
                    case 405 -> Problem.of(405, "method-not-allowed", "this address does not answer that method");
                    case 406 -> Problem.of(406, "not-acceptable", "there is no answer of a media type you accept");
                    case 415 -> Problem.of(415, "unsupported-media-type", "bodies of this media type are not read");
                    default ->
                        status >= 500
                                ? unexpected.note(exception)
                                : Problem.of(status, "bad-request", "the request cannot be read");
                };
        Response.ResponseBuilder answer = problem.toResponse();
        String allow = exception.getResponse().getHeaderString(HttpHeaders.ALLOW);
        return (allow == null ? answer : answer.header(HttpHeaders.ALLOW, allow)).build();
    }

    @ServerExceptionMapper
    Response unexpected(Throwable error) {
        if (unreadable(error)) {
            return Problem.of(400, "bad-request", "the request cannot be read")
                    .toResponse()
                    .build();
        }
        return unexpected.note(error).toResponse().build();
    }

    /** Whether the framework could not read a header or a form, and says so by an error of its own. */
    private static boolean unreadable(Throwable error) {
        StackTraceElement[] stack = error.getStackTrace();
        return (error instanceof IllegalArgumentException || error instanceof IOException)
                && stack.length > 0
                && READERS.matcher(stack[0].getClassName()).lookingAt();
    }

    private static Response unauthenticated(String challenge) {
        return Problem.of(401, "unauthenticated", "send a key as Authorization: Bearer <key>")
                .toResponse()
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build();
    }
}
