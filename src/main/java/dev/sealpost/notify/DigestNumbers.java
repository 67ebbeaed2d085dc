package dev.sealpost.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.sealpost.access.Tenant;
import dev.sealpost.store.DigestQuestion;
import dev.sealpost.store.DomainScope;
import dev.sealpost.store.Filter;
import dev.sealpost.store.KeyTable;
import dev.sealpost.store.StoreUnavailableException;
import dev.sealpost.store.Summary;
import dev.sealpost.store.SummaryQuestion;
import dev.sealpost.store.WatchedTable;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The numbers of a digest: of the domains that the channel names, or of all that are its tenant's. A name with an asterisk
 * cannot be asked for, so a channel with one has the numbers of its tenant. Of the names of a tenant's channel only those
 * count that are the tenant's now: anybody can name anything, and who owns it may change.
 */
@Singleton
class DigestNumbers {
    private final SummaryQuestion sums;
    private final DigestQuestion changes;
    private final WatchedTable watched;
    private final boolean auto;
    private final Set<String> configured;

    @Inject
    DigestNumbers(
            SummaryQuestion sums,
            DigestQuestion changes,
            WatchedTable watched,
            @ConfigProperty(name = "sealpost.watch.auto", defaultValue = "false") boolean auto,
            @ConfigProperty(name = "sealpost.watch.domains") Optional<List<String>> configured) {
        this.sums = sums;
        this.changes = changes;
        this.watched = watched;
        this.auto = auto;
        Set<String> names = new HashSet<>();
        configured
                .orElse(List.of())
                .forEach(text -> KeyTable.domain(text.strip()).ifPresent(names::add));
        this.configured = Set.copyOf(names);
    }

    /**
     * The numbers of the days before today.
     *
     * @throws StoreUnavailableException if the database cannot answer now, or not in time
     */
    DigestFigures of(Channel channel, List<String> domains, int days, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        LocalDate to = today.minusDays(1);
        LocalDate from = to.minusDays(days - 1L);
        Filter filter = new Filter(
                scope(channel, domains),
                from,
                to,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                List.of(),
                List.of(),
                Set.of(),
                Set.of());
        Summary summary = sums.ask(filter);
        SilentReporters silent = new SilentReporters(now, Duration.ofDays(days));
        changes.quiet(filter, today, silent::look);
        return new DigestFigures(from, to, summary.sessions(), summary.previous(), changes.types(filter), silent);
    }

    private DomainScope scope(Channel channel, List<String> domains) {
        String tenant = channel.tenant();
        if (!domains.isEmpty() && domains.stream().noneMatch(name -> name.startsWith("*."))) {
            return new DomainScope.Only(tenant == null ? new HashSet<>(domains) : ofTenant(tenant, domains));
        }
        if (tenant == null) {
            return new DomainScope.Watched(configured);
        }
        return new DomainScope.Owned(
                tenant, tenant.equals(Tenant.DEFAULT) ? configured : Set.of(), false, Optional.empty());
    }

    /** Those of the names that are registered for the tenant; what nobody registered may be the default tenant's. */
    private Set<String> ofTenant(String tenant, List<String> domains) {
        Map<String, String> tenants = new HashMap<>();
        watched.find(domains).forEach(each -> tenants.put(each.domain(), each.tenant()));
        Set<String> own = new HashSet<>();
        for (String domain : domains) {
            String owner = tenants.get(domain);
            boolean byDefault = owner == null && tenant.equals(Tenant.DEFAULT);
            if (tenant.equals(owner) || (byDefault && (auto || configured.contains(domain)))) {
                own.add(domain);
            }
        }
        return own;
    }
}
