package dev.sealpost.watch;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import jakarta.inject.Singleton;

import dev.sealpost.report.DomainName;
import dev.sealpost.store.DomainQuestion;
import dev.sealpost.store.WatchedTable;
import dev.sealpost.store.WatchedTable.Watched;

/** The watched and the reported domains with their last 30 days. */
@Singleton
class DomainList {
    private static final int DAYS = 30;
    private static final int PAGE = 500;

    private final WatchedDomains watched;
    private final WatchedTable table;
    private final DomainQuestion question;
    private final Clock clock;

    DomainList(WatchedDomains watched, WatchedTable table, DomainQuestion question, Clock clock) {
        this.watched = watched;
        this.table = table;
        this.question = question;
        this.clock = clock;
    }

    /** The domains of a state, of all if none is asked for, after a name ("" is the start), at most so many. */
    List<DomainItem> page(Optional<WatchState> state, String after, int limit) {
        Collection<String> configured =
                state.equals(Optional.of(WatchState.UNCLAIMED)) ? List.of() : watched.configured();
        return items(question.names(watched.scope(state, List.of()), configured, after, limit));
    }

    /** All domains, one by one. */
    void forEach(Optional<WatchState> state, Consumer<DomainItem> consumer) {
        List<DomainItem> page = page(state, "", PAGE);
        while (!page.isEmpty()) {
            page.forEach(consumer);
            page = page(state, page.getLast().domain(), PAGE);
        }
    }

    /** One domain; empty if it is neither watched nor reported. */
    Optional<DomainItem> find(DomainName domain) {
        String name = domain.value();
        if (!watched.isSeen(name)) {
            return Optional.empty();
        }
        return watched.isConfigured(name) || !table.find(List.of(name)).isEmpty() || question.reported(name)
                ? Optional.of(items(List.of(name)).getFirst())
                : Optional.empty();
    }

    private List<DomainItem> items(List<String> names) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Map<String, Watched> registered =
                table.find(names).stream().collect(Collectors.toMap(Watched::domain, Function.identity()));
        return question.histories(names, today.minusDays(DAYS - 1), today).stream()
                .map(history -> DomainItem.of(history, owner(history.domain(), registered)))
                .toList();
    }

    /** Who owns a domain: by its registration, else by a setting the default tenant. */
    private Optional<Watched> owner(String domain, Map<String, Watched> registered) {
        return Optional.ofNullable(registered.get(domain))
                .or(() -> watched.always(domain)
                        ? Optional.of(new Watched(domain, WatchedTable.DEFAULT_TENANT, List.of()))
                        : Optional.empty());
    }
}
