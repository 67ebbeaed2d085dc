package dev.sealpost.query;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.sealpost.store.DomainScope;
import dev.sealpost.store.Filter;
import dev.sealpost.store.Reporters;
import dev.sealpost.store.SessionKey;
import dev.sealpost.store.SessionRow;
import org.jspecify.annotations.Nullable;

/**
 * Whether reports are still to be expected for a row: until 48 hours after its last day; of domains that are asked for by
 * name only until all usual reporters have reported or are overdue.
 */
final class Provisional {
    private static final int DAYS = 2;

    /** Of so many named domains it is looked up. */
    private static final int MOST_DOMAINS = 100;

    private final Interval interval;
    private final List<SessionKey> keys;
    private final Filter filter;
    private final LocalDate today;
    private final @Nullable Set<String> named;
    private final Map<String, Set<LocalDate>> complete;

    Provisional(Interval interval, List<SessionKey> keys, Filter filter, Reporters reporters, Instant now) {
        this.interval = interval;
        this.keys = keys;
        this.filter = filter;
        this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        this.named = filter.domains() instanceof DomainScope.Only(Set<String> domains)
                        && domains.size() <= MOST_DOMAINS
                        && !filter.to().isBefore(firstOpen())
                ? domains
                : null;
        this.complete = named == null || named.isEmpty()
                ? Map.of()
                : reporters.completeDays(named, firstOpen(), today.minusDays(1), now);
    }

    private LocalDate firstOpen() {
        return today.minusDays(DAYS);
    }

    boolean of(SessionRow row) {
        List<@Nullable String> groups = row.groups();
        LocalDate last = interval.lastDay(groups, filter.to());
        if (last.isBefore(firstOpen())) {
            return false;
        }
        if (!last.isBefore(today)) {
            return true;
        }
        if (interval == Interval.DAY && keys.contains(SessionKey.ORGANIZATION) && !Objects.equals(row.reports(), 0L)) {
            // Its report is in.
            return false;
        }
        int domain = keys.indexOf(SessionKey.DOMAIN);
        String one = domain < 0 ? null : groups.get(domain);
        Set<String> domains = one == null ? named : Set.of(one);
        if (named == null || domains == null || domains.isEmpty()) {
            return true;
        }
        LocalDate first = interval == Interval.DAY ? last : firstOpen();
        return first.datesUntil(last.plusDays(1))
                .anyMatch(day -> domains.stream()
                        .anyMatch(each -> !complete.getOrDefault(each, Set.of()).contains(day)));
    }
}
