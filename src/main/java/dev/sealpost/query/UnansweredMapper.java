package dev.sealpost.query;

import java.util.List;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import dev.sealpost.http.Problem;
import dev.sealpost.store.StoreUnavailableException;
import dev.sealpost.store.TooManyRowsException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers when the database cannot, or is asked for too much. */
class UnansweredMapper {
    private static final Logger LOG = Logger.getLogger(UnansweredMapper.class);
    private static final String RETRY_SECONDS = "10";

    @ServerExceptionMapper
    Response unavailable(StoreUnavailableException exception) {
        LOG.warnf("The database gave no answer: %s", exception.getMessage());
        return Problem.of(
                        503,
                        "unavailable",
                        "the database gave no answer in time; try again, or ask for fewer days or for one domain")
                .toResponse()
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .build();
    }

    @ServerExceptionMapper
    Response tooManyRows(TooManyRowsException exception) {
        return Problem.badParameter(Filters.FROM.name(), exception.advice(), List.of())
                .toResponse()
                .build();
    }
}
