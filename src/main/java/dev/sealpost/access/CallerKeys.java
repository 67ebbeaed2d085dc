package dev.sealpost.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jakarta.inject.Singleton;

import dev.sealpost.store.KeyTable;
import dev.sealpost.store.StoredKey;
import org.jspecify.annotations.Nullable;

/**
 * The keys of callers, each looked up by its hash at most once a second, so that a revocation is known everywhere within
 * that. Unknown ones are remembered as well, and no more than a few thousand of either.
 */
@Singleton
class CallerKeys {
    private static final Duration GOOD_FOR = Duration.ofMillis(900);
    private static final Duration USE = Duration.ofHours(1);
    private static final int MOST = 5_000;

    private final KeyTable table;
    private final Clock clock;
    private final Map<String, Known> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST;
        }
    };

    private record Known(Optional<StoredKey> key, Instant since) {}

    CallerKeys(KeyTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /**
     * The key, if it is one that people may use and good now. May ask the database.
     *
     * @throws dev.sealpost.store.StoreUnavailableException if the database cannot say
     */
    Optional<StoredKey> find(String presented) {
        if (!KeyText.isWellFormed(presented)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        // Nobody learns a hash by the time that its comparison takes: it is not chosen by who asks.
        String hash = KeyText.hex(KeyText.hash(presented));
        Known found = recent(hash, now);
        if (found == null) {
            found = new Known(table.ofHashes(List.of(hash)).stream().findFirst(), now);
            synchronized (known) {
                known.remove(hash);
                known.put(hash, found);
            }
            found.key.ifPresent(key -> table.used(key.id(), now, USE));
        }
        return found.key.filter(key -> key.goodAt(now) && !key.role().equals(Role.INTAKE));
    }

    private @Nullable Known recent(String hash, Instant now) {
        synchronized (known) {
            Known found = known.get(hash);
            return found != null && Duration.between(found.since, now).compareTo(GOOD_FOR) < 0 ? found : null;
        }
    }
}
