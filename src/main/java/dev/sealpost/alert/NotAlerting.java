package dev.sealpost.alert;

import jakarta.inject.Singleton;

import dev.sealpost.store.Schema;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.ScheduledExecution;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Alerts are judged by processes with that role, and once the tables are there. */
@Singleton
class NotAlerting implements Scheduled.SkipPredicate {
    private final Schema schema;
    private final boolean alerts;

    NotAlerting(Schema schema, @ConfigProperty(name = "standalone.alerts", defaultValue = "true") boolean alerts) {
        this.schema = schema;
        this.alerts = alerts;
    }

    @Override
    public boolean test(ScheduledExecution execution) {
        return !alerts || !schema.isCurrent();
    }
}
