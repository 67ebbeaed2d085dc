package dev.sealpost.watch;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import jakarta.inject.Singleton;

import dev.sealpost.access.Caller;
import dev.sealpost.access.Tenant;
import dev.sealpost.report.DomainName;
import dev.sealpost.store.DomainScope;
import dev.sealpost.store.Reader;

/** Which domains the caller of this moment sees. Domains that are watched by a setting are the default tenant's. */
@Singleton
class Sight implements Reader {
    private final WatchConfig config;
    private final Caller caller;

    Sight(WatchConfig config, Caller caller) {
        this.config = config;
        this.caller = caller;
    }

    @Override
    public boolean asks() {
        return caller.calls();
    }

    @Override
    public Optional<Bounds> bounds() {
        return caller.binding().map(binding -> {
            boolean byDefault = binding.tenant().equals(Tenant.DEFAULT);
            return new Bounds(
                    binding.tenant(),
                    byDefault ? configured() : Set.of(),
                    byDefault && config.auto(),
                    binding.domains(),
                    caller.name());
        });
    }

    private Set<String> configured() {
        Set<String> domains = new HashSet<>();
        config.domains()
                .ifPresent(texts -> texts.forEach(
                        text -> DomainName.parse(text).map(DomainName::value).ifPresent(domains::add)));
        return domains;
    }

    /** All that is seen within bounds. */
    static DomainScope scope(Bounds bounds) {
        return bounds.only().isEmpty()
                ? new DomainScope.Owned(bounds.tenant(), bounds.own(), bounds.allUnregistered(), Optional.empty())
                : new DomainScope.Only(bounds.only());
    }

    /** Whether a domain that nobody registered may be seen within bounds. */
    static boolean sees(Bounds bounds, String domain) {
        return (bounds.allUnregistered() || bounds.own().contains(domain))
                && (bounds.only().isEmpty() || bounds.only().contains(domain));
    }
}
