package dev.sealpost.alert;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private static final String OPERATOR = "*";

    /** Kinds of notices, and states of alerts. */
    private static final Set<String> ENDS = Set.of("resolved", "withdrawn");

    private final AlertViews views;
    private final Silences silences;
    private final WatchedDomains watched;

    Teller(AlertViews views, Silences silences, WatchedDomains watched) {
        this.views = views;
        this.silences = silences;
        this.watched = watched;
    }

    /**
     * A change of an alert.
     *
     * @param kind opened, updated, resolved, withdrawn or acknowledged
     * @param change what changed since it was told before, without names of domains; null if the kind says it all
     */
    record Word(String kind, @Nullable String change, Instant at) {}

    /** Tells a change. */
    void tell(AlertSession session, AlertRow alert, Word word) {
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
        // Whoever was told that it is open is told that it ended, whatever is silent and whoever owns the domains by
        // now.
        Map<String, Notice> waiting = ENDS.contains(word.kind) ? waiting(session, alert) : Map.of();
        Set<String> all = Set.copyOf(domains);
        List<AlertSeries> series = session.series(alert.id(), AlertViews.NAMED);
        put(
                session,
                waiting.containsKey(OPERATOR) ? List.of() : silent,
                views.story(alert, series, domains.size(), domain -> true),
                word,
                null);
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
            put(session, waiting.containsKey(tenant) ? List.of() : silent, story, word, tenant);
        });
        waiting.forEach((tenant, last) -> {
            if (!tenant.equals(OPERATOR) && !owners.containsKey(tenant)) {
                session.tell(ended(last, alert, word, tenant));
            }
        });
    }

    /** The last notices of those who were told that it is open, and not yet that it ended. */
    private static Map<String, Notice> waiting(AlertSession session, AlertRow alert) {
        Map<String, Notice> waiting = new TreeMap<>();
        session.lastNotices(alert.id()).stream()
                .filter(last -> !ENDS.contains(last.state()))
                .forEach(last -> waiting.put(Objects.requireNonNullElse(last.tenant(), OPERATOR), last));
        return waiting;
    }

    /** What a tenant was told last, for it owns none of the domains any more and is to see nothing new of them. */
    private Notice ended(Notice last, AlertRow alert, Word word, String tenant) {
        return new Notice(
                id(alert, word.kind, tenant),
                word.kind,
                word.at,
                alert.id(),
                tenant,
                last.domains(),
                last.severity(),
                alert.state(),
                last.subject(),
                "This alert is over, and about domains that are not yours any more. What you were told last:\n\n"
                        + last.text(),
                views.ended(last.json(), alert));
    }

    private static String id(AlertRow alert, String kind, String tenant) {
        return "%s/%d/%s/%s".formatted(alert.id(), alert.revision(), kind, tenant);
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
            AlertSession session, List<AlertSettings.Entry> silent, Story story, Word word, @Nullable String tenant) {
        if (story.parts().isEmpty() || silences.hold(silent, story, tenant)) {
            return;
        }
        AlertItem item = views.item(story, false);
        AlertRow alert = story.alert();
        session.tell(new Notice(
                id(alert, word.kind, tenant == null ? OPERATOR : tenant),
                word.kind,
                word.at,
                alert.id(),
                tenant,
                item.domains(),
                alert.severity(),
                alert.state(),
                item.subject(),
                word.change == null ? item.text() : "What changed: " + word.change + ".\n\n" + item.text(),
                views.text(item)));
    }
}
