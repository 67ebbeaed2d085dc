package dev.sealpost.access;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import jakarta.inject.Singleton;

import dev.sealpost.store.KeyTable;
import dev.sealpost.store.StoredKey;
import org.jspecify.annotations.Nullable;

/**
 * What a key in the URL says about a report: whose it is, and nothing of its truth. A door that cannot say (it never saw
 * the keys, or the key is bound to domains and the report is not read yet) leaves a reference to the key, its hash, where
 * the tenant stands; it becomes a tenant here, as the key was good at the time of the door.
 */
@Singleton
public class Attribution {
    /** No tenant is called so. */
    private static final String REFERENCE = "key:";

    private final KeyTable table;

    Attribution(KeyTable table) {
        this.table = table;
    }

    static String reference(String hash) {
        return REFERENCE + hash;
    }

    /** Whether a tenant is still to be found. */
    public static boolean isReference(@Nullable String tenant) {
        return tenant != null && tenant.startsWith(REFERENCE);
    }

    /**
     * The keys that references stand for.
     *
     * @throws dev.sealpost.store.StoreUnavailableException if the database cannot say
     */
    public Referred find(Collection<String> references) {
        List<String> hashes = references.stream()
                .map(reference -> reference.substring(REFERENCE.length()))
                .distinct()
                .toList();
        return new Referred(table.ofHashes(hashes).stream()
                .filter(key -> key.role().equals(Role.INTAKE))
                .collect(Collectors.toMap(key -> reference(key.hash()), Function.identity())));
    }

    /** Keys by their references. */
    public static final class Referred {
        private final Map<String, StoredKey> keys;

        private Referred(Map<String, StoredKey> keys) {
            this.keys = new HashMap<>(keys);
        }

        /**
         * The tenant of a report, as if it had come without a key if that was not good or not for all of its domains.
         *
         * @param domains those of all its policies, empty text where a policy has none
         */
        public Optional<String> tenant(String reference, Instant received, Collection<String> domains) {
            return Optional.ofNullable(keys.get(reference))
                    .filter(key -> key.goodAt(received))
                    .filter(key -> key.domains().isEmpty() || key.domains().containsAll(domains))
                    .map(StoredKey::tenant);
        }
    }
}
