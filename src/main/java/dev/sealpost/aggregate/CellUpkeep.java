package dev.sealpost.aggregate;

import java.util.List;
import jakarta.inject.Singleton;

import dev.sealpost.store.Rebuild;
import dev.sealpost.store.StoreUnavailableException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.jboss.logging.Logger;

/**
 * Looks after the daily tables: derives days in which a program with an older rule stored reports, and compares some days
 * by chance. What differs is told and never repaired by itself: it is the sign of a fault that has to be found.
 */
@Singleton
class CellUpkeep {
    private static final Logger LOG = Logger.getLogger(CellUpkeep.class);
    private static final int DAYS = 50;

    private final Rebuild rebuild;
    private final Verifying verifying;
    private final Counter differences;
    private volatile String last = "";

    CellUpkeep(Rebuild rebuild, Verifying verifying, MeterRegistry metrics) {
        this.rebuild = rebuild;
        this.verifying = verifying;
        this.differences = metrics.counter("sealpost.verify.differences");
    }

    /** All days that are due now. */
    @Scheduled(
            every = "20s",
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = NotConsuming.class)
    @RunOnVirtualThread
    void deriveDue() {
        try {
            int done;
            do {
                done = rebuild.due(DAYS).days().size();
                if (done > 0) {
                    LOG.infof("derived %d days of domains in which a program with an older rule stored reports", done);
                }
            } while (done == DAYS);
        } catch (StoreUnavailableException away) {
            LOG.debugf("days that are due wait: %s", away.getMessage());
        }
    }

    /** Some days by chance. */
    @Scheduled(
            every = "5m",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = NotConsuming.class)
    @RunOnVirtualThread
    void compareSome() {
        try {
            List<String> found = verifying.sample();
            if (!found.isEmpty()) {
                last = found.getFirst();
                differences.increment(found.size());
                LOG.errorf("the daily tables are not what the stored reports give, see the command verify: %s", last);
            }
        } catch (StoreUnavailableException away) {
            LOG.debugf("nothing was compared: %s", away.getMessage());
        }
    }

    /** The last difference found since the start; empty if none was. */
    String lastDifference() {
        return last;
    }
}
