package dev.sealpost.store;

import jakarta.inject.Singleton;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.ScheduledExecution;

/** Nothing is asked of tables that are not up to date yet. */
@Singleton
public class TablesMissing implements Scheduled.SkipPredicate {
    private final Schema schema;

    TablesMissing(Schema schema) {
        this.schema = schema;
    }

    @Override
    public boolean test(ScheduledExecution execution) {
        return !schema.isCurrent();
    }
}
