package dev.sealpost.store;

import java.util.Optional;
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

    /**
     * Every domain of a tenant: those registered for it, and these, as long as nobody registers them.
     *
     * @param names all of them, where they are few enough to be named; empty if they are not
     */
    record Owned(String tenant, Set<String> own, boolean allUnregistered, Optional<Set<String>> names)
            implements DomainScope {
        public Owned {
            own = Set.copyOf(own);
            names = names.map(Set::copyOf);
        }

        /** The same, with the names of all. */
        public Owned named(Set<String> all) {
            return new Owned(tenant, own, allUnregistered, Optional.of(all));
        }
    }

    /** Every domain but the registered ones: these, and those of the table. */
    record Unclaimed(Set<String> configured) implements DomainScope {
        public Unclaimed {
            configured = Set.copyOf(configured);
        }
    }

    /** Whether each domain is known by name, so that an index finds its rows. */
    default boolean listed() {
        return this instanceof Only
                || (this instanceof Owned owned && owned.names().isPresent());
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
