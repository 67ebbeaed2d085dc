package dev.sealpost.http;

import java.util.UUID;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import org.jboss.logging.Logger;

/** Counts and logs what no code expected; the caller gets a number to find it by and nothing about its insides. */
@Singleton
@Startup
public class UnexpectedErrors {
    private static final Logger LOG = Logger.getLogger(UnexpectedErrors.class);

    private final Counter counter;

    UnexpectedErrors(MeterRegistry registry) {
        this.counter = Counter.builder("sealpost.unexpected.errors")
                .description("Errors that no code expected; each is logged with its stack")
                .register(registry);
    }

    /** Notes the error and gives the problem to answer with. */
    public Problem note(Throwable error) {
        String number = UUID.randomUUID().toString();
        counter.increment();
        LOG.errorf(error, "Unexpected error %s", number);
        return Problem.of(500, "unexpected", "something went wrong; the server's log has it under " + number);
    }
}
