package dev.sealpost.access;

import java.util.Optional;
import java.util.Set;
import jakarta.inject.Singleton;

import io.quarkus.arc.Arc;
import io.quarkus.security.identity.SecurityIdentity;

/** Who asks at this moment, if anybody does. */
@Singleton
public class Caller {
    static final String BINDING = "dev.sealpost.binding";

    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /**
     * What a caller is bound to.
     *
     * @param tenant whose things it sees
     * @param domains the only domains it sees; empty is all of the tenant
     */
    public record Binding(String tenant, Set<String> domains) {
        public Binding {
            domains = Set.copyOf(domains);
        }
    }

    /** Whether somebody calls who is known. */
    public boolean calls() {
        return Arc.container().requestContext().isActive() && !identity.isAnonymous();
    }

    /** Its name; that of a key is how the key begins. */
    public String name() {
        return identity.getPrincipal().getName();
    }

    /** The binding; empty if the caller sees all tenants, or nobody calls and the program itself is at work. */
    public Optional<Binding> binding() {
        return Arc.container().requestContext().isActive()
                ? Optional.ofNullable(identity.getAttribute(BINDING))
                : Optional.empty();
    }
}
