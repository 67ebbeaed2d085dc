package dev.sealpost.store;

import java.util.Set;

/** Which domains a question is about. */
public sealed interface DomainScope {
    /** Every domain. */
    record All() implements DomainScope {}

    /** These domains, perhaps none. */
    record Only(Set<String> domains) implements DomainScope {
        public Only {
            domains = Set.copyOf(domains);
        }
    }

    /** Every registered domain: these, and those of the table. */
    record Watched(Set<String> configured) implements DomainScope {
        public Watched {
            configured = Set.copyOf(configured);
        }
    }

    /** Every domain of a tenant: those registered for it, and these, as long as nobody registers them. */
    record Owned(String tenant, Set<String> own, boolean allUnregistered) implements DomainScope {
        public Owned {
            own = Set.copyOf(own);
        }
    }

    /** Every domain but the registered ones: these, and those of the table. */
    record Unclaimed(Set<String> configured) implements DomainScope {
        public Unclaimed {
            configured = Set.copyOf(configured);
        }
    }

    /** Whether every domain is meant. */
    default boolean all() {
        return this instanceof All;
    }

    /** Whether at most one domain is meant. */
    default boolean single() {
        return this instanceof Only(Set<String> domains) && domains.size() <= 1;
    }
}
