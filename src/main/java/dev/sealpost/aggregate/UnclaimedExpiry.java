package dev.sealpost.aggregate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import jakarta.inject.Singleton;

import dev.sealpost.store.StoreUnavailableException;
import dev.sealpost.store.UnclaimedRetention;
import dev.sealpost.watch.WatchedDomains;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.jboss.logging.Logger;

/** Deletes reports that nobody claimed in time, a few at once; any number of processes may do so side by side. */
@Singleton
class UnclaimedExpiry {
    private static final Logger LOG = Logger.getLogger(UnclaimedExpiry.class);
    private static final int BATCH = 200;

    private final UnclaimedRetention reports;
    private final WatchedDomains watched;
    private final Duration kept;
    private final Clock clock;

    UnclaimedExpiry(UnclaimedRetention reports, WatchedDomains watched, RetentionConfig config, Clock clock) {
        this.reports = reports;
        this.watched = watched;
        this.kept = config.unclaimed();
        this.clock = clock;
        if (kept.isNegative()) {
            throw new IllegalArgumentException("sealpost.retention.unclaimed: must be 0 or more, such as 30d");
        }
    }

    /** All that is old now. */
    @Scheduled(
            every = "1m",
            delayed = "10s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = NotConsuming.class)
    @RunOnVirtualThread
    void expire() {
        Instant before = clock.instant().minus(kept);
        try {
            while (reports.expire(before, watched::always, BATCH) == BATCH) {
                LOG.debug("more unclaimed reports are old");
            }
            // A day's counts are kept as long as a report of it is.
            reports.forgetCounts(LocalDate.ofInstant(before, ZoneOffset.UTC));
        } catch (StoreUnavailableException away) {
            LOG.debugf("unclaimed reports stay until the next minute: %s", away.getMessage());
        }
    }
}
