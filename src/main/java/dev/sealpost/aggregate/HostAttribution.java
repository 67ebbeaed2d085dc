package dev.sealpost.aggregate;

import jakarta.inject.Singleton;

import dev.sealpost.store.HostChanges;
import dev.sealpost.store.StoreUnavailableException;
import dev.sealpost.watch.WatchedDomains;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.jboss.logging.Logger;

/** Attributes what is stored of MX hosts again when their owners changed; any number of processes may do so. */
@Singleton
class HostAttribution {
    private static final Logger LOG = Logger.getLogger(HostAttribution.class);
    private static final int MOST = 500;

    private final HostChanges changes;
    private final WatchedDomains watched;

    HostAttribution(HostChanges changes, WatchedDomains watched) {
        this.changes = changes;
        this.watched = watched;
    }

    /** All hosts whose owners changed until now. */
    @Scheduled(
            every = "2s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = NotConsuming.class)
    @RunOnVirtualThread
    void attribute() {
        try {
            while (changes.work(watched.limits(), MOST)) {
                LOG.trace("more policies of hosts to attribute");
            }
        } catch (StoreUnavailableException away) {
            LOG.debugf("policies of hosts stay where they are until the next time: %s", away.getMessage());
        }
    }
}
