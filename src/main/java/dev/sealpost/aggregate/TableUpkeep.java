package dev.sealpost.aggregate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import jakarta.inject.Singleton;

import dev.sealpost.store.Locks;
import dev.sealpost.store.MonthsAhead;
import dev.sealpost.store.StoreUnavailableException;
import dev.sealpost.store.UnstorableException;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.jboss.logging.Logger;

/**
 * Makes partitions ahead and ends what is old. Right after the start, so that little comes before its partition; then each
 * hour.
 */
@Singleton
class TableUpkeep {
    private static final Logger LOG = Logger.getLogger(TableUpkeep.class);
    private static final Duration PAUSE = Duration.ofHours(1);

    private final Locks locks;
    private final MonthsAhead months;
    private final Retention retention;
    private final RetentionTimes kept;
    private final Clock clock;
    private volatile Instant due = Instant.MIN;

    TableUpkeep(Locks locks, MonthsAhead months, Retention retention, RetentionTimes kept, Clock clock) {
        this.locks = locks;
        this.months = months;
        this.retention = retention;
        this.kept = kept;
        this.clock = clock;
    }

    /** Does what is due; what could not be done for others' locks is tried again soon. */
    @Scheduled(
            every = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = NotConsuming.class)
    @RunOnVirtualThread
    void keep() throws InterruptedException {
        Instant now = clock.instant();
        if (now.isBefore(due)) {
            return;
        }
        try {
            // If another process does it now, this one looks again after the pause.
            locks.whileKeeping(this::all);
            due = now.plus(PAUSE);
        } catch (StoreUnavailableException later) {
            LOG.debugf("the upkeep of the tables is tried again: %s", later.getMessage());
        } catch (UnstorableException never) {
            // Such as a role that may not make tables: reports are stored all the same.
            LOG.error("the upkeep of the tables failed, partitions may be missing and old reports stay", never);
            due = now.plus(PAUSE);
        }
    }

    private void all() {
        months.make(RetentionTimes.day(kept.raw()), RetentionTimes.day(kept.reports()), kept.today());
        retention.expire(kept);
    }
}
