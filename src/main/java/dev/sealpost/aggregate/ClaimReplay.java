package dev.sealpost.aggregate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jakarta.inject.Singleton;

import dev.sealpost.report.DomainName;
import dev.sealpost.report.Readable;
import dev.sealpost.report.ReportReader;
import dev.sealpost.store.Locks;
import dev.sealpost.store.ReplayTable;
import dev.sealpost.store.StoreUnavailableException;
import dev.sealpost.stream.BatchHandler;
import dev.sealpost.stream.Letter;
import dev.sealpost.stream.Replay;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.jboss.logging.Logger;

/**
 * Stores what the cap left on the topic of domains that were claimed since. One process at a time reads the topic from
 * its beginning, once for all domains that wait; the mark of a claim is taken away after that, so a process that dies
 * on the way leaves it to the next.
 */
@Singleton
class ClaimReplay {
    private static final Logger LOG = Logger.getLogger(ClaimReplay.class);
    private static final int MOST_CLAIMS = 10_000;

    private final ReplayTable claims;
    private final Locks locks;
    private final Replay topic;
    private final ReportReader reader;
    private final BatchHandler handler;

    ClaimReplay(ReplayTable claims, Locks locks, Replay topic, ReportReader reader, BatchHandler handler) {
        this.claims = claims;
        this.locks = locks;
        this.topic = topic;
        this.reader = reader;
        this.handler = handler;
    }

    /** Replays for the claims that wait; after trouble the next time. */
    @Scheduled(
            every = "2s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = NotConsuming.class)
    @RunOnVirtualThread
    void replay() throws InterruptedException {
        try {
            if (!claims.due(1).isEmpty()) {
                locks.whileReplaying(this::replayClaims);
            }
        } catch (StoreUnavailableException away) {
            LOG.debugf("claims wait for the database: %s", away.getMessage());
        }
    }

    private void replayClaims() throws InterruptedException {
        List<ReplayTable.Due> due = claims.due(MOST_CLAIMS);
        Set<String> domains = due.stream().map(ReplayTable.Due::domain).collect(Collectors.toSet());
        // Asked after the claims were read: what is left on the topic for them was left before.
        if (!claims.anythingLeft() || topic.all(letters -> store(letters, domains))) {
            claims.done(due);
        }
    }

    private void store(List<Letter> letters, Set<String> domains) throws InterruptedException {
        List<Letter> claimed = new ArrayList<>();
        for (Letter letter : letters) {
            if (isAbout(letter, domains)) {
                claimed.add(letter);
            }
        }
        if (!claimed.isEmpty()) {
            handler.handle(claimed);
        }
    }

    private boolean isAbout(Letter letter, Set<String> domains) {
        if (!(reader.read(letter.value()) instanceof Readable readable)) {
            return false;
        }
        Set<String> named = new HashSet<>();
        readable.report().policies().forEach(policy -> {
            DomainName domain = policy.policyDomain();
            if (domain != null) {
                named.add(domain.value());
            }
        });
        named.retainAll(domains);
        return !named.isEmpty();
    }
}
