package dev.sealpost.alert;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jakarta.inject.Singleton;

import dev.sealpost.access.Tenant;
import dev.sealpost.store.AlertRow;
import dev.sealpost.store.AlertSeries;
import dev.sealpost.store.AlertSession;
import dev.sealpost.store.AlertSettings;
import dev.sealpost.store.Notice;
import dev.sealpost.watch.WatchedDomains;
import org.jspecify.annotations.Nullable;

/**
 * Puts the word of a change into the outbox, in the transaction of the change: once for the operator, who sees everything,
 * and once for each tenant, of its own domains alone.
 */
@Singleton
class Teller {
    private final AlertViews views;
    private final Silences silences;
    private final WatchedDomains watched;

    Teller(AlertViews views, Silences silences, WatchedDomains watched) {
        this.views = views;
        this.silences = silences;
        this.watched = watched;
    }

    /** Tells a change: opened, updated, resolved, withdrawn or acknowledged. */
    void tell(AlertSession session, AlertRow alert, String kind, Instant at) {
        List<AlertSettings.Entry> silent = session.silences();
        List<String> domains = session.domains(alert.id());
        Map<String, String> registered = session.tenants(domains);
        Map<String, Set<String>> owners = new TreeMap<>();
        for (String domain : domains) {
            owner(registered, domain)
                    .filter(tenant -> alert.tenant() == null || alert.tenant().equals(tenant))
                    .ifPresent(tenant -> owners.computeIfAbsent(tenant, absent -> new TreeSet<>())
                            .add(domain));
        }
        Set<String> all = Set.copyOf(domains);
        List<AlertSeries> series = session.series(alert.id(), AlertViews.NAMED);
        put(session, silent, views.story(alert, series, domains.size(), domain -> true), kind, at, null);
        owners.forEach((tenant, own) -> {
            List<AlertSeries> theirs = own.containsAll(all) && own.size() == all.size()
                    ? series
                    : session.series(
                            alert.id(), own.stream().limit(AlertViews.NAMED).toList());
            List<String> compared = views.compared(theirs);
            Map<String, String> others = session.tenants(compared);
            Story story = views.story(
                    alert,
                    theirs.stream().limit(AlertViews.NAMED).toList(),
                    own.size(),
                    domain -> owner(others, domain).equals(Optional.of(tenant)));
            put(session, silent, story, kind, at, tenant);
        });
    }

    /** Domains that a setting watches and nobody registered are the default tenant's. */
    private Optional<String> owner(Map<String, String> registered, String domain) {
        String tenant = registered.get(domain);
        // What is about the installation has no domain, and is nobody's but the operator's.
        return tenant == null && !domain.isEmpty() && watched.always(domain)
                ? Optional.of(Tenant.DEFAULT)
                : Optional.ofNullable(tenant);
    }

    private void put(
            AlertSession session,
            List<AlertSettings.Entry> silent,
            Story story,
            String kind,
            Instant at,
            @Nullable String tenant) {
        if (story.parts().isEmpty() || silences.hold(silent, story, tenant)) {
            return;
        }
        AlertItem item = views.item(story, false);
        AlertRow alert = story.alert();
        session.tell(new Notice(
                "%s/%d/%s/%s".formatted(alert.id(), alert.revision(), kind, tenant == null ? "*" : tenant),
                kind,
                at,
                alert.id(),
                tenant,
                item.domains(),
                alert.severity(),
                alert.state(),
                item.subject(),
                item.text(),
                views.text(item)));
    }
}
