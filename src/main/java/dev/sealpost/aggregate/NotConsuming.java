package dev.sealpost.aggregate;

import jakarta.inject.Singleton;

import dev.sealpost.store.Schema;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.ScheduledExecution;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Work on the tables is done where the topics are consumed, and once the tables are there. */
@Singleton
class NotConsuming implements Scheduled.SkipPredicate {
    private final Schema schema;
    private final boolean consumes;

    NotConsuming(Schema schema, @ConfigProperty(name = "standalone.consumes", defaultValue = "true") boolean consumes) {
        this.schema = schema;
        this.consumes = consumes;
    }

    @Override
    public boolean test(ScheduledExecution execution) {
        return !consumes || !schema.isCurrent();
    }
}
