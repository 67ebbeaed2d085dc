package dev.sealpost.access;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import dev.sealpost.http.Problem;
import io.quarkus.oidc.OIDCException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers who comes with a token while the provider cannot say what its keys are. */
class SignOnAway {
    private static final Logger LOG = Logger.getLogger(SignOnAway.class);
    private static final String RETRY_SECONDS = "10";

    @ServerExceptionMapper
    Response away(OIDCException exception) {
        LOG.warnf("The provider of single sign-on gave no answer: %s", exception.getMessage());
        return Problem.of(503, "unavailable", "the provider of single sign-on gave no answer; try again, or use a key")
                .toResponse()
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .build();
    }
}
