package dev.sealpost.quarantine;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import dev.sealpost.http.UnexpectedErrors;
import dev.sealpost.store.QuarantineRemoval;
import dev.sealpost.store.QuarantineRetentionConfig;
import dev.sealpost.store.Schema;
import dev.sealpost.store.StoreUnavailableException;
import io.quarkus.runtime.StartupEvent;
import org.jboss.logging.Logger;

/** Lets go of old entries, and looks how much is kept. Several processes may do so at once. */
@Singleton
class QuarantineUpkeep {
    private static final Logger LOG = Logger.getLogger(QuarantineUpkeep.class);
    private static final int PAUSE_SECONDS = 10;

    private final QuarantineRemoval removal;
    private final QuarantineMetrics metrics;
    private final UnexpectedErrors errors;
    private final Clock clock;
    private final Duration retention;

    QuarantineUpkeep(
            QuarantineRemoval removal,
            QuarantineMetrics metrics,
            UnexpectedErrors errors,
            Clock clock,
            QuarantineRetentionConfig config) {
        this.removal = removal;
        this.metrics = metrics;
        this.errors = errors;
        this.clock = clock;
        this.retention = config.quarantine();
    }

    void start(@Observes StartupEvent start, Schema schema) {
        Thread.ofVirtual().name("quarantine-upkeep").start(() -> {
            try {
                while (true) {
                    if (schema.isCurrent()) {
                        once();
                    }
                    TimeUnit.SECONDS.sleep(schema.isCurrent() ? PAUSE_SECONDS : 1);
                }
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void once() {
        try {
            metrics.expired(removal.expire(clock.instant().minus(retention)));
            metrics.holds(removal.total());
        } catch (StoreUnavailableException away) {
            LOG.debugf("the quarantine cannot be looked after now: %s", away.getMessage());
        } catch (RuntimeException surprise) {
            errors.note(surprise);
        }
    }
}
