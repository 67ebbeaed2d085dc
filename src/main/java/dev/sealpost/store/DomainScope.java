package dev.sealpost.store;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

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

    /** Every domain but these. */
    record Except(Set<String> domains) implements DomainScope {
        public Except {
            domains = Set.copyOf(domains);
        }
    }

    /** The part of this scope that is among the domains named; all of it if none is named. */
    default DomainScope among(Collection<String> named) {
        if (named.isEmpty()) {
            return this;
        }
        Set<String> rest = new TreeSet<>(named);
        switch (this) {
            case All() -> {}
            case Only(Set<String> domains) -> rest.retainAll(domains);
            case Except(Set<String> domains) -> rest.removeAll(domains);
        }
        return new Only(rest);
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
