package dev.sealpost.alert;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.sealpost.store.AlertRounds;
import dev.sealpost.store.StoreUnavailableException;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Judges what is due, round after round, as long as this process has the lease. */
@Singleton
class Evaluation {
    private static final Logger LOG = Logger.getLogger(Evaluation.class);
    private static final Duration LEASE = Duration.ofSeconds(60);

    /** Days of domains in one round. */
    private static final int ROUND = 20_000;

    private final AlertRounds rounds;
    private final RoundWork work;
    private final AlertUpkeep upkeep;
    private final AlertRounds.Lease lease;
    private volatile boolean held;

    @Inject
    Evaluation(
            AlertRounds rounds,
            RoundWork work,
            AlertUpkeep upkeep,
            @ConfigProperty(name = "standalone.instance", defaultValue = "none") String instance) {
        this(
                rounds,
                work,
                upkeep,
                // The same after a restart, so that nobody waits for the ghost of the process before.
                instance.equals("none")
                        ? UUID.randomUUID()
                        : UUID.nameUUIDFromBytes(("alerts " + instance).getBytes(StandardCharsets.UTF_8)));
    }

    Evaluation(AlertRounds rounds, RoundWork work, AlertUpkeep upkeep, UUID owner) {
        this.rounds = rounds;
        this.work = work;
        this.upkeep = upkeep;
        this.lease = new AlertRounds.Lease(owner, LEASE);
    }

    /** Judges all that is due. */
    @Scheduled(
            every = "5s",
            delayed = "3s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = NotAlerting.class)
    @RunOnVirtualThread
    void evaluate() {
        try {
            run();
        } catch (StoreUnavailableException away) {
            LOG.debugf("days of domains wait to be judged: %s", away.getMessage());
        }
    }

    /** Judges all that is due; false if another process does. */
    boolean run() {
        AlertRounds.Round round;
        do {
            held = rounds.take(lease);
            if (!held) {
                return false;
            }
            round = rounds.claim(ROUND);
            if (!round.days().isEmpty() && !work.work(lease, round, () -> rounds.take(lease))) {
                LOG.info("another process judges now, what was found here is left to it");
                return false;
            }
        } while (!round.days().isEmpty());
        upkeep.run(lease, () -> rounds.take(lease));
        return true;
    }

    @PreDestroy
    void release() {
        if (held) {
            try {
                rounds.release(lease);
            } catch (StoreUnavailableException away) {
                LOG.debugf("the right to judge ends by itself: %s", away.getMessage());
            }
        }
    }
}
