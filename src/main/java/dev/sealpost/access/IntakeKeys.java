package dev.sealpost.access;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.sealpost.store.KeyTable;
import dev.sealpost.store.SnapshotFile;
import dev.sealpost.store.StoreUnavailableException;
import dev.sealpost.store.StoredKey;
import dev.sealpost.store.TablesMissing;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The keys of role intake as a door has to know them, also while the database is away: from a file that the process
 * before left. A new key and a revocation are known within a second.
 */
@Singleton
public class IntakeKeys {
    private static final Logger LOG = Logger.getLogger(IntakeKeys.class);
    private static final int KIND = 0x4b45_0001;
    private static final int HASH_BYTES = 32;

    /** Until a database that is away is asked again. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Door NOBODY = new Door(new byte[HASH_BYTES], "", Long.MIN_VALUE);

    private final KeyTable table;
    private final SnapshotFile file;
    private final Clock clock;
    private volatile @Nullable Map<Long, Door> known;
    private long seen;
    private boolean asked;
    private Instant askAgain = Instant.EPOCH;

    /**
     * A key at the door.
     *
     * @param tenant what reports by it are attributed to
     * @param until the millisecond it ends
     */
    private record Door(byte[] hash, String tenant, long until) {
        static Door of(StoredKey key) {
            Instant expires = key.expires();
            return new Door(
                    HexFormat.of().parseHex(key.hash()),
                    key.domains().isEmpty() ? key.tenant() : Attribution.reference(key.hash()),
                    expires == null ? Long.MAX_VALUE : expires.toEpochMilli());
        }

        long place() {
            return ByteBuffer.wrap(hash).getLong();
        }
    }

    @Inject
    IntakeKeys(
            KeyTable table, @ConfigProperty(name = "sealpost.data-dir", defaultValue = "data") Path data, Clock clock) {
        this(table, new SnapshotFile(data.resolve("keys.snapshot"), KIND), clock);
    }

    IntakeKeys(KeyTable table, SnapshotFile file, Clock clock) {
        this.table = table;
        this.file = file;
        this.clock = clock;
        this.known = file.read(IntakeKeys::read).orElse(null);
    }

    /**
     * The tenant that reports by this key are attributed to, or what stands for it until the report has been read. Empty if
     * the key is not good; malformed, unknown, revoked and expired keys take the same steps. Where nothing was ever known
     * of keys, every well-formed one is taken, and judged behind the door.
     */
    public Optional<String> tenant(String presented) {
        byte[] hash = KeyText.hash(presented);
        boolean wellFormed = KeyText.isWellFormed(presented);
        Map<Long, Door> keys = known;
        if (keys == null) {
            return wellFormed ? Optional.of(Attribution.reference(KeyText.hex(hash))) : Optional.empty();
        }
        Door door = keys.getOrDefault(ByteBuffer.wrap(hash).getLong(), NOBODY);
        boolean same = MessageDigest.isEqual(door.hash, hash);
        boolean inTime = clock.millis() < door.until;
        return wellFormed && same && inTime ? Optional.of(door.tenant) : Optional.empty();
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
        Map<Long, Door> before = known;
        Map<Long, Door> now = new HashMap<>(asked && before != null ? before : Map.of());
        long[] last = {seen};
        try {
            table.changes(asked ? seen : 0, (key, number) -> {
                Door door = Door.of(key);
                now.remove(door.place());
                if (key.revoked() == null && key.role().equals(Role.INTAKE)) {
                    now.put(door.place(), door);
                }
                last[0] = number;
            });
        } catch (StoreUnavailableException away) {
            askAgain = clock.instant().plus(PAUSE);
            LOG.debugf("the keys stay as they were known: %s", away.getMessage());
            return;
        }
        if (!asked || last[0] > seen) {
            known = now;
            seen = last[0];
            asked = true;
            save(now.values());
        }
    }

    private void save(Collection<Door> doors) {
        try {
            file.write(out -> write(doors, out));
        } catch (IOException e) {
            LOG.warnf("the keys cannot be kept for a start without the database: %s", e.getMessage());
        }
    }

    private static void write(Collection<Door> doors, DataOutputStream out) throws IOException {
        out.writeInt(doors.size());
        for (Door door : doors) {
            out.write(door.hash);
            out.writeUTF(door.tenant);
            out.writeLong(door.until);
        }
    }

    private static Map<Long, Door> read(DataInputStream in) throws IOException {
        Map<Long, Door> doors = new HashMap<>();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            byte[] hash = new byte[HASH_BYTES];
            in.readFully(hash);
            Door door = new Door(hash, in.readUTF(), in.readLong());
            doors.put(door.place(), door);
        }
        return doors;
    }
}
