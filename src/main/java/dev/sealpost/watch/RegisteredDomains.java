package dev.sealpost.watch;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.sealpost.store.SnapshotFile;
import dev.sealpost.store.StoreUnavailableException;
import dev.sealpost.store.TablesMissing;
import dev.sealpost.store.WatchedTable;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The domains of the table, as far as a door has to know them, also while the database is away: from a file that the
 * process before left. New ones are known within a second.
 */
@Singleton
class RegisteredDomains {
    private static final Logger LOG = Logger.getLogger(RegisteredDomains.class);
    private static final int KIND = 0x444f_0001;
    private static final Duration BETWEEN_FILES = Duration.ofSeconds(30);

    /** Until a database that is away is asked again. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final WatchedTable table;
    private final SnapshotFile file;
    private final Clock clock;
    private volatile DomainSet domains;
    private long seen;
    private boolean changed = true;
    private Instant written = Instant.EPOCH;
    private Instant askAgain = Instant.EPOCH;

    @Inject
    RegisteredDomains(
            WatchedTable table,
            @ConfigProperty(name = "sealpost.data-dir", defaultValue = "data") Path data,
            Clock clock) {
        this(table, new SnapshotFile(data.resolve("domains.snapshot"), KIND), clock);
    }

    RegisteredDomains(WatchedTable table, SnapshotFile file, Clock clock) {
        this.table = table;
        this.file = file;
        this.clock = clock;
        this.domains = file.read(RegisteredDomains::read).orElse(DomainSet.EMPTY);
    }

    /** Whether the domain, in its lower-case A-label form, is registered. */
    boolean contains(String domain) {
        return domains.contains(domain);
    }

    /** How many are registered. */
    int size() {
        return domains.size();
    }

    /** Asks the database what changed; everything the first time. */
    @Scheduled(
            every = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = TablesMissing.class)
    @RunOnVirtualThread
    void refresh() {
        if (clock.instant().isBefore(askAgain)) {
            return;
        }
        try {
            apply();
        } catch (StoreUnavailableException away) {
            askAgain = clock.instant().plus(PAUSE);
            LOG.debugf("the watched domains stay as they were known: %s", away.getMessage());
            return;
        }
        if (changed && written.plus(BETWEEN_FILES).isBefore(clock.instant())) {
            save();
        }
    }

    private void apply() {
        long before = seen;
        Hashes added = new Hashes();
        Map<String, Boolean> removed = new HashMap<>();
        long[] last = {before};
        table.changes(before, change -> {
            if (!change.removed()) {
                added.add(DomainSet.hash(change.domain()));
            } else if (before > 0) {
                removed.put(change.domain(), true);
            }
            last[0] = change.number();
        });
        DomainSet base = before == 0 ? DomainSet.EMPTY : domains;
        if (before == 0 || last[0] > before) {
            LongStream gone = removed.keySet().stream().mapToLong(DomainSet::hash);
            domains = base.changed(added.set(), DomainSet.of(gone.toArray()));
            // Nothing was ever registered: ask for everything again, which is nothing.
            seen = last[0];
            changed = changed || last[0] > before;
        }
    }

    private void save() {
        try {
            DomainSet now = domains;
            file.write(out -> write(now, out));
            changed = false;
            written = clock.instant();
        } catch (IOException e) {
            LOG.warnf("the watched domains cannot be kept in %s: %s", file, e.getMessage());
        }
    }

    private static void write(DomainSet domains, DataOutputStream out) throws IOException {
        out.writeInt(domains.size());
        for (long hash : domains.hashes().toArray()) {
            out.writeLong(hash);
        }
    }

    private static DomainSet read(DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > in.available() / Long.BYTES) {
            throw new IOException("it names more domains than it holds");
        }
        long[] hashes = new long[size];
        for (int i = 0; i < size; i++) {
            hashes[i] = in.readLong();
        }
        return DomainSet.of(hashes);
    }

    /** Hashes as they come, without an object for each. */
    private static final class Hashes {
        private long[] values = new long[64];
        private int size;

        void add(long hash) {
            if (size == values.length) {
                values = java.util.Arrays.copyOf(values, 2 * size);
            }
            values[size++] = hash;
        }

        DomainSet set() {
            return DomainSet.of(java.util.Arrays.copyOf(values, size));
        }
    }
}
