package dev.sealpost.aggregate;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import jakarta.inject.Singleton;

import dev.sealpost.store.Reporters;
import dev.sealpost.store.StoreUnavailableException;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.jboss.logging.Logger;

/** Learns every hour how long each reporter takes. */
@Singleton
class ReporterDelays {
    private static final Logger LOG = Logger.getLogger(ReporterDelays.class);

    private final Reporters reporters;
    private final Clock clock;

    ReporterDelays(Reporters reporters, Clock clock) {
        this.reporters = reporters;
        this.clock = clock;
    }

    /** What is known after this holds until the next hour, whoever learned it. */
    @Scheduled(
            every = "1h",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = NotConsuming.class)
    @RunOnVirtualThread
    void learn() {
        Instant now = clock.instant();
        try {
            reporters.learn(LocalDate.ofInstant(now, ZoneOffset.UTC), now);
        } catch (StoreUnavailableException away) {
            LOG.debugf("the usual delays stay as they are known: %s", away.getMessage());
        }
    }
}
