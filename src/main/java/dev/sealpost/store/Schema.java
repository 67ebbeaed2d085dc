package dev.sealpost.store;

import java.util.concurrent.TimeUnit;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.StartupEvent;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/**
 * Brings the tables up to date, beside the start: doors open while the database is away. Nothing is written before the
 * tables are there.
 */
@Singleton
public class Schema {
    private static final Logger LOG = Logger.getLogger(Schema.class);
    private static final int RETRY_SECONDS = 5;
    private static final int FAILURES_A_MINUTE = 12;

    private final Flyway flyway;
    private volatile boolean current;
    private int failures;

    Schema(Flyway flyway) {
        this.flyway = flyway;
    }

    void migrate(@Observes StartupEvent start) {
        Thread.ofVirtual().name("schema").start(() -> {
            try {
                while (!migrated()) {
                    TimeUnit.SECONDS.sleep(RETRY_SECONDS);
                }
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private boolean migrated() {
        try {
            flyway.migrate();
            current = true;
        } catch (FlywayException e) {
            if (failures++ % FAILURES_A_MINUTE == 0) {
                String first =
                        String.valueOf(e.getMessage()).lines().findFirst().orElse("");
                LOG.warnf("the tables cannot be brought up to date now, trying again: %s", first);
            }
        }
        return current;
    }

    /** Whether the tables are what this program expects. */
    public boolean isCurrent() {
        return current;
    }
}
